"""The filters that a person has chosen on the page: read from what the browser sends, and told in words."""

import json
import re
from collections.abc import Mapping
from typing import Any, get_args

from assistant.errors import BadQuestion
from assistant.web.words import LANGUAGES, Words
from knowledge.policy import Filters, Level

LEVELS: tuple[Level, ...] = get_args(Level)
_MOST_CHOSEN = 200  # values of one filter
_LONGEST = 1_000  # characters of one value
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_LISTS = {
    "document_ids": None,
    "issuers": None,
    "kinds": None,
    "levels": frozenset(LEVELS),
    "languages": frozenset(LANGUAGES),
}
_DAYS = ("date_from", "date_to", "as_of")


def filters_from(sent: str) -> Filters:
    """The filters of a JSON object with the names of `Filters`; what is not named does not restrict.

    Raises BadQuestion for anything that the page's own form cannot have sent.
    """
    if not sent:
        return Filters()
    try:
        held = json.loads(sent)
        if not isinstance(held, dict):
            raise TypeError("it is no object")
        days = {name: _day(held.pop(name, "")) for name in _DAYS}
        lists = {name: _values(held.pop(name, []), known) for name, known in _LISTS.items()}
        superseded = held.pop("include_superseded", False)
        if held or not isinstance(superseded, bool):
            raise TypeError("it holds what no filter is")
    except (TypeError, ValueError, RecursionError):
        raise BadQuestion(
            "The filters cannot be understood; choose them again.", "无法识别筛选条件，请重新选择。"
        ) from None
    return Filters(**lists, **days, include_superseded=superseded)


def filters_in_words(filters: Filters, titles: Mapping[str, str], words: Words) -> list[str]:
    """What the filters restrict to, one phrase a filter; empty when they restrict nothing.

    `titles` of documents by their ids.
    """
    chosen = {
        "ask_issuer": filters.issuers,
        "ask_kind": filters.kinds,
        "ask_level": [words(level_key(level)) for level in filters.levels],
        "ask_language": [words(f"ask_language_{language}") for language in filters.languages],
        "ask_document": _titles(filters, titles, words),
    }
    told = [
        words("ask_told", name=words(name), value=words("ask_or").join(values))
        for name, values in chosen.items()
        if values
    ]
    if filters.date_from or filters.date_to:
        bounds = {"ask_from": filters.date_from, "ask_to": filters.date_to}
        value = " ".join(words(name, day=words.date(day)) for name, day in bounds.items() if day)
        told.append(words("ask_told", name=words("ask_date"), value=value))
    if filters.as_of:
        told.append(words("ask_told_as_of", day=words.date(filters.as_of)))
    if filters.include_superseded:
        told.append(words("ask_also_superseded"))
    return told


def level_key(level: Level) -> str:
    """The name in texts.toml of a level of authority."""
    return f"ask_level_{level.replace(' ', '_')}"


def _titles(filters: Filters, titles: Mapping[str, str], words: Words) -> list[str]:
    named = [titles[one] for one in filters.document_ids if one in titles]
    rest = len(filters.document_ids) - len(named)
    return [*named, *([words("ask_more_documents", count=rest)] if rest else [])]


def _day(value: Any) -> str | None:
    if value == "":
        return None
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("no day")
    return value


def _values(value: Any, known: frozenset[str] | None) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) > _MOST_CHOSEN:
        raise ValueError("no list, or too long a one")
    for one in value:
        if not isinstance(one, str) or len(one) > _LONGEST or (known is not None and one not in known):
            raise ValueError("no such value")
    return tuple(value)
