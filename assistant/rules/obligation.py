"""Rule 3, for force: what must, should, may or must not be done is so in what is cited."""

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.claims.force import ForceWord, force_words
from assistant.quotes.question_terms import question_terms
from assistant.rules.statement import Statement
from knowledge.dictionary import ChineseDictionary
from knowledge.terms import content_terms

DIFFERS = "what must, should, may or must not be done is not so in what is cited"
LEFT_OUT = "it leaves out that this is only allowed, recommended or forbidden"
# What the sentence says -> what the evidence may say in its place. A lower force is no smaller fault: what is
# called optional is then not done.
_SAID_FOR = {
    "obliges": {"obliges", "needs"},
    "needs": {"obliges", "needs"},
    "recommends": {"recommends", "needs"},
    "permits": {"permits"},
    "prohibits": {"prohibits", "negates"},
}
# 应当 and 要 are as often "should" as "shall", so across languages these are one; 必须 is always "must".
_ACROSS = {"needs": {"recommends"}, "recommends": {"obliges"}}
_ALWAYS_MUST = ("必须", "必須")
_SHOULD = ("should", "ought")
# Whose lack in the sentence changes what it says. "Firms report" for "firms shall report" does not.
_KEPT = {
    "permits": ("permits",),
    "recommends": ("recommends", "needs", "obliges"),
    "needs": ("needs", "recommends", "obliges"),
    "prohibits": ("prohibits", "negates", "except", "closes"),
}
# A sentence that reports what somebody wants done does not say that it is done.
_WANTED = re.compile(
    r"\bcall(?:s|ed|ing)? for\b|\burg(?:e|es|ed|ing)\b|\bemphasi[sz]\w*|\bstress\w*|\baim(?:s|"
    r"ed|ing)?\b|\bgoals?\b"
    r"|\bplan(?:s|ned)?\b|\bseek(?:s|ing)?\b|\bintend\w*|\bencourag\w+|\bpriorit\w+|"
    r"\brequest\w*|\bask(?:s|ed)? for\b"
    r"|强调|指出|提出|力争|旨在|目标|计划|呼吁|要求|鼓励|提倡|重点|拟",
    re.IGNORECASE,
)
SPOKEN_OF, SPOKEN_OF_ACROSS = 0.5, 0.33  # share of the governed words
_OF_ITS_CLAUSE = 0.35


def different_force(statement: Statement, dictionary: ChineseDictionary) -> str | None:
    """Refuses a force that the evidence does not have there, raised or lowered, and one that is left out."""
    said = [
        word for sentence in statement.evidence for word in words_of_force(sentence) if word.kind in _SAID_FOR
    ]
    own = [word for word in words_of_force(statement.text) if word.kind in _SAID_FOR]
    for word in own:
        if word.kind == "permits" and not said:
            continue  # "can" of what simply is, which lowers nothing that is asked of anybody
        if not any(_agrees(word, other, statement) for other in nearest(word, said, statement, dictionary)):
            return DIFFERS
    kinds = {word.kind for word in words_of_force(statement.text)}
    for word in said:
        kept = _KEPT.get(word.kind)
        if kept is None or not kinds.isdisjoint(kept) or not is_spoken_of(word, statement):
            continue
        if word.kind in ("recommends", "needs") and _WANTED.search(statement.text):
            continue
        return LEFT_OUT
    return None


def nearest(
    word: ForceWord, said: Sequence[ForceWord], statement: Statement, dictionary: ChineseDictionary
) -> list[ForceWord]:
    """Of the evidence's words those that govern most of what this word governs; all, when none shares any."""
    wanted = question_terms(word.scope, statement.cited_language, dictionary)
    shared = [
        sum(term.stands_in(held) for term in wanted) for held in (_governed(other.scope) for other in said)
    ]
    most = max(shared, default=0)
    return [other for other, count in zip(said, shared, strict=True) if count == most]


def is_spoken_of(word: ForceWord, statement: Statement) -> bool:
    """Whether the sentence speaks of what a word of the evidence governs."""
    least = SPOKEN_OF_ACROSS if statement.across else SPOKEN_OF
    if not content_terms(word.scope) or statement.speaks_of(word.scope) < least:
        return False
    return statement.across or statement.speaks_of(word.clause) >= _OF_ITS_CLAUSE


@lru_cache(maxsize=4096)
def words_of_force(text: str) -> tuple[ForceWord, ...]:
    """The force words of a text, remembered."""
    return tuple(force_words(text))


@lru_cache(maxsize=4096)
def _governed(scope: str) -> frozenset[str]:
    return frozenset(content_terms(scope))


def _agrees(word: ForceWord, other: ForceWord, statement: Statement) -> bool:
    if other.kind in _SAID_FOR[word.kind]:
        return True
    if not statement.across or word.word in _ALWAYS_MUST:
        return False
    if other.kind == "recommends" and not other.word.startswith((*_SHOULD, "应", "應")):
        return False  # what is encouraged is no duty
    said_so = _ACROSS.get(word.kind, set()) | (
        {"recommends"} if word.word.startswith(("应", "應")) else set()
    )
    return other.kind in said_so
