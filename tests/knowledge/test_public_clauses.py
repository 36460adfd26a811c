"""Clauses and references of 150 Chinese laws and 40 agreements, told by rules that are not the parser's.

The counts that docs/clauses.md states are printed: pytest -s tests/knowledge/test_public_clauses.py
"""

import random
import re
import time
from dataclasses import replace
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from knowledge.clauses.clause_labels import Path as ClausePath
from knowledge.clauses.clause_labels import clause_path
from knowledge.clauses.clause_places import clauses_of
from knowledge.clauses.cross_references import Clauses, references_in
from knowledge.policy import Document, DocumentFacts, Layout, Section
from knowledge.sectioning import split_sections
from tests.knowledge.test_public_laws import LAWS, PUBLIC_DATA, read

AGREEMENTS = sorted((PUBLIC_DATA / "tota").glob("**/*.xml"))
ENOUGH = 0.99
SAMPLE = 200

laws = pytest.mark.skipif(not LAWS, reason=f"no zh_trade_laws in {PUBLIC_DATA}")
agreements = pytest.mark.skipif(not AGREEMENTS, reason=f"no tota in {PUBLIC_DATA}")
pytestmark = pytest.mark.public_data

# ---- what stands in the data, told without the parser

DIGITS = "零一二三四五六七八九"


def in_words(number: int) -> str:
    """102 as 一百零二, written place by place."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (DIGITS[ones] if ones else "")


def counted_clauses(text: str) -> dict[int, int]:
    """Number -> offset of the line with which clause 1, 2, 3, … begins: the first one after the last."""
    found, position, number = dict[int, int](), 0, 1
    while True:
        label = f"第{in_words(number)}条"
        lines = [at for sign in " \u3000\n" if (at := f"\n{text}".find(f"\n{label}{sign}", position)) >= 0]
        if not lines:
            return found
        found[number] = position = min(lines)
        number += 1


@cache
def agreement(path: object) -> tuple[Document, dict[int, tuple[str, str]]]:
    """An agreement as a reader would give it, and chapter and number of each article by offset."""
    text, headings, articles = "", list[tuple[int, int]](), dict[int, tuple[str, str]]()
    tree = ElementTree.parse(str(path)).getroot()  # noqa: S314 (our own copy of the data)
    for chapter in tree.iter("chapter"):
        name = " ".join(" ".join(part for key in ("number", "name") if (part := chapter.get(key))).split())
        if name:
            headings.append((len(text), 1))
            text += f"{name}\n\n"
        for article in chapter.iter("article"):
            number = article.get("number")
            title = " ".join(f"{number or ''} {article.get('name') or ''}".split())
            if number and number.startswith("ARTICLE"):
                articles[len(text)] = (name, number)
            text += f"{title}\n\n" if title else ""
            text += "\n".join(line.strip() for line in (article.text or "").strip().split("\n")) + "\n\n"
    facts = DocumentFacts(tree.findtext("meta/name") or "")
    return Document("0" * 16, facts, text, "en", "0" * 64, str(path), Layout(tuple(headings))), articles


@cache
def parsed_laws() -> list[tuple[Document, tuple[Section, ...]]]:
    return [(law, split_sections(law)) for law in map(read, LAWS)]


def sections_starting(sections: tuple[Section, ...], unit: str) -> dict[int, ClausePath]:
    """Offset -> path of every section that is a clause of this unit."""
    paths = ((section.start, clause_path(section.heading_path)) for section in sections)
    return {start: path for start, path in paths if path and path[-1].unit == unit}


# ---- the tests


@laws
def test_the_clauses_of_the_laws_have_their_numbers() -> None:
    right = counted = 0
    for law, sections in parsed_laws():
        found = sections_starting(sections, "article")
        expected = counted_clauses(law.text)
        counted += len(expected)
        right += sum(at in found and found[at][-1].number == (n,) for n, at in expected.items())
    print(f"\nlaws: {right} of {counted} clauses with the right number")  # noqa: T201
    assert counted > 7000
    assert right >= ENOUGH * counted


@agreements
def test_the_articles_of_the_agreements_have_their_numbers() -> None:
    right = counted = in_chapter = 0
    for path in AGREEMENTS:
        document, articles = agreement(path)
        sections = {section.start: section for section in split_sections(document)}
        for at, (chapter, number) in articles.items():
            section = sections.get(at)
            named = section.heading_path[-1].upper() if section and section.heading_path else ""
            counted += 1
            right += re.match(rf"{re.escape(number)}(?![\w.-])", named) is not None
            in_chapter += bool(section and chapter in section.heading_path)
    print(f"\nagreements: {right} of {counted} articles, {in_chapter} in their chapter")  # noqa: T201
    assert counted > 4000
    assert right >= ENOUGH * counted
    assert in_chapter >= ENOUGH * counted


def goes_on(line: str) -> bool:
    """Whether a line begins with a number of a clause and goes on as a sentence about that clause."""
    chinese = re.match(
        r"第[一二三四五六七八九十百零]+[章条]\s?(?:第|的|所|规定|和第|与第|、|至|或者|中规定)", line
    )
    english = re.match(r"[A-Za-z]+\s[\w.-]+(?:\(\w+\))*,?\s(?:of|and|or|to|shall|is|[a-z]+)\b", line)
    return bool(chinese or english)


@laws
@agreements
def test_no_reference_is_taken_for_a_heading() -> None:
    """Every line that begins with a number which is not the next one and goes on, and others drawn to 200."""
    numbered = re.compile(
        r"第[一二三四五六七八九十百零]{1,5}[章节条]|\b(?:Article|Section|Chapter|Annex)\s[\dIVX][\w.-]*"
    )
    at_line_start, inside = list[tuple[Document, int]](), list[tuple[Document, int]]()
    documents = [(law, set(counted_clauses(law.text).values())) for law, _ in parsed_laws()]
    documents += [(document, set(articles)) for document, articles in map(agreement, AGREEMENTS)]
    for document, clauses in documents:
        for match in numbered.finditer(document.text):
            line = document.text[match.start() : match.start() + 60]
            begins = match.start() == 0 or document.text[match.start() - 1] == "\n"
            if begins and match.start() not in clauses and goes_on(line):
                at_line_start.append((document, match.start()))
            elif not begins:
                inside.append((document, match.start()))
    drawn = random.Random(4).sample(inside, SAMPLE)  # noqa: S311 (no secret)
    taken = [
        (document.title, document.text[at : at + 40])
        for document, at in [*at_line_start, *drawn]
        if at in {section.start for section in split_sections(document)}
    ]
    print(f"\n{len(at_line_start)} references at a line's start, {SAMPLE} others; as headings: {taken}")  # noqa: T201
    assert len(at_line_start) > 50
    assert taken == []


@laws
@agreements
@pytest.mark.parametrize("language", ["zh", "en"])
def test_few_references_are_taken_for_headings_even_where_a_line_is_broken_before_them(language: str) -> None:
    """As in text that was wrapped at a fixed width: 500 references inside lines, each put on a new line."""
    documents = [law for law, _ in parsed_laws()] + [agreement(path)[0] for path in AGREEMENTS]
    inside = [
        (document, match.start())
        for document in documents
        for match in re.finditer(
            r"第[一二三四五六七八九十百零]{1,5}[章节条]|\b(?:Article|Chapter)\s\d[\w.-]*", document.text
        )
        if document.language == language
        and not re.search(r"[\n#*]\s*$", document.text[max(0, match.start() - 4) : match.start()])
    ]
    taken = 0
    for document, at in random.Random(7).sample(inside, 500):  # noqa: S311 (no secret)
        begin, end = document.text.rfind("\n", 0, at) + 1, f"{document.text}\n".find("\n", at)
        above = document.text[begin:at].rstrip() + "\n"
        broken = replace(document, text=above + document.text[at:end], layout=Layout())
        taken += any(section.start == len(above) for section in split_sections(broken))
    print(f"\n{language}: {taken} of 500 references at a broken line as headings")  # noqa: T201
    assert taken <= {"zh": 0, "en": 15}[language]


@laws
def test_the_numbers_of_the_clauses_of_a_law_are_in_sequence() -> None:
    """A reference taken for a clause would break the sequence 1, 2, 2-1, 3, …"""
    breaks = [
        (law.title, before, after)
        for law, sections in parsed_laws()
        for before, after in pairwise(articles_of(sections))
        if after not in ((before[0] + 1,), (before[0], [*before, 0][1] + 1), (1,))
    ]
    print(f"\nlaws: {len(breaks)} breaks of the sequence: {breaks}")  # noqa: T201
    assert len(breaks) <= 3


def articles_of(sections: tuple[Section, ...]) -> list[tuple[int, ...]]:
    """The numbers of the clauses, in the order in which they stand."""
    paths = sections_starting(sections, "article").values()
    return [tuple(part for part in path[-1].number if isinstance(part, int)) for path in paths]


@laws
def test_items_are_found_and_the_references_lead_somewhere() -> None:
    items = expected = references = led = 0
    start = time.perf_counter()
    for law, sections in parsed_laws():
        expected += len(re.findall(r"^（[一二三四五六七八九十]+）(?![、和至])", law.text, re.MULTILINE))
        clauses = Clauses(sections)
        for section in sections:
            items += sum(
                bool(one.inside) and one.inside[-1].unit == "item" and law.text[one.start] == "（"
                for one in clauses_of(section)
            )
            for reference in references_in(section):
                if reference.document is None:
                    references += 1
                    led += clauses.target(reference, section) is not None
    seconds = time.perf_counter() - start
    print(  # noqa: T201
        f"\nlaws: {items} items of {expected}; {led} of {references} references resolved; {seconds:.1f} s"
    )
    assert abs(items - expected) <= 0.02 * expected
    assert led > 0.9 * references
