"""Rule 3, for "not": what is denied is denied in what is cited, and what is denied there is denied here."""

import re
from collections.abc import Sequence

from assistant.claims.force import ForceWord
from assistant.rules.obligation import is_spoken_of, nearest, words_of_force
from assistant.rules.statement import Statement, plainly
from knowledge.dictionary import ChineseDictionary
from knowledge.terms import content_terms

DENIED = "it denies what is not denied in what is cited"
NOT_DENIED = "it leaves out a not"
_CLAUSE = re.compile("[,;:.，；：。]")
_DENIES = ("negates", "prohibits")
_SAME = 0.3  # share of the denied words that the evidence denies too
_KEEPS = frozenset({"negates", "prohibits", "except", "closes"})  # words that may carry a denial
_KEEPS_TOO = frozenset({"only", "less"})  # these do where the evidence does not have them beside its denial


def different_negation(statement: Statement, dictionary: ChineseDictionary) -> str | None:
    """Refuses a denial that the evidence does not have there, and the lack of one that it has."""
    words = [word for sentence in statement.evidence for word in words_of_force(sentence)]
    said = [word for word in words if word.kind in _DENIES]
    own = words_of_force(statement.text)
    for word in own:
        if word.kind != "negates":
            continue
        spoken = frozenset(content_terms(word.scope))
        near = nearest(word, said, statement, dictionary)
        if not near or (spoken and not statement.across and not _shares(near, spoken)):
            return DENIED
    if said and not statement.across and _is_nearly_quoted(statement):
        here = sum(word.kind in _DENIES for word in own)
        if here != sum(word.kind in _DENIES for word in words_of_force(statement.evidence[0])):
            return DENIED if here else NOT_DENIED
    keeps = _KEEPS | (_KEEPS_TOO - {word.kind for word in words})
    if not keeps.isdisjoint(word.kind for word in own):
        return None
    left_out = any(is_spoken_of(word, statement) and _is_nearest_clause(word, statement) for word in said)
    return NOT_DENIED if left_out else None


def _shares(near: Sequence[ForceWord], spoken: frozenset[str]) -> bool:
    least = _SAME * len(spoken)
    return any(len(spoken.intersection(content_terms(other.scope))) >= least for other in near)


def _is_nearest_clause(word: ForceWord, statement: Statement) -> bool:
    """Whether no other clause of the evidence that speaks of what is denied shares more with the sentence."""
    denied = set(content_terms(word.scope))
    shared = [
        len(its & statement.spoken)
        for sentence in statement.evidence
        for its in (set(content_terms(clause)) for clause in _CLAUSE.split(sentence))
        if 2 * len(denied & its) >= len(denied)
    ]
    return len(set(content_terms(word.clause)) & statement.spoken) >= max(shared, default=0)


def _is_nearly_quoted(statement: Statement) -> bool:
    """Whether the best evidence is the sentence but for a few signs, so that a "not" alone may be missing."""
    one, other = plainly(statement.text), plainly(statement.evidence[0])
    return abs(len(one) - len(other)) <= 5 and statement.speaks_of(statement.evidence[0]) > 0.8
