"""Which paragraphs are headings, or open a numbered clause: by their words, by Markdown, or by the format.

What follows the number decides. "第十二条 货物进口时…" opens a clause, "第十二条第二款规定…" goes on with
the one above; "Article 5 The Parties shall…" opens an article, "Article 5 of this Agreement shall…" does not.
"""

import re
from typing import NamedTuple

from knowledge.clauses.clause_numbers import NUMBER_WORDS
from knowledge.paragraphs import CHINESE_LABEL, CHINESE_NUMBER

# Outermost first. Labelled headings nest by this rank, whatever number of "#" stands before them: public
# collections write 第一章 and 第一节 both as "##".
_RANKS = {
    "编": 1, "部分": 1, "part": 1, "title": 1, "annex": 1, "appendix": 1, "schedule": 1,
    "分编": 2, "章": 3, "chapter": 3, "节": 4, "section": 4, "条": 5, "article": 5, "§": 5, "、": 6,
}  # fmt: skip
_CLAUSE, ANNEX_RANK = 5, 1

_MARKDOWN = re.compile(r"(#{1,6})[ \t\u3000]+(.*?)(?:[ \t]+#+)?[ \t]*")

_CHINESE = re.compile(rf"\*{{0,2}}({CHINESE_LABEL})")
_CHINESE_UNIT = re.compile(rf"第{CHINESE_NUMBER}(部分|分编|[编章节条])")
_CHINESE_REFERENCE = re.compile(rf"\s*(?:第{CHINESE_NUMBER}[款项条]|[、，和及至与或]\s*第{CHINESE_NUMBER})")
_RUNS_ON = re.compile(r"规定|所|的|中|第|.*[，、]")
_CLAUSE_TITLE = re.compile(
    r"[ \u3000]?(?:（(?!以下|[〇零一二三四五六七八九十百0-9]+）)[^（）]{1,20}）|【[^【】]{1,20}】)"
)
_CHINESE_STOP = re.compile("[。；;：:]|[，、]$")
_LONGEST_CHINESE, _LONGEST_ENGLISH = 40, 100  # characters of a heading line
_LONGEST_SHOWN = 200  # what is longer is text, whatever its format calls it

ENGLISH_LABEL = re.compile(
    r"\*{0,2}(Part|Title|Chapter|Section|Article|Annex|Appendix|Schedule"
    r"|PART|TITLE|CHAPTER|SECTION|ARTICLE|ANNEX|APPENDIX|SCHEDULE)"
    r"(\s+(?:(?:\d+|(?:[IVXLC]+|[A-Z])\d*)(?:[.-](?:\d+|(?:[IVX]+|[A-Z])\d*))*[A-Za-z]?"
    rf"|(?i:{'|'.join(NUMBER_WORDS)})\b)(?:\s?(?:bis|ter|quater))?)?(?![\w(])\*{{0,2}}"
)
_PARAGRAPH_SIGN = re.compile(r"\*{0,2}§\s?\d{1,6}[a-z]?(?:[.-]\w{1,8}){0,4}\.?\*{0,2}(?=\s|$)")
_STANDS_WITHOUT_NUMBER = frozenset({"annex", "appendix", "schedule"})
_SEPARATOR = re.compile(r"\s*[.:–—-]?\s+|\s*[:–—]\s*")
_ENGLISH_REFERENCE = re.compile(
    r"(?:Sub)?(?:[Pp]aragraph|Section|Article|Chapter|Part|Annex)s?\b|\(\w{1,3}\)"
)

# How no text below a heading begins.
_GOES_ON = re.compile(
    r"[,;:)]|(?:and|or|of|to|with|in|for|by|from|under|as|which|that|shall|may|is|are|applies|apply)\b"
)

_TRAILING = "#.:： "  # what may close a heading line

_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、\S.{1,38}")


class Heading(NamedTuple):
    """A heading's words; `rank` is None without a label such as 第X章.

    `level` is from 1 where Markdown or the file's format shows a heading, 0 where only the words say it.
    """

    text: str
    rank: int | None
    level: int

    def stands_inside(self, outer: "Heading") -> bool:
        """Whether this heading belongs under `outer`, which came before it."""
        if self.rank is not None and outer.rank is not None:
            return self.rank > outer.rank
        if self.level and outer.level:
            return self.level > outer.level
        return not self.level

    def is_whole(self, paragraph: str) -> bool:
        """Whether a paragraph says nothing beyond this heading."""
        return plain(paragraph).rstrip(_TRAILING) == self.text.rstrip(_TRAILING)


def plain(heading: str) -> str:
    """A heading's words with single spaces and without Markdown marks."""
    return " ".join(heading.strip().lstrip("#").strip().strip("*").split())


def _chinese(paragraph: str) -> tuple[str, int] | None:
    """(heading, rank) of a paragraph that is a heading 第X编/章/节 or opens a clause 第X条."""
    label, unit = _CHINESE.match(paragraph), _CHINESE_UNIT.search(paragraph)
    if label is None or unit is None or _CHINESE_REFERENCE.match(paragraph, label.end()):
        return None
    rank, rest = _RANKS[unit[1]], paragraph[label.end() :].lstrip("*")
    if rank == _CLAUSE:
        title = _CLAUSE_TITLE.match(rest)
        opens = title or not rest or rest[0].isspace() or rest[0] in "：:"
        return (plain(label[1] + (title[0] if title else "")), rank) if opens else None
    if len(paragraph) > _LONGEST_CHINESE or _CHINESE_STOP.search(paragraph):
        return None
    # Without a space 第三章总则 is a heading, 第三章规定的货物 is not.
    return None if rest[:1].strip() and _RUNS_ON.match(rest) else (plain(paragraph), rank)


def _english(paragraph: str) -> tuple[str, int] | None:
    """(heading, rank) of a paragraph that is an English heading line or opens an article."""
    if "§" in paragraph[:3]:
        return _paragraph_sign(paragraph)
    label = ENGLISH_LABEL.match(paragraph)
    if label is None or not (label[2] or label[1].lower() in _STANDS_WITHOUT_NUMBER):
        return None
    rank, rest = _RANKS[label[1].lower()], paragraph[label.end() :]
    if not rest.strip(" .:*"):
        return plain(paragraph.rstrip(".: ")), rank
    separator = _SEPARATOR.match(rest)
    title = rest[separator.end() :].lstrip("*") if separator and label[2] else ""
    if not (title[:1].isupper() or title[:1] in tuple("“\"‘'[(")) or _ENGLISH_REFERENCE.match(title):
        return None
    if len(paragraph) <= _LONGEST_ENGLISH and "\n" not in paragraph and title[-1] not in ".;:,":
        return plain(paragraph), rank
    opens_clause = rank == _CLAUSE or (label[1].lower() == "section" and rest.startswith("."))
    # "Article XX GATT 1994 shall apply." speaks of an article of something else.
    return (plain(label[0]), rank) if opens_clause and not re.match(r"[A-Z]{2}", title) else None


def _paragraph_sign(paragraph: str) -> tuple[str, int] | None:
    """(heading, rank) of a paragraph that opens with "§ 5" or "§ 301.12 Scope"."""
    label = _PARAGRAPH_SIGN.match(paragraph)
    title = paragraph[label.end() :].strip(" \t*") if label else ""
    if label is None or not (not title or title[0].isupper() or title[0] in "“\"‘'[("):
        return None
    short = len(paragraph) <= _LONGEST_ENGLISH and "\n" not in paragraph and title[-1:] not in tuple(".;:,")
    return plain(paragraph if short else label[0]).rstrip(".: "), _RANKS["§"]


def _shown(paragraph: str, found: tuple[str, int] | None, level: int) -> Heading:
    """The heading that a file's format shows; a clause that is set like one is headed by its label alone."""
    rank = found[1] if found else None
    stops = _CHINESE_STOP.search(paragraph) or paragraph.rstrip()[-1] in ".;"
    return Heading(found[0] if found and stops else plain(paragraph), rank, level)


def _is_numbered_line(paragraph: str) -> bool:
    """Whether a paragraph is a short line like "一、总体要求" that no sentence mark ends."""
    return _NUMBERED.fullmatch(paragraph) is not None and not _CHINESE_STOP.search(paragraph)


def heading_of(paragraph: str, following: str = "", level: int = 0) -> Heading | None:
    """The heading that a paragraph is or opens with; `following` is the paragraph after it, "" for none.

    `level` is from 1 for a paragraph that the file's format shows as a heading, else 0.
    """
    markdown = _MARKDOWN.fullmatch(paragraph)
    line = markdown[2] if markdown else paragraph
    found = _chinese(line) or _english(line)
    if level and len(paragraph) <= _LONGEST_SHOWN and plain(paragraph):
        return _shown(paragraph, found, level)
    if markdown:
        return Heading(plain(line), found[1] if found else None, len(markdown[1])) if plain(line) else None
    if found:
        # "Annex 2A" on a line of its own, and below it "and Annex 2B of this Agreement".
        divides = paragraph[0] != "第" and _GOES_ON.match(following) and ENGLISH_LABEL.fullmatch(paragraph)
        return None if divides else Heading(*found, 0)
    # "一、…" heads a part when text follows; a row of such lines is a list.
    if _is_numbered_line(paragraph) and following and not _is_numbered_line(following):
        return Heading(plain(paragraph), _RANKS["、"], 0)
    return None


def text_after(paragraph: str) -> int:
    """Where the words of a clause begin behind its label, in a paragraph that opens with one; else 0."""
    lead = len(paragraph) - len(paragraph.lstrip("# \t*"))
    chinese = _CHINESE.match(paragraph, lead)
    if chinese:
        title = _CLAUSE_TITLE.match(paragraph, chinese.end())
        return _skipped(paragraph, title.end() if title else chinese.end(), "*：: \u3000\t\n")
    label = _PARAGRAPH_SIGN.match(paragraph, lead) or ENGLISH_LABEL.match(paragraph, lead)
    return _skipped(paragraph, label.end(), "*.:–— \t\n") if label else 0


def _skipped(text: str, start: int, signs: str) -> int:
    while start < len(text) and text[start] in signs:
        start += 1
    return start


def is_heading_line(text: str) -> bool:
    """Whether a sentence says no more than the heading it is: "## 第一章 总则", "Article 5"."""
    heading = heading_of(text)
    return heading is not None and heading.is_whole(text)
