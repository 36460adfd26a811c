"""The filters that a person has chosen on the page: read from what the browser sends, and told in words."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import get_args

from assistant.errors import BadQuestion
from assistant.web.words import LANGUAGES, Words
from knowledge.policy import Filters, Level

LEVELS: tuple[Level, ...] = get_args(Level)
_MOST_CHOSEN = 200  # values of one filter
_LONGEST = 1_000  # characters of one value


def filters_from(sent: str) -> Filters:
    """The filters of a JSON object with the names of `Filters`; what is not named does not restrict.

    Raises BadQuestion for anything that the page's own form cannot have sent.
    """
    try:
        held = json.loads(sent or "{}")
        return _filters(**held)
    except (TypeError, ValueError, RecursionError):
        raise BadQuestion(
            "The filters cannot be understood; choose them again.", "无法识别筛选条件，请重新选择。"
        ) from None


def filters_as_sent(filters: Filters) -> str:
    """The JSON that `filters_from` reads as these filters; empty where they restrict nothing."""
    held = {name: value for name, value in asdict(filters).items() if value}
    return json.dumps(held, ensure_ascii=False) if held else ""


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


def _filters(
    *,
    document_ids: object = (),
    issuers: object = (),
    kinds: object = (),
    levels: object = (),
    languages: object = (),
    date_from: object = None,
    date_to: object = None,
    as_of: object = None,
    include_superseded: object = False,
) -> Filters:
    return Filters(
        document_ids=_values(document_ids),
        issuers=_values(issuers),
        kinds=_values(kinds),
        levels=tuple(LEVELS[LEVELS.index(level)] for level in _values(levels)),
        languages=tuple(LANGUAGES[LANGUAGES.index(one)] for one in _values(languages)),
        date_from=_day(date_from),
        date_to=_day(date_to),
        as_of=_day(as_of),
        include_superseded=include_superseded is True,
    )


def _day(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError("no text")
    return date.fromisoformat(value).isoformat()


def _values(value: object) -> tuple[str, ...]:
    values = tuple(value) if isinstance(value, list | tuple) else None
    if values is None or len(values) > _MOST_CHOSEN:
        raise ValueError("no list, or too long a one")
    if not all(isinstance(one, str) and len(one) <= _LONGEST for one in values):
        raise ValueError("no such value")
    return values
