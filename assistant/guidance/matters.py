"""The matters that a description of a business can raise, as matters.toml states them."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.policy import Language

_LONGEST = 4_000  # characters of a provision that are looked at


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: what raises it in a description, what is searched for, what is about it."""

    key: str
    labels: dict[Language, str]
    queries: tuple[str, ...]  # in either language; the file divides several by a slash
    raised: dict[Language, re.Pattern[str]]
    about: dict[Language, re.Pattern[str]]

    def is_raised_by(self, clause: str, language: Language) -> bool:
        """Whether a clause of a description raises the matter."""
        return self.raised[language].search(clause.lower()) is not None

    def is_subject_of(self, text: str, language: Language) -> bool:
        """Whether the words of a document, in its language, speak of the matter."""
        return self.about[language].search(" ".join(text[:_LONGEST].lower().split())) is not None


@cache
def matters() -> dict[str, Matter]:
    """Every matter by its key, in the order of the file."""
    stored = tomllib.loads(files("assistant.guidance").joinpath("matters.toml").read_text("utf-8"))
    return {
        key: Matter(
            key,
            labels=one["label"],
            queries=tuple(query for some in one["query"].values() for query in some.split(" / ")),
            raised={language: re.compile("|".join(some)) for language, some in one["raised"].items()},
            about={language: re.compile("|".join(some)) for language, some in one["about"].items()},
        )
        for key, one in stored.items()
    }
