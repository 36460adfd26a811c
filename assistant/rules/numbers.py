"""Rule 2, for quantities: every number, amount, share and date of a sentence stands where it points to."""

import re

from assistant.claims.quantities import Quantity, quantities
from assistant.rules.references import named_in
from assistant.rules.statement import Statement
from knowledge.dictionary import ChineseDictionary
from knowledge.terms import content_terms

MISSING = "a number or date does not stand in what is cited"
ELSEWHERE = "a number or date stands in what is cited, but is said of something else there"
_CLAUSE = re.compile(r"(?<!\d)[,，](?!\d)|[;；:：。、]|\s(?:and|but|while|or)\s|[和或及]")
_HALF = re.compile(r"\bhalf\b|一半|半数")
_MARGIN = 0.15  # share of a clause's words


def unknown_number(statement: Statement, dictionary: ChineseDictionary) -> str | None:  # noqa: ARG001
    """Refuses a quantity that neither the evidence nor the facts beside it hold.

    So is one that the evidence holds in another clause than that which speaks of the same thing.
    """
    wanted = all_quantities(statement.text)
    held = [one for text in (*statement.evidence, statement.facts) for one in all_quantities(text)]
    if any(not quantity.stands_in(held) for quantity in wanted):
        return MISSING
    return ELSEWHERE if any(_is_said_of_another(one, statement) for one in wanted) else None


def all_quantities(text: str) -> list[Quantity]:
    """The quantities of a text without its clause and document numbers; half is fifty per cent."""
    found = quantities(named_in(text)[1])
    return found + [Quantity("50", "share")] * bool(_HALF.search(text.lower()))


def _is_said_of_another(quantity: Quantity, statement: Statement) -> bool:
    """Whether a clause with another quantity of the same unit fits the sentence's own clause far better."""
    clauses = [one for sentence in statement.evidence for one in _CLAUSE.split(sentence)]
    own = [one for one in _CLAUSE.split(statement.text) if quantity.stands_in(all_quantities(one))]
    if statement.across or len(own) != 1:
        return False
    words = _words(own[0])
    here, other = 0.0, 0.0
    for clause in clauses:
        its = [one for one in all_quantities(clause) if one.unit == quantity.unit]
        fit = len(words & _words(clause)) / max(len(words), 1)
        if quantity.stands_in(its):
            here = max(here, fit)
        elif its:
            other = max(other, fit)
    return here > 0 and other > here + _MARGIN


def _words(clause: str) -> set[str]:
    return {term for term in content_terms(clause) if not any(map(str.isdigit, term))}
