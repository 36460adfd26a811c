"""Text -> paragraphs, with hard-wrapped lines joined: what sections, sentences and passages are built on."""

import re
from collections.abc import Container
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a text: character offsets into it, end exclusive."""

    start: int
    end: int


CHINESE_NUMBER = r"[〇零一二三四五六七八九十百千两0-9０-９]{1,9}"
# A clause or chapter label at the start of a line. What follows tells it from "第十二条第二款规定…".
CHINESE_LABEL = rf"第{CHINESE_NUMBER}(?:部分|分编|[编章节条])(?:之{CHINESE_NUMBER})?"

# A line that starts like this is never the continuation of the line above.
_STARTS_PARAGRAPH = re.compile(
    rf"""\s*\*{{0,2}}(?:
      \#{{1,6}}\s | \| | ```|~~~ | [-*+•·●○▪◦‣]\s     # Markdown heading, table row, fence, list item
    | \d{{1,3}}(?:\.\d{{1,3}})*[.)]\s | \d{{1,3}}[、．）]     # 1.  1)  1.2.  1、
    | [一二三四五六七八九十]{{1,3}}、 | [①-⑳㈠-㈩]
    | [(（](?:\d{{1,3}}|[A-Za-z]|[ivxlc]{{2,5}}|[一二三四五六七八九十百]{{1,4}})[)）]
      (?!\s*(?:(?:of|and|or|above|below)\b|[,;.，；。、]))      # not "(a) of Article 5" in running text
    | {CHINESE_LABEL}(?=[\s：:【（]|$)
    | (?:Part|Chapter|Section|Article|Annex|Appendix|Schedule)\s+[\dIVXLC.]+\s*$
    | (?:PART|CHAPTER|SECTION|ARTICLE|ANNEX|APPENDIX|SCHEDULE)\b
    )""",
    re.VERBOSE,
)
_STANDS_ALONE = re.compile(r"\s*(?:#{1,6}\s|\||```|~~~)")
# Spaces and marks without width: copied web pages hold lines of nothing else.
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad \t"
_INDENT = re.compile(r"\u3000|\t| {2}")
_WIDE = re.compile("[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60]")

# Lines of hard-wrapped text are seldom shorter or longer than this; a wide character counts as two columns.
_NARROWEST, _FULL, _WIDEST = 40, 60, 120


def width(text: str) -> int:
    """Columns that a text takes in a fixed-width font."""
    return len(text) + len(_WIDE.findall(text))


def _continues(line: str, following: str) -> bool:
    """Whether `following` goes on with the sentence of `line`: a hard wrap and not a new paragraph."""
    if _STANDS_ALONE.match(line) or _STARTS_PARAGRAPH.match(following):
        return False
    if _INDENT.match(following) and not _INDENT.match(line):
        return False
    line = line.strip()
    # Lines far too long for a wrap are told by their length alone; measuring a megabyte would cost time.
    if len(line) > _WIDEST or not _NARROWEST <= width(line) <= _WIDEST:
        return False
    if following.lstrip()[0].islower():
        return True
    if width(line) < _FULL or line[-1] in ":：;；。！？":
        return False
    # A full line of Chinese without a comma or a stop is a title.
    return not _WIDE.match(line[-1]) or re.search("[，。；]", line) is not None


def split_paragraphs(text: str, starts: Container[int] = ()) -> list[Span]:
    """Paragraphs in order, stripped of outer white space, together covering all that is not white space.

    A blank line always ends a paragraph. A single line break does too, unless the line is as wide as
    hard-wrapped text and the next one reads like its continuation. Markdown headings, table rows and list
    items each begin their own, and so does what stands at one of the offsets `starts`.
    """
    spans: list[Span] = []
    start = 0
    above = ""  # the line above, "" when there is none or it is blank
    for line in text.split("\n"):
        end = start + len(line)
        content = line.strip()
        if content.strip(_INVISIBLE):
            first = start + len(line) - len(line.lstrip())
            span = Span(first, first + len(content))
            if above and first not in starts and _continues(above, line):
                spans[-1] = Span(spans[-1].start, span.end)
            else:
                spans.append(span)
            above = line
        else:
            above = ""
        start = end + 1
    return spans
