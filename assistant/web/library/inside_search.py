"""Search inside one document: every place where the words stand, with the clause that it is in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from assistant.web.documents.document_links import address
from assistant.web.words import Words
from knowledge.clauses.locators import locate
from knowledge.policy import Document, Section

MOST_SHOWN = 50
LONGEST_QUERY = 200  # characters
_AROUND = 60  # characters shown before and after a place


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand, and the section that holds them; None between sections."""

    start: int
    end: int
    section: Section | None


def places(document: Document, sections: Sequence[Section], query: str) -> list[Place]:
    """Every place of the words as they are typed, whatever their case and the blanks between them.

    Where they stand nowhere together, the lines that hold all of them, each from the first to the last.
    """
    wanted = query[:LONGEST_QUERY].split()
    if not wanted:
        return []
    together = re.compile(r"\s*".join(map(re.escape, wanted)), re.IGNORECASE)
    spans = [match.span() for match in together.finditer(document.text)]
    if not spans and len(wanted) > 1:
        spans = list(_lines_with_all(document.text, wanted))
    return [Place(start, end, section) for (start, end), section in _in_sections(spans, sections)]


def found_html(document: Document, found: Sequence[Place], query: str, words: Words) -> str:
    """What was found as a list of links, each to the document with that place highlighted."""
    if not query.strip():
        return ""
    told = (
        words("inside_found", count=len(found), query=query) if found else words("inside_none", query=query)
    )
    items = "".join(_item(document, place, words) for place in found[:MOST_SHOWN])
    more = ""
    if len(found) > MOST_SHOWN:
        more = f'<p class="note">{escape(words("inside_more", shown=MOST_SHOWN))}</p>'
    return f'<p class="note" role="status">{escape(told)}</p><ol class="hits">{items}</ol>{more}'


def _item(document: Document, place: Place, words: Words) -> str:
    text, start, end = document.text, place.start, place.end
    line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    before = text[max(line_start, start - _AROUND) : start]
    after = text[end : min(line_end if line_end >= 0 else len(text), end + _AROUND)]
    where = ""
    if place.section is not None:
        where = locate(place.section, start, end, words.language)
    return (
        f'<li><a href="{escape(address(document, start, end, words))}">'
        f"{escape(where or words('whole_text'))}</a>"
        f'<span class="context" lang="{document.language}">{escape(before)}<mark>'
        f"{escape(text[start:end])}</mark>"
        f"{escape(after)}</span></li>"
    )


def _lines_with_all(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    patterns = [re.compile(re.escape(word), re.IGNORECASE) for word in wanted]
    for line in re.finditer(r"[^\n]+", text):
        matches = [pattern.search(text, *line.span()) for pattern in patterns]
        if all(matches):
            spans = [match.span() for match in matches if match is not None]
            yield min(start for start, _ in spans), max(end for _, end in spans)


def _in_sections(
    spans: Sequence[tuple[int, int]], sections: Sequence[Section]
) -> Iterator[tuple[tuple[int, int], Section | None]]:
    """Each place with the section that it begins in; both in the order of the text."""
    ordered = sorted(sections, key=lambda section: section.start)
    number = 0
    for span in spans:
        while number < len(ordered) and ordered[number].end <= span[0]:
            number += 1
        holds = number < len(ordered) and ordered[number].start <= span[0]
        yield span, ordered[number] if holds else None
