"""Markdown -> its text as it stands, without front matter, comments and elements that nobody is shown."""

import re
from collections.abc import Iterator

from knowledge.policy import Layout
from knowledge.reading.content import Content
from knowledge.reading.invisible import left_out_sentence, visible
from knowledge.reading.plain_text import decoded, readable
from knowledge.reading.stated_facts import Stated, is_known_key, stated_facts

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)\s*", re.DOTALL)
_PAIR = re.compile(r"([^\s:#\-\[\]{}\"'][^:]*?)\s*[:：](?:\s+(.*))?")
_ITEM = re.compile(r"\s*-\s+(.*)")
_LONGEST_FRONT_MATTER = 20_000  # characters

_REFERENCE_COMMENT = re.compile(r"^[ ]{0,3}\[(?://|comment|#)\]:[ \t]*\S+(?:[ \t]+(.*))?$\n?", re.MULTILINE)
_HIDDEN_TAG = re.compile(
    r"<([A-Za-z]\w*)\b[^<>]*?(?:\shidden\b|display\s*:\s*none|visibility\s*:\s*hidden"
    r"|font-size\s*:\s*0(?![.\d]))[^<>]*>"
)


def read_markdown(data: bytes, name: str) -> Content:
    """The text of a Markdown file; raises UnreadableFile as for a text file."""
    text, stated = without_front_matter(decoded(data, name))
    text, hidden = without_hidden(text)
    text, invisible = visible(text)
    return Content(readable(text, name), Layout(hidden=hidden + invisible), stated)


def without_front_matter(text: str) -> tuple[str, Stated]:
    """The text behind a leading "---" block of "key: value" lines, and the facts that the block states.

    A block of anything else is text and stays.
    """
    match = _FRONT_MATTER.match(text[:_LONGEST_FRONT_MATTER])
    if match is None:
        return text, {}
    pairs: list[tuple[str, str]] = []
    key = ""
    for line in match[1].split("\n"):
        item, pair = _ITEM.fullmatch(line), _PAIR.fullmatch(line)
        if item and key:
            pairs.append((key, _scalar(item[1])))
        elif pair:
            key = pair[1]
            pairs += [(key, value) for value in _values(pair[2] or "")]
        elif line.strip() and not line.lstrip().startswith("#") and not (key and line[0] in " \t"):
            return text, {}
    if not key or (not pairs and not is_known_key(key)):
        return text, {}
    return text[match.end() :], stated_facts(pairs)


def _values(value: str) -> list[str]:
    """A scalar, or the items of "[a, b]"."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [_scalar(item) for item in value[1:-1].split(",")]
    return [_scalar(value)] if value else []


def _scalar(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def without_hidden(text: str) -> tuple[str, tuple[str, ...]]:
    """The text that a page made of the Markdown would show, and one sentence a kind of what it would not."""
    hidden: list[str] = []
    for kind, spans in (
        ("A comment", _comments),
        ("A comment", _reference_comments),
        ("Text that its style hides", _hidden_elements),
    ):
        found = list(spans(text))
        if found:
            hidden.append(left_out_sentence(kind, len(found), text[found[0][2] : found[0][3]]))
            kept = [0, *(at for start, end, _, _ in found for at in (start, end)), len(text)]
            text = "".join(text[kept[i] : kept[i + 1]] for i in range(0, len(kept), 2))
    return text, tuple(hidden)


_Span = tuple[int, int, int, int]  # of the whole and of the words in it


def _comments(text: str) -> Iterator[_Span]:
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            if not text[text.rfind("\n", 0, start) + 1 : start].strip():  # hides the rest of the page
                yield start, len(text), start + 4, len(text)
            return
        yield start, end + 3, start + 4, end
        start = text.find("<!--", end + 3)


def _reference_comments(text: str) -> Iterator[_Span]:
    for match in _REFERENCE_COMMENT.finditer(text):
        yield match.start(), match.end(), *(match.span(1) if match[1] else (0, 0))


def _hidden_elements(text: str) -> Iterator[_Span]:
    never_closed: set[str] = set()  # from here on, so that a file full of opening tags costs one search each
    behind = 0
    for match in _HIDDEN_TAG.finditer(text):
        name = match[1].lower()
        if match.start() < behind or name in never_closed:
            continue
        closing = f"</{match[1]}"
        end = text.find(closing, match.end())
        if end < 0:
            never_closed.add(name)
            continue
        behind = text.find(">", end) + 1 or len(text)
        yield match.start(), behind, match.end(), end
