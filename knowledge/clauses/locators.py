"""Where a quote or a passage stands, as it is cited: 第十二条第二款第（三）项, Article 12, paragraph 2(a)."""

from bisect import bisect_right
from collections import Counter
from functools import lru_cache

from knowledge.clauses.clause_labels import ANNEXES, Path, Step, clause_path, heading_step
from knowledge.clauses.clause_names import (
    in_chinese,
    in_english,
    inside_in_chinese,
    inside_in_english,
)
from knowledge.clauses.clause_places import clause_at, clauses_of
from knowledge.policy import Document, Language, Section
from knowledge.sectioning import opening, split_sections

_BETWEEN_HEADINGS = " › "
_PARAGRAPH: dict[Language, str] = {"en": "paragraph {}", "zh": "第{}段"}
_PAGE: dict[Language, str] = {"en": "{}, page {}", "zh": "{}，第{}页"}
_CITED_ALONE = ANNEXES | {"article", "section"}


def locate(section: Section, start: int, end: int, language: Language) -> str:
    """Where `document.text[start:end]`, a stretch of the section, stands, with its page if there are pages.

    A stretch over several paragraphs or items is named by the first and the last. Text that is in no numbered
    clause is placed by its headings and the paragraph under them.
    """
    headings = section.heading_path
    clause = _last_cited(section)
    first, last = _ends(section, start, end)
    if clause is not None:
        place = _clause(section, clause, first, last, language)
    elif section.document.language == "en" and any(step.label for step in first):
        # The text numbers its paragraphs itself.
        below = first if first[0].unit == "paragraph" else (Step("paragraph", (1,)), *first)
        place = _BETWEEN_HEADINGS.join((*headings, _inside(below, below, None, language).lstrip(", ")))
    else:
        paragraph = _PARAGRAPH[language].format(_paragraph_under_heading(section, start))
        place = _BETWEEN_HEADINGS.join((*headings, paragraph))
    page = bisect_right(section.document.layout.pages, start)
    return _PAGE[language].format(place, page) if page else place


def _last_cited(section: Section) -> int | None:
    """Which heading names the clause: the last article, § or annex; a Chinese 节 is only a heading."""
    for index in range(len(section.heading_path) - 1, -1, -1):
        step = heading_step(section.heading_path[index])
        if step and step.unit in _CITED_ALONE and not (step.unit == "section" and _is_chinese(step)):
            return index
    return None


def _is_chinese(step: Step) -> bool:
    return step.label.startswith("第")


def _ends(section: Section, start: int, end: int) -> tuple[Path, Path]:
    """What the clauses are called in which a stretch begins and ends; () twice for the whole section."""
    clauses = clauses_of(section)
    headed = (
        len(clauses) > 1 and not clauses[0].inside
    )  # the first is the heading, or the label of the clause
    body = clauses[1].start if headed else section.start
    if start <= body and end >= section.end:
        return (), ()
    first = clause_at(section, max(start, body) if end > body else start)
    return first.inside, clause_at(section, max(start, end - 1)).inside


def _clause(section: Section, index: int, first: Path, last: Path, language: Language) -> str:
    headings = section.heading_path
    outer = clause_path(headings[: index + 1])
    if outer[-1] in _repeated(section.document):
        named = outer
    else:
        named = (*(step for step in outer[:-1] if step.unit in ANNEXES), outer[-1])
    inner = headings[index + 1 :]
    inside = _inside(first, last, None if inner else named[-1], language, chinese=_is_chinese(outer[-1]))
    dotted = first[:1] == last[:1] and bool(first) and _says_article(first[0], named[-1]) and not inner
    if language == "en":
        place = ", ".join(in_english(step) for step in (named[:-1] if dotted else named))
    else:
        place = "".join(in_chinese(step) for step in (named[:-1] if dotted else named))
    if dotted:
        return f"{place}{', ' if place and language == 'en' else ''}{inside}"
    return _BETWEEN_HEADINGS.join((place, *inner)) + inside


def _says_article(paragraph: Step, article: Step) -> bool:
    """Whether a paragraph's number holds the article's: 5.3 in Article 5."""
    return (
        paragraph.unit == "paragraph"
        and len(paragraph.number) > 1
        and paragraph.number[:-1] == article.number
    )


def _inside(
    first: Path, last: Path, article: Step | None, language: Language, *, chinese: bool = False
) -> str:
    """The paragraph and the items, or the range of them, behind the name of the clause."""
    common = 0
    while common < min(len(first), len(last)) and first[common] == last[common]:
        common += 1
    ranged = common < min(len(first), len(last)) and first[common].unit == last[common].unit
    shown, to = first[: common + ranged], last[common] if ranged else None
    write = inside_in_english if language == "en" else inside_in_chinese
    dotted = bool(shown) and article is not None and to is not shown[0] and _says_article(shown[0], article)
    return write(shown, to, chinese=chinese, dotted=dotted and common > 0)


# The page asks again for every source of every answer it shows.
@lru_cache(maxsize=32)
def _repeated(document: Document) -> frozenset[Step]:
    """The clauses whose number stands more than once in a document: its chapters count anew."""
    paths = {clause_path(section.heading_path) for section in split_sections(document)}
    return frozenset(step for step, times in Counter(path[-1] for path in paths if path).items() if times > 1)


@lru_cache(maxsize=64)
def _paragraph_starts(section: Section) -> tuple[int, ...]:
    paragraphs, heading = opening(section)
    headed = heading is not None and heading.is_whole(section.document.text[slice(*paragraphs[0])])
    return tuple(span.start for span in paragraphs[headed:])


def _paragraph_under_heading(section: Section, start: int) -> int:
    """1-based number of the paragraph; a heading that stands alone is not counted, and itself gets 1."""
    return max(1, bisect_right(_paragraph_starts(section), start))
