"""What kind of thing a question asks for, and whether a sentence holds one of that kind.

"How many days …?" wants a number, "Which ministry …?" an authority. A sentence on the right topic that
holds nothing of the kind asked for does not answer the question, however near its meaning is. This is
the *expected answer type* of question answering (Li and Roth, "Learning Question Classifiers", COLING
2002), kept to the kinds that a pattern can recognise with confidence in English and in Chinese: they
stand in answer_kinds.toml.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

_HAN_DIGITS = r"[\d一二三四五六七八九十百千万亿两零〇]"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = (
    rf"\b(?:{_MONTH})\s+\d{{1,2}}\b|\b\d{{1,2}}\s+(?:{_MONTH})\b|\b(?:19|20)\d\d\b"
    rf"|\b(?:{_MONTH.replace('May|', '')})\b"
    rf"|{_HAN_DIGITS}{{1,4}}年|{_HAN_DIGITS}{{1,3}}月{_HAN_DIGITS}{{0,3}}日?"
)
_REFERENCE = (
    r"\b\d+(?:st|nd|rd|th)\b|\b(?:Article|Section|Chapter|Rule|Annex|No)\.? ?\d+(?:\.\d+)*"
    rf"|第{_HAN_DIGITS}+[条章节款项编届次号]|[（(]{_HAN_DIGITS}+[)）]"
)
_NOT_AN_AMOUNT = re.compile(f"{_DATE}|{_REFERENCE}")
NUMBER = "number"


@dataclass(frozen=True, slots=True)
class AnswerKind:
    """A kind of thing that a sentence visibly holds or does not hold."""

    name: str
    asked: re.Pattern[str]
    held: re.Pattern[str]

    def held_by(self, text: str, question: str) -> bool:
        """Whether the text holds a thing of this kind that is not merely repeated from the question."""
        if self.name == NUMBER:
            text = _NOT_AN_AMOUNT.sub(" ", text)
        known = question.casefold()
        return any(match.group().casefold() not in known for match in self.held.finditer(text))


def kinds_asked(question: str) -> tuple[AnswerKind, ...]:
    """The kinds of thing that the question asks for; empty when no pattern is sure of one."""
    return tuple(kind for kind in answer_kinds() if kind.asked.search(question))


def without_kind_words(question: str) -> str:
    """The question without the words that only say which kind it asks for ("on which day", "第几")."""
    left = _only_say_the_kind().sub(" ", question)
    return left if any(map(str.isalnum, left)) else question


@cache
def _only_say_the_kind() -> re.Pattern[str]:
    return re.compile("|".join(_stored()["only_say_the_kind"]), re.IGNORECASE)


@cache
def answer_kinds() -> tuple[AnswerKind, ...]:
    """Every kind of answer_kinds.toml."""
    stored = {name: some for name, some in _stored().items() if isinstance(some, dict)}
    words = {name: "|".join(some) for name, some in stored.pop("words").items()} | {"date": _DATE}

    def pattern(alternatives: list[str]) -> str:
        joined = "|".join(alternatives)
        for name, some in words.items():
            joined = joined.replace("{" + name + "}", some)
        return joined

    return tuple(
        AnswerKind(name, re.compile(pattern(kind["asked"]), re.IGNORECASE), re.compile(pattern(kind["held"])))
        for name, kind in stored.items()
    )


def _stored() -> dict[str, Any]:
    return tomllib.loads(files("assistant.quotes").joinpath("answer_kinds.toml").read_text("utf-8"))
