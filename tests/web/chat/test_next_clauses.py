"""What to read next: the clauses that quotes name, then those beside the first; all from the documents."""

import pytest

from assistant.answer import Answer, Citation, Outcome, Sentence, Verdict
from assistant.web.chat.next_clauses import MOST_OFFERED, next_clauses
from knowledge.policy import Passage, Section
from knowledge.sectioning import split_sections
from tests.knowledge.made_documents import made_document

TEXT = """贸易法

第一章　总则

第一条　为发展贸易，制定本法。

第二条　企业应当备案，但依照本法第五条免予备案的除外。

第三条　备案按照《关税法》第一条办理。

第二章　责任

第四条　违反第二条的，给予警告。

第五条　小企业免予备案。
"""
TARIFF = "关税法\n\n第一条　进口货物应当纳税。\n"
LAW = split_sections(made_document(TEXT, title="贸易法", language="zh"))
TARIFF_LAW = split_sections(made_document(TARIFF, title="关税法", language="zh"))


def answer(*clauses: str) -> Answer:
    sentences = []
    for mark, clause in enumerate(clauses, start=1):
        section = next(one for one in LAW if one.heading_path[-1:] == (clause,))
        citation = Citation(
            mark, Passage("p", section, section.start, section.end), section.text, section.start, section.end
        )
        sentences.append(Sentence(section.text, (citation,), Verdict.QUOTED))
    return Answer(Outcome.ANSWERED, "q", "q", "zh", 1.0, tuple(sentences))


def named(title: str) -> list[Section]:
    return list(TARIFF_LAW) if title == "关税法" else []


def offered(*clauses: str) -> list[tuple[str, str]]:
    found = next_clauses(answer(*clauses), lambda _id: list(LAW), named)
    return [(one.section.document.title + one.section.heading_path[-1], one.why) for one in found]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        (
            ["第二条"],
            [("贸易法第五条", "referred_to"), ("贸易法第三条", "after"), ("贸易法第一条", "before")],
        ),
        (
            ["第三条"],
            [("关税法第一条", "referred_to"), ("贸易法第二条", "before")],
        ),  # 第四条 is in another chapter
        (["第四条"], [("贸易法第二条", "referred_to"), ("贸易法第五条", "after")]),
        (
            ["第二条", "第五条"],
            [("贸易法第三条", "after"), ("贸易法第一条", "before")],
        ),  # what is quoted is not offered
    ],
)
def test_what_is_offered(clauses: list[str], expected: list[tuple[str, str]]) -> None:
    assert offered(*clauses) == expected
    assert len(expected) <= MOST_OFFERED


def test_a_text_without_clauses_offers_nothing() -> None:
    document = made_document("One paragraph.\n\nAnother one.\n")
    (section,) = split_sections(document)
    citation = Citation(1, Passage("p", section, 0, 14), "One paragraph.", 0, 14)
    one = Answer(
        Outcome.ANSWERED, "q", "q", "en", 1.0, (Sentence("One paragraph.", (citation,), Verdict.QUOTED),)
    )

    assert next_clauses(one, lambda _id: [section], named) == ()
    assert next_clauses(Answer(Outcome.NOT_IN_DOCUMENTS, "q", "q", "en", 0.0), lambda _id: [], named) == ()
