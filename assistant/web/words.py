"""The words of the interface in both languages, and dates as people read them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from knowledge.policy import Language

LANGUAGES: tuple[Language, ...] = get_args(Language)
_DATE = re.compile(r"(?:(?P<year>\d{4})|-)(?:-(?P<month>\d\d))?(?:-(?P<day>\d\d))?")


@dataclass(frozen=True, slots=True)
class Example:
    """A question to start with, the one that could follow it, and the document both are about."""

    document: str  # sha256 of the document's file
    language: Language
    question: str
    follow_up: str


class Words:
    """The interface in one language: `words("ask")`, `words("paragraph", number=3)`.

    Raises KeyError for a key that texts.toml does not hold or a slot that is not given.
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._texts: dict[str, str] = _texts()[language]

    def __call__(self, key: str, **slots: object) -> str:
        """The text of that key with its slots filled."""
        text = self._texts[key]
        return text.format_map(slots) if slots else text

    def date(self, iso: str | None) -> str:
        """A date of `DocumentFacts` in words; what it leaves open is said and never filled in."""
        if iso is None:
            return self("date_missing")
        parts = _DATE.fullmatch(iso)
        if parts is None or not 1 <= int(parts["month"] or 1) <= 12:
            return iso
        year, month, day = parts["year"], parts["month"], parts["day"]
        if month is None:
            return iso
        slots = {"year": year, "month_name": self("months").split()[int(month) - 1], "day": int(day or 0)}
        if year is None:
            return self("date_no_year", **slots) if day else iso
        return self("date_day" if day else "date_month", **slots)

    @property
    def other_language(self) -> Language:
        """The language that the switch leads to."""
        return "zh" if self.language == "en" else "en"


def words_of(language: str) -> Words:
    """The interface in the language that an address names, in English for any other."""
    return Words(next((known for known in LANGUAGES if known == language), "en"))


@cache
def examples() -> tuple[Example, ...]:
    """The example questions of texts.toml, in order."""
    return tuple(Example(**example) for example in _texts()["examples"])


@cache
def _texts() -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "texts.toml").read_text("utf-8"))
