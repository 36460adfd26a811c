"""The title that stands at the top of a text."""

import re

from knowledge.paragraphs import width
from knowledge.sectioning import scan

_LONGEST_TITLE = 100  # columns
_ENDS_A_TITLE = re.compile(r"[^.。!！?？;；:：,，、]$")
_ORDER = re.compile(r"令(?:[\s\u3000]*[（(]?第[^号]{1,10}号[）)]?)?$")
_ORDERED = re.compile(
    r"《((?:[^《》]|《[^《》]*》)+)》[^。《]{0,60}?(?:通过|批准|修订)[^。《]{0,60}?现予(?:公布|发布)"
)
_LOOKED_AT = 20_000  # characters: a title stands at the top


def title_in(text: str) -> str | None:
    """The text's first main heading, else its first line if that looks like one, else its next heading.

    A heading with a chapter's or a clause's number is no title. An order that puts a document in force has
    the title of that document.
    """
    title = _shown_title(text)
    ordered = _ORDERED.search(text[:_LOOKED_AT]) if title and _ORDER.search(title) else None
    return ordered[1] if ordered else title


def _shown_title(text: str) -> str | None:
    paragraphs = [(text[start:end], heading) for (start, end), heading, _ in scan(text[:_LOOKED_AT])]
    headings = [heading for _, heading in paragraphs if heading and heading.level and heading.rank is None]
    if headings and headings[0].level == 1:
        return headings[0].text
    if len(paragraphs) > 1 and paragraphs[0][1] is None and _is_title_line(paragraphs[0][0]):
        return " ".join(paragraphs[0][0].split())
    return headings[0].text if headings else None


def _is_title_line(words: str) -> bool:
    """Whether a paragraph looks like a title: a short line of words that no sentence mark ends."""
    is_short = "\n" not in words and width(words) <= _LONGEST_TITLE
    return is_short and words[0].isalpha() and _ENDS_A_TITLE.search(words) is not None
