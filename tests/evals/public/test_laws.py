import json
from datetime import UTC, datetime
from pathlib import Path

from assistant.answer import Answer, Citation, Outcome, Sentence, Verdict
from evals.datasets.law_questions import GoldArticle, LawQuestion
from evals.public.laws import clause_rank, gold_quoted, law_result, measure_laws
from evals.public.record import write_public_record
from evals.tasks.models import Models
from knowledge.passage_cutting import cut_passages
from knowledge.policy import Document, DocumentFacts, Passage, RetrievedPassage
from knowledge.sectioning import split_sections

TEXT = "# 糖业法\n\n第一条 进口糖应当申报。\n\n第二条 出口糖不需要申报。\n\n第三条 本法自公布之日起施行。\n"
LAW = Document("0" * 16, DocumentFacts("糖业法"), TEXT, "zh", "0" * 64, "/laws/糖业法.md")
FIRST, SECOND, THIRD = (p for section in split_sections(LAW) for p in cut_passages(section))
START = TEXT.index("第二条")
GOLD = GoldArticle("糖业法.md", "第二条", LAW.id, START, START + len("第二条 出口糖不需要申报。"))


def question(id_: str, *gold: GoldArticle) -> LawQuestion:
    return LawQuestion(id_, "Must exports be declared?", "en", gold)


def answer(found: list[Passage], *quoted: Passage, confidence: float = 0.5) -> Answer:
    """An answer that quotes these passages whole."""
    citations = [Citation(1, one, one.text, one.start, one.end) for one in quoted]
    return Answer(
        Outcome.ANSWERED if quoted else Outcome.NOT_IN_DOCUMENTS,
        "?",
        "?",
        "en",
        confidence,
        tuple(Sentence(one.quote, (one,), Verdict.QUOTED) for one in citations),
        tuple(RetrievedPassage(one, 1.0, frozenset()) for one in found),
    )


def test_a_clause_is_found_where_a_passage_overlaps_it_in_the_same_document() -> None:
    assert clause_rank(question("1", GOLD), answer([THIRD, FIRST, SECOND]).considered) == 3
    assert clause_rank(question("1", GOLD), answer([THIRD, FIRST]).considered) is None
    elsewhere = GoldArticle("盐业法.md", "第二条", "1" * 16, GOLD.start, GOLD.end)
    assert clause_rank(question("1", elsewhere), answer([SECOND]).considered) is None
    assert clause_rank(question("1", elsewhere, GOLD), answer([SECOND]).considered) == 1
    assert gold_quoted(question("1", GOLD), answer([SECOND], SECOND))
    assert not gold_quoted(question("1", GOLD), answer([SECOND], FIRST))
    assert not gold_quoted(question("1", elsewhere), answer([SECOND], SECOND))


def test_figures_are_over_those_they_apply_to_and_what_went_wrong_is_listed() -> None:
    asked = [
        (question("first", GOLD), answer([SECOND, FIRST], SECOND)),
        (question("third", GOLD), answer([THIRD, FIRST, SECOND], FIRST)),
        (question("declined", GOLD), answer([SECOND])),
        (question("not found", GOLD), answer([FIRST], FIRST)),
        (question("near miss"), answer([FIRST])),
        (question("fooled"), answer([FIRST], FIRST)),
    ]
    result = law_result("English questions", asked)
    figures = {one.name: (one.value, one.cases) for one in result.figures}
    assert result.name == "zh_trade_laws, English questions"
    assert figures["clause in the top 1"] == (0.5, 4)  # first, declined
    assert figures["clause in the top 5"] == (0.75, 4)  # and third
    assert figures["gold article quoted"] == (0.25, 4)
    assert figures["answerable declined"] == (0.25, 4)
    assert figures["unanswerable declined"] == (0.5, 2)
    assert [one["id"] for one in result.misses] == ["third", "declined", "not found", "fooled"]
    assert result.misses[0]["gold"] == ["糖业法.md 第二条"]
    assert result.misses[0]["rank"] == 3
    assert result.misses[0]["first"] == ["糖业法.md 第三条", "糖业法.md 第一条", "糖业法.md 第二条"]


def test_without_questions_nothing_applies() -> None:
    result = law_result("Chinese questions", [])
    assert all(one.value is None and one.cases == 0 for one in result.figures)
    assert result.misses == ()


def test_the_product_is_asked_and_what_went_wrong_is_written(tmp_path: Path, models: Models) -> None:
    folder = tmp_path / "data" / "laws"
    folder.mkdir(parents=True)
    (folder / "糖业法.md").write_text(TEXT, "utf-8")
    (folder.parent / "SOURCE.md").write_text("# A note\n", "utf-8")
    gold = [{"file": "糖业法.md", "article": "第二条"}]
    rows = [
        {"id": "1", "question": "出口糖需要申报吗？", "gold": gold},
        {"id": "2", "question": "How do I roast a duck?", "gold": gold},
    ]
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    results = measure_laws(folder.parent, models, None, questions)
    date = datetime(2026, 1, 31, 12, tzinfo=UTC)
    record, _page = write_public_record(results, tmp_path / "out", date=date, facts={})
    english, chinese = json.loads(record.read_text("utf-8"))["sets"]
    assert chinese["figures"]["clause in the top 5"]["value"] == 1.0
    (missed,) = english["misses"]
    assert (missed["question"], missed["outcome"]) == ("How do I roast a duck?", "not_in_documents")
    sampled = measure_laws(folder.parent, models, 1, questions)
    assert sum(one.figures[0].cases for one in sampled) == 1
