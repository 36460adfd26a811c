"""Characters that take no room on a page: they part words from their look, or carry a message unseen."""

import re
import unicodedata

# Marks without width, joiners, fillers, variation selectors; Cf as a class would take Arabic signs along.
_WITHOUT_WIDTH = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff"
    "\uffa0\ufff9-\ufffb\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001d173-\U0001d17a]+"
)
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_TAGS = re.compile("[\U000e0000-\U000e007f]+")  # an alphabet of their own that nothing draws
_ANY = re.compile("|".join(pattern.pattern for pattern in (_WITHOUT_WIDTH, _DIRECTION, _TAGS)))

_TAG_TO_ASCII = 0xE0000
_LONGEST_SAMPLE = 60  # characters of what was left out, to know it by


def without_invisible(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The text without such characters, and (kind, what it was) for each stretch of them."""
    found: list[tuple[str, str]] = []
    if text.isascii():
        return text, found

    def note(match: re.Match[str]) -> str:
        found.append(_named(match[0]))
        return ""

    return _ANY.sub(note, text), found


def _named(stretch: str) -> tuple[str, str]:
    if _TAGS.fullmatch(stretch):
        message = "".join(chr(ord(character) - _TAG_TO_ASCII) for character in stretch)
        return "Text in characters that nothing draws", message if message.isprintable() else "tags"
    kind = "A character that changes the direction of writing"
    if not _DIRECTION.fullmatch(stretch):
        kind = "A character without width"
    return kind, unicodedata.name(stretch[0], f"U+{ord(stretch[0]):04X}")


def visible(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without such characters, and one sentence for each kind of them."""
    kept, found = without_invisible(text)
    kinds: dict[str, list[str]] = {}
    for kind, sample in found:
        kinds.setdefault(kind, []).append(sample)
    return kept, tuple(left_out_sentence(kind, len(all_), all_[0]) for kind, all_ in kinds.items())


def left_out_sentence(kind: str, count: int, sample: str) -> str:
    """The sentence of `Layout.hidden` for text of one kind that was left out at `count` places."""
    shown = "".join(sign for sign in without_invisible(sample)[0] if sign.isprintable() or sign.isspace())
    shown = " ".join(shown.split())
    shown = shown[:_LONGEST_SAMPLE] + ("…" if len(shown) > _LONGEST_SAMPLE else "")
    places = "1 place" if count == 1 else f"{count} places"
    return f"{kind} was left out at {places}" + (f", such as “{shown}”." if shown else ".")
