"""Fact recall: the share of the facts that an answer has to hold which stand in it, word for word."""

import re
import unicodedata
from collections.abc import Sequence

_SPACE = re.compile(r"\s+")
# Where a word of an alphabet or a figure begins or ends: "5" does not stand in "15", "15.5" or "5,000".
_NOT_INSIDE_BEFORE = r"(?<![^\W_\u3400-\u9fff])(?<!\d[.,])"
_NOT_INSIDE_AFTER = r"(?![^\W_\u3400-\u9fff])(?![.,]\d)"


def fact_recall(facts: Sequence[tuple[str, ...]], text: str) -> float | None:
    """Share (0..1) of the facts that stand in the text as whole words; None when no fact is asked for.

    Each fact is given in its accepted spellings, any of which will do. Case, white space and full-width
    forms make no difference. A fact is a date, a number or a name as the
    documents write it: this counts wording and understands nothing.
    """
    if not facts:
        return None
    plain = _plain(text)
    found = sum(any(_stands_in(_plain(spelling), plain) for spelling in fact) for fact in facts)
    return found / len(facts)


def _plain(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()


def _stands_in(fact: str, text: str) -> bool:
    if not fact:
        return False
    before = _NOT_INSIDE_BEFORE if _is_spaced(fact[0]) else ""
    after = _NOT_INSIDE_AFTER if _is_spaced(fact[-1]) else ""
    return re.search(f"{before}{re.escape(fact)}{after}", text) is not None


def _is_spaced(character: str) -> bool:
    return character.isalnum() and not "\u3400" <= character <= "\u9fff"
