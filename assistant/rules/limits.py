"""Rule 3, for bounds: only, except, all and some, at least and at most, before and after, more and less."""

import re
from collections.abc import Iterator, Sequence

from assistant.claims.force import ForceWord
from assistant.claims.quantities import Quantity
from assistant.quotes.contraries import speaks_of_the_contrary
from assistant.rules.numbers import all_quantities
from assistant.rules.obligation import SPOKEN_OF, is_spoken_of, words_of_force
from assistant.rules.statement import Statement
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.terms import terms

LIMIT = "a limit such as only, except or at least is not as in what is cited"
DIRECTION = "an opposite such as more and less or before and after is not as in what is cited"
OTHER_SIDE = "what is cited speaks of the other side, such as imports and not exports"
_BOUNDS = frozenset({"at_most", "at_least"})
_AMOUNTS = (("all", "some"),)
_CLAUSE = re.compile("[,，;；。:：、]")
_BOTH = re.compile(r"《[^》]*》|进出口|进出境|\bimports? and exports?\b", re.IGNORECASE)
_NEAR = 40  # characters
_TOUCHED = 0.2  # share of a clause's words from which on the sentence speaks of it
_DIRECTIONS = (("before", "after"), ("more", "less"), ("opens", "closes"))
_WITHOUT_REST = (
    "all",
    "always",
    "entire",
    "entirely",
    "whole",
    "everyone",
    "所有",
    "全部",
    "一切",
    "一律",
    "全体",
    "始终",
)
_NEVER_ADDED = ("only", "except")
_NEVER_LEFT_OUT = ("only", "except")


def different_limit(statement: Statement, dictionary: ChineseDictionary) -> str | None:  # noqa: ARG001
    """Refuses a limit that was added, left out or turned round, and a direction that was turned round."""
    own = {word.kind for word in words_of_force(statement.text)}
    words = [word for sentence in statement.evidence for word in words_of_force(sentence)]
    said = {word.kind for word in words}
    if any(kind in own and kind not in said for kind in _NEVER_ADDED):
        return LIMIT
    if "all" not in said and any(word.word in _WITHOUT_REST for word in words_of_force(statement.text)):
        return LIMIT
    best = words_of_force(statement.evidence[0]) if statement.evidence else ()
    of_best = {word.kind for word in best}
    if _is_turned(words, statement, _AMOUNTS) or _has_a_turned_bound(statement):
        return LIMIT
    if any(_is_left_out(word, own, statement) for word in words if word.kind in _NEVER_LEFT_OUT):
        return LIMIT
    if any(
        word.kind == "only" and "only" not in own and statement.speaks_of(word.clause) > _TOUCHED
        for word in best
    ):
        return LIMIT
    if (
        any(_is_left_out(word, own, statement) for word in best if word.kind == "some")
        or "except" in of_best - own
    ):
        return LIMIT
    if _is_turned(words, statement, _DIRECTIONS):
        return DIRECTION
    if statement.evidence and speaks_of_the_contrary(_sides(statement.text), _sides(statement.evidence[0])):
        return OTHER_SIDE
    return None


def _sides(text: str) -> frozenset[str]:
    """The terms of a text without what names both sides at once."""
    return frozenset(terms(_BOTH.sub(" ", text)))


def _is_left_out(word: ForceWord, own: set[str], statement: Statement) -> bool:
    if word.kind == "except":
        # 除外 stands behind what it excepts, so that its clause says what that is.
        kept = own & {"except", "negates", "only"}
        return not kept and (is_spoken_of(word, statement) or statement.speaks_of(word.clause) >= SPOKEN_OF)
    if word.kind == "only" and own & {"only", "except", "negates", "prohibits"}:
        return False
    return word.kind not in own and is_spoken_of(word, statement)


def _is_turned(words: Sequence[ForceWord], statement: Statement, pairs: tuple[tuple[str, str], ...]) -> bool:
    """Whether the clause of the evidence that the sentence speaks of most has only its word's opposite."""
    own = {word.kind for word in words_of_force(statement.text)}
    for pair in pairs:
        if len(own & set(pair)) != 1:
            continue
        said = [(statement.speaks_of(word.clause), word.kind) for word in words if word.kind in pair]
        most = 0.0 if statement.across else max((share for share, _kind in said), default=0.0)
        if said and not own & {kind for share, kind in said if share >= most}:
            return True
    return False


def _has_a_turned_bound(statement: Statement) -> bool:
    """Whether the evidence bounds a quantity of the sentence only from the other end."""
    own = list(_bounded(statement.text))
    said = [one for sentence in statement.evidence for one in _bounded(sentence)]
    for quantity, kind in own:
        kinds = {other for one, other in said if quantity.stands_in([one])}
        if kinds and kind not in kinds:
            return True
    return False


def _bounded(text: str) -> Iterator[tuple[Quantity, str]]:
    """The quantities of a text that are bounded from one end; English bounds stand before what they bound."""
    for word in words_of_force(text) if language_of(text) == "en" else ():
        if word.kind in _BOUNDS:
            yield from ((quantity, word.kind) for quantity in all_quantities(word.scope[:_NEAR])[:1])
    for clause in _CLAUSE.split(text) if language_of(text) == "zh" else ():
        kinds = {word.kind for word in words_of_force(clause)} & _BOUNDS
        if len(kinds) == 1:
            yield from ((quantity, kind) for quantity in all_quantities(clause) for kind in kinds)
