from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from knowledge.findable import passes
from knowledge.indexing import Stores
from knowledge.policy import Document, Filters
from knowledge.score_fusion import fused_scores
from knowledge.search import Search
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.made_documents import made_document, made_passages
from tests.knowledge.opened_stores import search

Add = Callable[..., Document]


@pytest.fixture
def add(stores: Stores) -> Add:
    """Puts a document into the library and both indexes, as indexing does."""

    def put(text: str, **facts: str) -> Document:
        document = made_document(text, **{"path": f"/{text[:30]}", **facts})  # type: ignore[arg-type]
        passages = made_passages(document)
        stores.library.put(document, [passages[0].section], passages)
        stores.keyword_index.replace(passages)
        vectors = stores.embedder.embed_passages([passage.text for passage in passages])
        stores.vector_index.replace(passages, vectors)
        stores.library.make_current([document.id])
        return document

    return put


@pytest.fixture
def ask(stores: Stores) -> Search:
    return search(stores)


def test_scores_are_fused_from_both_rankings(stores: Stores, add: Add, ask: Search) -> None:
    add("Customs duty.\n\nCustoms.\n\nVisa.")
    both, one, other = (
        p.id for (d,) in [stores.library.documents()] for p in stores.library.passages_of(d.id)
    )
    question = "customs duty"
    assert stores.keyword_index.find(question, limit=9) == [both, one]
    vector = BagOfTermsEmbedder().embed_question(question)
    assert stores.vector_index.find(vector, limit=9) == [both, one, other]
    found = ask(question)
    assert [(r.passage.text, sorted(r.found_by)) for r in found] == [
        ("Customs duty.", ["keywords", "meaning"]),
        ("Customs.", ["keywords", "meaning"]),
        ("Visa.", ["meaning"]),
    ]
    words = stores.keyword_index.scored(question, limit=9)
    meaning = stores.vector_index.scored(vector, limit=9)
    wanted = fused_scores(
        {"words": words, "meaning": meaning}, {"words": 0.5, "meaning": 0.5}, of_matches={"words"}
    )
    assert [(r.passage.id, r.score) for r in found] == wanted
    assert found[0].passage.document == stores.library.documents()[0]


def test_what_words_alone_find_says_so(stores: Stores, add: Add, ask: Search) -> None:
    document = add("Customs.")
    stores.vector_index.replace([], np.zeros((0, 64), np.float32), gone=[document.id])
    (found,) = ask("customs")
    assert found.found_by == {"keywords"}


def test_a_question_is_also_asked_in_the_other_language(add: Add, ask: Search) -> None:
    chinese = add("关税由海关征收。", title="法", language="zh")
    english = add("Visas are issued to specialists.")
    (best, other) = ask("Who collects the tariff?")
    assert best.passage.document == chinese
    assert best.found_by == {"translation", "meaning"}
    assert other.passage.document == english
    assert other.found_by == {"meaning"}
    assert ask("专家 签证")[0].passage.document == english


def test_at_most_the_limit_is_returned_best_first(add: Add, ask: Search) -> None:
    add("\n\n".join("customs duty" + " and more" * n for n in range(60)))  # no two are equally near
    assert len(ask("customs duty")) == 10
    everything = ask("customs duty", limit=60)
    assert len(everything) == 60
    assert [r.score for r in everything] == sorted((r.score for r in everything), reverse=True)
    assert ask("customs duty", limit=3) == everything[:3]
    assert ask("customs duty", limit=0) == ask("customs duty", limit=-1) == []


def test_people_are_shown_the_same_words_once(add: Add, ask: Search) -> None:
    add("Customs duty is ten per cent.", title="Duty Act")
    add("CUSTOMS DUTY is ten per cent", title="A copy of the act")
    add("Customs duty is not ten per cent.", title="Another act")
    assert len(ask("customs duty")) == 3
    shown = ask.distinct("customs duty")
    assert len(shown) == 2
    assert {r.passage.document.title for r in shown} > {"Another act"}
    assert ask.distinct("customs duty", limit=1) == shown[:1]


@pytest.mark.parametrize("question", ["", "?", "\0", "\ud800", "x" * 10_000, "进口" * 5_000, "the"])
def test_no_question_is_an_error(add: Add, ask: Search, question: str) -> None:
    add("Customs duty.")
    assert len(ask(question)) <= 1


def test_an_empty_library_answers_nothing(ask: Search) -> None:
    assert ask("customs") == []


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(), {"A", "B", "C"}),
        (Filters(issuers=("Council",)), {"A"}),
        (Filters(issuers=("Council", "Ministry")), {"A", "B"}),
        (Filters(issuers=("council",)), set()),
        (Filters(languages=("zh",)), {"B"}),
        (Filters(languages=("zh", "en")), {"A", "B", "C"}),
        (Filters(document_ids=("no such id",)), set()),
        (Filters(date_from="2020"), {"A"}),
        (Filters(date_to="2020"), {"B"}),
        (Filters(issuers=("Ministry",), languages=("en",)), set()),
    ],
)
def test_filters(add: Add, ask: Search, filters: Filters, titles: set[str]) -> None:
    add("Customs A.", title="A", issuer="Council", date="2021-04-29")
    add("Customs B.", title="B", issuer="Ministry", date="2019", language="zh")
    add("Customs C.", title="C", date="--08-26")
    assert {r.passage.document.title for r in ask("customs", filters=filters)} == titles


def test_a_document_can_be_searched_alone(add: Add, ask: Search) -> None:
    add("Customs duty.\n\nVisa.")
    named = add("Customs.\n\nTariff.")
    found = ask("customs duty", filters=Filters(document_ids=(named.id,)))
    assert [r.passage.text for r in found] == ["Customs.", "Tariff."]


@pytest.mark.parametrize(
    ("day", "date_from", "date_to", "expected"),
    [
        ("2021-04-29", "2021-04-29", "2021-04-29", True),
        ("2021-04-29", "2021-04-30", None, False),
        ("2021-04-29", None, "2021-04-28", False),
        ("2021-04-29", "2021", None, True),
        ("2021-04-29", None, "2021", True),
        ("2021-04-29", "2021-05", None, False),
        ("2021-04-29", None, "2021-03", False),
        ("2021-04-29", None, "2021-04", True),
        # A partial date passes when any of its days does.
        ("2021", "2021-04-29", None, True),
        ("2021", None, "2021-04-29", True),
        ("2021", "2021-12-31", "2021-12-31", True),
        ("2021", "2022-01-01", None, False),
        ("2021", None, "2020-12-31", False),
        ("2021-04", "2021-04-29", None, True),
        ("2021-04", "2021-05-01", None, False),
        ("2021-04", None, "2021", True),
        ("2021-04", "2021-02", "2021-03", False),
        # A day without its year, and no date, lie within no bounds.
        ("--08-26", None, "2021", False),
        ("--08-26", "2021", None, False),
        ("--08-26", None, None, True),
        (None, "2021", None, False),
        (None, None, None, True),
    ],
)
def test_dates(day: str | None, date_from: str | None, date_to: str | None, expected: bool) -> None:
    document = made_document("words", date=day)
    assert passes(document, Filters(date_from=date_from, date_to=date_to)) is expected


def test_what_an_unfinished_run_left_in_the_indexes_takes_nobody_s_place(
    stores: Stores, add: Add, ask: Search
) -> None:
    add("Customs duty is paid by the importer, unless the law says otherwise.")
    arriving = made_document("\n\n".join(f"Customs duty {n}." for n in range(200)), path="/large")
    passages = made_passages(arriving)
    stores.library.put(arriving, [passages[0].section], passages)
    stores.keyword_index.replace(passages)
    vectors = stores.embedder.embed_passages([passage.text for passage in passages])
    stores.vector_index.replace(passages, vectors)
    (found,) = ask("customs duty")
    assert "importer" in found.passage.text
    assert found.found_by == {"keywords", "meaning"}


def versions(add: Add) -> tuple[Document, Document]:
    """A law of 2016 and its version of 2022, both about customs."""
    old = add("Customs duty is ten per cent.", title="Duty Act", level="law", date="2016-11-07")
    new = add("Customs duty is five per cent.", title="Duty Act", level="law", date="2022-12-30")
    return old, new


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), {"five"}),
        (Filters(as_of="2022-12-30"), {"five"}),
        (Filters(as_of="2022-12-29"), {"ten"}),
        (Filters(as_of="2016-11-06"), set()),
        (Filters(include_superseded=True), {"five", "ten"}),
        (Filters(as_of="2016-11-06", include_superseded=True), {"five", "ten"}),
        (Filters(languages=("en",)), {"five"}),
        (Filters(languages=("en",), as_of="2018-01-01"), {"ten"}),
    ],
)
def test_what_is_in_force_on_the_day_is_found(
    add: Add, ask: Search, filters: Filters, words: set[str]
) -> None:
    versions(add)
    assert {r.passage.text.split()[3] for r in ask("customs duty", filters=filters)} == words


def test_a_document_that_is_named_is_found_whatever_it_is_and_says_so(add: Add, ask: Search) -> None:
    old, new = versions(add)
    (found,) = ask("customs duty", filters=Filters(document_ids=(old.id,)))
    assert (found.validity.status, found.validity.by, found.validity.by_date) == (
        "superseded",
        new.id,
        "2022-12-30",
    )
    (today,) = ask("customs duty")
    assert today.validity.status == "in force"


def test_what_is_not_in_force_takes_nobody_s_place(stores: Stores, add: Add, ask: Search) -> None:
    # 300 passages that fit better than the one in force, more than are asked for at first.
    many = "\n\n".join(f"Customs duty {n}." for n in range(300))
    add(many, title="Duty Act", level="law", date="2016-11-07")
    add("Customs duty is paid by the importer, unless the law says otherwise.", title="Duty Act", level="law",
        date="2022-12-30")  # fmt: skip
    (found,) = ask("customs duty")
    assert "importer" in found.passage.text
    assert found.found_by == {"keywords", "meaning"}


def test_the_day_of_the_clock_counts(stores: Stores, add: Add) -> None:
    versions(add)
    (then,) = search(stores, today=date(2020, 5, 1))("customs duty")
    assert "ten" in then.passage.text
    assert then.validity.status == "in force"


def test_what_came_in_since_the_last_question_counts(add: Add, ask: Search) -> None:
    add("Customs duty is ten per cent.", title="Duty Act", level="law", date="2016-11-07")
    assert "ten" in ask("customs duty")[0].passage.text
    add("Customs duty is five per cent.", title="Duty Act", level="law", date="2022-12-30")
    assert [r.passage.text for r in ask("customs duty")] == ["Customs duty is five per cent."]


def test_whether_a_document_is_in_force_costs_a_question_nothing(
    stores: Stores, add: Add, ask: Search
) -> None:
    for number in range(20):
        add(f"Customs duty {number}.", title=f"Act {number}", level="law", date="2020-01-01")
    ask("customs duty")
    known = ask.in_force._known
    ask("customs duty", filters=Filters(as_of="2021-01-01"))
    assert ask.in_force._known is known


class TestCollections:
    """What a person may not read is not searched, whatever is asked of the search."""

    @pytest.mark.parametrize(
        "filters", [Filters(), Filters(issuers=("Ministry",)), Filters(include_superseded=True)]
    )
    def test_only_readable_documents_are_found(self, add: Add, ask: Search, filters: Filters) -> None:
        add("Customs duty is secret.", collection="board", issuer="Ministry")
        opened = add("Customs duty is public.", issuer="Ministry")

        found = ask.for_collections(frozenset({"general"}))("customs duty secret", filters=filters)

        assert [one.passage.document for one in found] == [opened]

    def test_naming_the_document_does_not_open_it(self, add: Add, ask: Search) -> None:
        secret = add("Customs duty is secret.", collection="board")

        assert not ask.for_collections(frozenset({"general"}))(
            "secret", filters=Filters(document_ids=(secret.id,))
        )

    def test_many_unreadable_passages_take_no_place_from_a_readable_one(self, add: Add, ask: Search) -> None:
        for number in range(60):
            add(f"Customs duty customs duty {number}.", collection="board")
        opened = add("Customs are levied at the border on arrival.")

        found = ask.for_collections(frozenset({"general"}))("customs duty", limit=3)

        assert [one.passage.document for one in found] == [opened]

    def test_a_restriction_is_never_widened(self, add: Add, ask: Search) -> None:
        add("Customs duty is secret.", collection="board")
        general = ask.for_collections(frozenset({"general"}))

        assert not general.for_collections(frozenset({"board"}))("customs")
        assert not general.for_collections(None)("customs")
        assert ask.for_collections(None)("customs")

    def test_a_document_that_may_not_be_read_is_not_named_as_the_successor(
        self, add: Add, ask: Search
    ) -> None:
        add("Customs duty one.", title="Duty Act", issuer="Ministry", in_force_from="2001-01-01")
        add(
            "Customs duty two.",
            title="Secret Act",
            issuer="Ministry",
            collection="board",
            in_force_from="2002-01-01",
            repeals=("Duty Act",),
        )
        everything = Filters(include_superseded=True)

        titles = {one.validity.by_title for one in ask("customs", filters=everything)}
        (seen,) = ask.for_collections(frozenset({"general"}))("customs", filters=everything)

        assert "Secret Act" in titles
        assert seen.validity.status == "repealed"
        assert (seen.validity.by, seen.validity.by_title) == (None, None)
