"""Document -> sections: each heading and each clause opens one, and they nest by their labels."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest

from knowledge.clauses.clause_labels import ANNEXES, heading_step
from knowledge.clauses.headings import ANNEX_RANK, Heading, heading_of, is_heading_line
from knowledge.paragraphs import Span, split_paragraphs
from knowledge.policy import Document, Layout, Section

# What a line ends with when the label at the start of the next one belongs to its sentence.
_HANGS = re.compile(
    r"\b(?i:of|in|to|at|with|under|and|or|but|by|the|from|for|on|see|this|that|than|per|until|both|either"
    r"|notwithstanding)\Z|\([a-z]{1,4}\)\Z"
)
_FENCE = re.compile(r"(```|~~~)[^`~]*")


def _visible(text: str) -> Iterator[Span]:
    """What is left of a text without its HTML comments, which are no evidence; an unclosed one is text."""
    start = 0
    while (opening := text.find("<!--", start)) >= 0 and (closing := text.find("-->", opening + 4)) >= 0:
        yield Span(start, opening)
        start = closing + 3
    yield Span(start, len(text))


def _belongs_to_sentence(heading: Heading, text: str, above: int) -> bool:
    """Whether a label only stands at the start of a line: "in accordance with", and below it "Article 5"."""
    if (
        heading.level or heading.text[0] == "第" or heading.text[:4].isupper()
    ):  # a reference is not written in capitals
        return False
    return _HANGS.search(text, max(0, above - 20), above) is not None


def scan(text: str, layout: Layout = Layout()) -> Iterator[tuple[Span, Heading | None, bool]]:  # noqa: B008
    """(paragraph, the heading it is or opens with, whether it is the first one or follows a comment)."""
    fence = ""  # the mark that opened the code block we are in
    levels, above = dict(layout.headings), 0  # the end of the paragraph above
    for stretch in _visible(text):
        shown = layout.headings[slice(*(bisect_left(layout.headings, (at,)) for at in stretch))]
        spans = [
            Span(stretch.start + span.start, stretch.start + span.end)
            for span in split_paragraphs(
                text[stretch.start : stretch.end], {offset - stretch.start for offset, _ in shown}
            )
        ]
        for index, (span, after) in enumerate(zip_longest(spans, spans[1:])):
            words = text[span.start : span.end]
            mark = _FENCE.fullmatch(words)
            heading = None
            if mark and fence in ("", mark[1]):
                fence = "" if fence else mark[1]
            elif not fence:
                following = text[after.start : after.end] if after else ""
                heading = heading_of(words, following, levels.get(span.start, 0))
            if heading and index and _belongs_to_sentence(heading, text, above):
                heading = None
            yield span, heading, index == 0
            above = span.end


def _is_title(heading: Heading, document: Document) -> bool:
    """Whether a heading is the document's own title, which is in no heading path."""
    return heading.level == 1 and "".join(heading.text.split()) == "".join(document.title.split())


def _is_annex(heading: Heading) -> bool:
    step = heading_step(heading.text) if heading.rank == ANNEX_RANK else None
    return step is not None and step.unit in ANNEXES


def _goes_on_outside(heading: Heading, annex: Heading, latest: dict[int, Heading]) -> bool:
    """Whether a chapter or article behind an annex goes on with the numbers from before it."""
    if heading.rank is None or heading.rank == ANNEX_RANK:
        return False
    if heading.level and not annex.level:
        return True  # the format shows the chapter, and only the words speak of an annex
    former = heading_step(latest[heading.rank].text) if heading.rank in latest else None
    step = heading_step(heading.text)
    if former is None or step is None or step.number[:-1] != former.number[:-1]:
        return False
    last, before = step.number[-1], former.number[-1]
    return isinstance(last, int) and isinstance(before, int) and last == before + 1


def split_sections(document: Document) -> tuple[Section, ...]:
    """Sections in order, not overlapping, together covering every character that is not blank or comment.

    Each 第X条 and Article is a section; so is the text before the first heading, with an empty path. An HTML
    comment ends a section, and the text after it goes on under the same path.
    """
    parts: list[tuple[tuple[str, ...], int, int]] = []  # heading path, start, end
    above: list[Heading] = []  # the headings that hold at this point, outermost first
    in_annex = False
    outside: list[Heading] = []  # those that held before the annex that holds now
    latest: dict[int, Heading] = {}  # the last heading of each rank that is in no annex
    for span, heading, first in scan(document.text, document.layout):
        if heading is not None and _is_title(heading, document):
            above, in_annex = [], False
        elif heading is not None:
            if in_annex and _goes_on_outside(heading, above[0], latest):
                above, in_annex = [*outside], False
            if heading.rank == ANNEX_RANK and not in_annex:
                outside = [*above]
            while above and not heading.stands_inside(above[-1]):
                above.pop()
            above.append(heading)
            if len(above) == 1:
                in_annex = _is_annex(heading)
            if heading.rank is not None and not in_annex:
                latest[heading.rank] = heading
        if first or heading is not None:
            parts.append((tuple(outer.text for outer in above), span.start, span.end))
        else:
            path, start, _ = parts[-1]
            parts[-1] = (path, start, span.end)
    return tuple(Section(document, ordinal, *part) for ordinal, part in enumerate(parts))


def is_heading(document: Document, span: Span) -> bool:
    """Whether a sentence is no more than a heading, which its words say or the file's format shows."""
    return _level_at(document, span.start) > 0 or is_heading_line(document.text[span.start : span.end])


def _level_at(document: Document, offset: int) -> int:
    headings = document.layout.headings
    index = bisect_left(headings, (offset,))
    return headings[index][1] if index < len(headings) and headings[index][0] == offset else 0


def opening(section: Section) -> tuple[list[Span], Heading | None]:
    """A section's paragraphs, as offsets into the document's text, and the heading that the first opens."""
    text = section.text
    spans = split_paragraphs(text)
    first, second = ([text[start:end] for start, end in spans[:2]] + ["", ""])[:2]
    heading = heading_of(first, second, _level_at(section.document, section.start))
    return [Span(section.start + start, section.start + end) for start, end in spans], heading


# Asked for every heading without text of one document after another: a law has dozens, a list thousands.
@lru_cache(maxsize=1)
def has_only_headings(document: Document) -> bool:
    """Whether no paragraph of a document says anything beyond its heading."""
    return all(
        heading is not None and heading.is_whole(document.text[span.start : span.end])
        for span, heading, _ in scan(document.text, document.layout)
    )
