"""Rule 3, for bounds: only, except, all and some, at least and at most, before and after, more and less."""

from assistant.claims.force import ForceWord
from assistant.quotes.contraries import speaks_of_the_contrary
from assistant.rules.obligation import is_spoken_of, words_of_force
from assistant.rules.statement import Statement
from knowledge.dictionary import ChineseDictionary
from knowledge.terms import terms

LIMIT = "a limit such as only, except or at least is not as in what is cited"
DIRECTION = "an opposite such as more and less or before and after is not as in what is cited"
OTHER_SIDE = "what is cited speaks of the other side, such as imports and not exports"
_BOUNDS = (("at_most", "at_least"), ("all", "some"))
_DIRECTIONS = (("before", "after"), ("more", "less"), ("opens", "closes"))
_NEVER_ADDED = ("only", "except")
_NEVER_LEFT_OUT = ("only", "except", "some")


def different_limit(statement: Statement, dictionary: ChineseDictionary) -> str | None:  # noqa: ARG001
    """Refuses a limit that was added, left out or turned round, and a direction that was turned round."""
    own = {word.kind for word in words_of_force(statement.text)}
    words = [word for sentence in statement.evidence for word in words_of_force(sentence)]
    said = {word.kind for word in words}
    if any(kind in own and kind not in said for kind in _NEVER_ADDED) or _is_turned(own, said, _BOUNDS):
        return LIMIT
    best = words_of_force(statement.evidence[0]) if statement.evidence else ()
    if any(_is_left_out(word, own, statement) for word in words if word.kind in _NEVER_LEFT_OUT) or (
        "except" in {word.kind for word in best} - own
    ):
        return LIMIT
    if _is_turned(own, {word.kind for word in best}, _DIRECTIONS):
        return DIRECTION
    if not statement.across and statement.evidence:
        spoken = frozenset(terms(statement.text))
        if all(speaks_of_the_contrary(spoken, frozenset(terms(one))) for one in statement.evidence[:1]):
            return OTHER_SIDE
    return None


def _is_left_out(word: ForceWord, own: set[str], statement: Statement) -> bool:
    if word.kind == "except" and own & {"except", "negates", "prohibits", "only"}:
        return False
    if word.kind == "only" and own & {"only", "except", "negates", "prohibits"}:
        return False
    return word.kind not in own and is_spoken_of(word, statement)


def _is_turned(own: set[str], said: set[str], pairs: tuple[tuple[str, str], ...]) -> bool:
    return any(
        one in own and other in said and other not in own and one not in said
        for pair in pairs
        for one, other in (pair, pair[::-1])
    )
