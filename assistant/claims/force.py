"""What a sentence does with its words: denies, obliges, permits, limits; and where two differ in that."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.terms import content_terms

_SCOPE = 70  # characters after the word (English); Chinese says as much in a third of them
_SCOPE_TERMS = 3
_LONGEST = 4000  # characters of a sentence that are looked at
_CLAUSE_END = re.compile(r"[.,;:!?，。；：！？、)）]|\bbut\b|\bbecause\b|但")
_FORCE = ("obliges", "recommends", "permits", "prohibits")
_OPPOSED = (
    ("at_most", "at_least"),
    ("before", "after"),
    ("more", "less"),
    ("opens", "closes"),
    ("all", "some"),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One force word: its kind, and the first few terms that it governs."""

    kind: str
    governed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a claim's force differs from its evidence's, each 0 or 1, for a few kinds of words."""

    negation: float  # one of them denies what the other asserts
    obligation: float  # must against may, and the like
    limit: float  # "only", "except", "all", "at least" … in one alone, or the opposite in the other
    direction: float  # before and after, more and less


@dataclass(frozen=True, slots=True)
class ForceWord:
    """One force word of a text as it stands there, lower case, the words that it governs, and its clause."""

    kind: str
    word: str
    scope: str
    clause: str  # from the sign before the word to the end of the scope


def force_words(text: str) -> list[ForceWord]:
    """Every force word of the text, in order of its kind."""
    rest = text = unicodedata.normalize("NFKC", text[:_LONGEST]).replace("’", "'").lower()
    found: list[ForceWord] = []
    for kind, pattern in _patterns():
        if kind != "nothing":
            found.extend(
                ForceWord(kind, match.group(), _scope(text, match.end()), _clause(text, match))
                for match in pattern.finditer(rest)
            )
        rest = pattern.sub(lambda match: "\x00" * len(match.group()), rest)
    return found


def marks(text: str) -> list[Mark]:
    """Every force word of the text with the first terms that it governs, in order of its kind."""
    return [
        Mark(word.kind, frozenset(content_terms(word.scope)[:_SCOPE_TERMS])) for word in force_words(text)
    ]


def difference(
    claim: Iterable[Mark], claim_terms: AbstractSet[str], said: Iterable[Mark], said_terms: AbstractSet[str]
) -> Difference:
    """Where the force of a claim and that of what is said differ; terms are those of the whole sentences.

    A word of force counts where the other sentence speaks of what it governs. Between texts that share no
    term (two languages) only the kinds of words can be compared.
    """
    claim, said = list(claim), list(said)
    shared = claim_terms & said_terms
    if not shared:
        return _difference_of_kinds(claim, said)
    claim_kinds, said_kinds = _kinds(claim), _kinds(said)
    limits = _one_sided(claim_kinds, said_kinds, ("only", "except")) or _opposed(
        claim_kinds, said_kinds, (0, 4)
    )
    return Difference(
        negation=float(_denied_otherwise(claim, said, shared) or _denied_otherwise(said, claim, shared)),
        obligation=float(_obliged_otherwise(claim, said, shared)),
        limit=float(limits),
        direction=float(_opposed(claim_kinds, said_kinds, (1, 2, 3))),
    )


def _difference_of_kinds(claim: list[Mark], said: list[Mark]) -> Difference:
    claim_kinds, said_kinds = _kinds(claim), _kinds(said)
    denies = {"negates", "prohibits"}
    claim_force, said_force = _force(claim_kinds), _force(said_kinds)
    return Difference(
        negation=float(bool(claim_kinds & denies) != bool(said_kinds & denies)),
        obligation=float(bool(claim_force and said_force and not claim_force & said_force)),
        limit=float(_one_sided(claim_kinds, said_kinds, ("only", "except"))),
        direction=float(_opposed(claim_kinds, said_kinds, (1, 2, 3))),
    )


def _kinds(found: Iterable[Mark]) -> set[str]:
    return {mark.kind for mark in found}


def _denied_otherwise(one: Iterable[Mark], other: Iterable[Mark], shared: AbstractSet[str]) -> bool:
    """Whether `one` denies something that the other says without denying it."""
    denied = frozenset().union(*(mark.governed for mark in other if mark.kind in ("negates", "prohibits")))
    for mark in one:
        if mark.kind in ("negates", "prohibits"):
            spoken_of = mark.governed & shared
            if spoken_of and not spoken_of & denied:
                return True
    return False


def _obliged_otherwise(claim: list[Mark], said: list[Mark], shared: AbstractSet[str]) -> bool:
    for mark in claim:
        if mark.kind not in _FORCE or not mark.governed & shared:
            continue
        kinds = {other.kind for other in said if other.kind in _FORCE and other.governed & mark.governed}
        if kinds and mark.kind not in kinds and not kinds <= {"prohibits"}:
            return True
        if not kinds and mark.kind in ("obliges", "prohibits") and not _kinds(said) & {mark.kind}:
            return True
    return False


def _one_sided(claim: set[str], said: set[str], kinds: Iterable[str]) -> bool:
    return any((kind in claim) != (kind in said) for kind in kinds)


def _opposed(claim: set[str], said: set[str], which: Iterable[int]) -> bool:
    pairs = [pair for number in which for pair in (_OPPOSED[number], _OPPOSED[number][::-1])]
    return any(
        one in claim and other in said and other not in claim and one not in said for one, other in pairs
    )


def _scope(text: str, start: int) -> str:
    end = _CLAUSE_END.search(text, start, start + _SCOPE)
    return text[start : end.start() if end else start + _SCOPE]


def _clause(text: str, match: re.Match[str]) -> str:
    begins = max(text.rfind(sign, 0, match.start()) for sign in ",;:.，；：。") + 1
    return text[begins : match.end()] + _scope(text, match.end())


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    stored = tomllib.loads(files("assistant.claims").joinpath("force_words.toml").read_text("utf-8"))
    return [(kind, re.compile("|".join(_written(words)))) for kind, words in stored.items()]


def _written(words: dict[str, list[str]]) -> Iterator[str]:
    yield rf"\b(?:{'|'.join(words['en'])})(?!\w)"
    yield from words["zh"]


def _force(kinds: AbstractSet[str]) -> set[str]:
    # 应当 is as often "should" as "shall", so across languages the two are one.
    return {"obliges" if kind == "recommends" else kind for kind in kinds & set(_FORCE)}
