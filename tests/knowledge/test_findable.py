from collections.abc import Sequence
from datetime import date

import pytest

from knowledge.findable import Findable, Scope, Scored
from knowledge.indexing import Stores
from knowledge.policy import Document, Filters
from knowledge.validity.in_force import InForce
from tests.knowledge.made_documents import made_document, made_passages

EVERYTHING = Filters(include_superseded=True)


class Ranking:
    """An index: passage n of document "d<n % documents>", best first; and how it was asked."""

    def __init__(self, passages: int, documents: int) -> None:
        self.ids = [f"d{n % documents}:{n}" for n in range(passages)]
        self.asked: list[tuple[int, int | None]] = []  # how many, among how many documents

    def __call__(self, most: int, document_ids: Sequence[str] | None) -> Scored:
        self.asked.append((most, None if document_ids is None else len(document_ids)))
        wanted = None if document_ids is None else set(document_ids)
        found = [(id_, -float(n)) for n, id_ in enumerate(self.ids)]
        return [pair for pair in found if wanted is None or pair[0].partition(":")[0] in wanted][:most]


def scope(first: int, last: int, passages: int, of: int) -> Scope:
    return Scope(frozenset(f"d{n}" for n in range(first, last)), passages, of)


def test_an_unrestricted_scope_asks_for_what_it_needs() -> None:
    index = Ranking(1000, 10)
    whole = Scope(None, 1000, 1000)
    assert len(whole.by_words(50, index)) == len(whole.by_meaning(50, index)) == 50
    assert index.asked == [(50, None), (50, None)]
    assert not whole.is_empty


def test_an_empty_scope_says_so() -> None:
    assert Scope(frozenset(), 0, 1000).is_empty


class TestByMeaning:
    def test_few_passages_are_all_compared(self) -> None:
        index = Ranking(10_000, 1_000)
        found = scope(0, 5, passages=50, of=10_000).by_meaning(10, index)
        assert [id_ for id_, _ in found[:5]] == ["d0:0", "d1:1", "d2:2", "d3:3", "d4:4"]
        assert index.asked == [(10, 5)]

    def test_among_many_it_goes_further_down_and_no_list_is_given(self) -> None:
        index = Ranking(100_000, 10)
        found = scope(0, 5, passages=50_000, of=100_000).by_meaning(10, index)
        assert [id_ for id_, _ in found[:6]] == ["d0:0", "d1:1", "d2:2", "d3:3", "d4:4", "d0:10"]
        assert index.asked == [(30, None)]  # half of it, so twice as many, and half as many again

    def test_where_others_take_the_first_places_the_few_are_compared(self) -> None:
        index = Ranking(4_000, 2)
        index.ids.sort(key=lambda id_: id_.startswith("d0"))  # all of d1 comes first
        found = scope(0, 1, passages=2_000, of=4_000).by_meaning(10, index)
        assert [id_ for id_, _ in found[:2]] == ["d0:0", "d0:2"]
        assert index.asked == [(30, None), (10, 1)]

    def test_and_among_very_many_it_looks_deep_but_not_without_end(self) -> None:
        index = Ranking(200_000, 2)
        index.ids.sort(key=lambda id_: id_.startswith("d0"))
        assert scope(0, 1, passages=100_000, of=200_000).by_meaning(10, index) == []
        assert [most for most, _documents in index.asked] == [30, 120, 480, 1_920, 7_680, 20_000]


class TestByWords:
    def test_a_short_list_of_documents_is_given_to_the_index(self) -> None:
        index = Ranking(100_000, 10)
        assert len(scope(0, 5, passages=50_000, of=100_000).by_words(10, index)) == 10
        assert index.asked == [(10, 5)]

    def test_a_long_one_only_when_going_further_down_is_not_enough(self) -> None:
        many = scope(0, 2_000, passages=20_000, of=40_000)
        even, late = Ranking(40_000, 4_000), Ranking(40_000, 4_000)
        late.ids.sort(key=lambda id_: int(id_[1:].partition(":")[0]) < 2_000)
        assert len(many.by_words(10, even)) == len(many.by_words(10, late)) == 10
        assert even.asked == [(30, None)]
        assert late.asked == [(30, None), (10, 2_000)]

    def test_an_exhausted_ranking_is_all_there_is(self) -> None:
        index = Ranking(20, 4_000)
        found = scope(10, 2_000, passages=20_000, of=40_000).by_words(10, index)
        assert len(found) == 10
        assert index.asked == [(30, None)]


@pytest.fixture
def findable(stores: Stores) -> Findable:
    return Findable(stores.library, InForce(stores.library, lambda: date(2026, 1, 1)))


def put(stores: Stores, text: str, **facts: str) -> Document:
    document = made_document(text, path=f"/{text}", **facts)  # type: ignore[arg-type]
    passages = made_passages(document)
    stores.library.put(document, [passages[0].section], passages)
    stores.library.make_current([document.id])
    return document


class TestScopesOfALibrary:
    def test_without_a_restriction_it_is_everything(self, stores: Stores, findable: Findable) -> None:
        put(stores, "One.\n\nTwo.")
        assert findable.scope(Filters(), None) == Scope(None, 2, 2)

    def test_filters_and_collections_both_count(self, stores: Stores, findable: Findable) -> None:
        put(stores, "One.\n\nTwo.", issuer="Ministry", collection="board")
        mine = put(stores, "Three.", issuer="Ministry")
        put(stores, "Four.", issuer="Office")
        found = findable.scope(Filters(issuers=("Ministry",)), frozenset({"general"}))
        assert found == Scope(frozenset({mine.id}), 1, 4)

    def test_what_is_not_in_force_is_out_unless_it_is_named(self, stores: Stores, findable: Findable) -> None:
        old = put(stores, "Old.", title="Act", level="law", date="2010-01-01")
        new = put(stores, "New.", title="Act", level="law", date="2020-01-01")
        assert findable.scope(Filters(), None).document_ids == frozenset({new.id})
        assert findable.scope(Filters(as_of="2015-01-01"), None).document_ids == frozenset({old.id})
        assert findable.scope(Filters(document_ids=(old.id,)), None).document_ids == frozenset({old.id})
        assert findable.scope(EVERYTHING, None).document_ids is None

    def test_an_unfinished_run_leaves_nothing_unsaid(self, stores: Stores, findable: Findable) -> None:
        held = put(stores, "Held.")
        arriving = made_document("Arriving.", path="/arriving")
        stores.library.put(arriving, [], [])
        assert findable.scope(Filters(), None).document_ids == frozenset({held.id})

    def test_it_is_worked_out_once_for_each_state(self, stores: Stores, findable: Findable) -> None:
        put(stores, "One.", issuer="Ministry")
        filters = Filters(issuers=("Ministry",))
        before = findable.scope(filters, None)
        assert findable.scope(filters, None) is before
        put(stores, "Two.", issuer="Office")
        put(stores, "Three.", issuer="Ministry")
        assert findable.scope(filters, None).passages == 2
