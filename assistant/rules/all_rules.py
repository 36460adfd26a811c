"""The hard rules in the order in which they are asked; the first that refuses gives the reason."""

import re

from assistant.rules.actors import unknown_actor
from assistant.rules.conditions import dropped_condition
from assistant.rules.consequences import unknown_consequence
from assistant.rules.limits import different_limit
from assistant.rules.names import unknown_name
from assistant.rules.negation import different_negation
from assistant.rules.numbers import unknown_number
from assistant.rules.obligation import different_force
from assistant.rules.quotation_marks import forged_quotation
from assistant.rules.references import unknown_reference
from assistant.rules.statement import Rule, Statement
from knowledge.dictionary import ChineseDictionary

RULES: tuple[Rule, ...] = (
    forged_quotation, unknown_reference, unknown_number, unknown_name, unknown_actor,
    unknown_consequence, different_negation, different_force, different_limit, dropped_condition,
)  # fmt: skip

_OF_A_RULE = re.compile(
    r"\b(?:shall|must|(?:is|are) (?:required|prohibited|entitled|permitted)|appl(?:y|ies) to)\b"
    r"|应当|必须|可以|不得|禁止|适用|有权|须",
    re.IGNORECASE,
)


def refusal(statement: Statement, dictionary: ChineseDictionary) -> str | None:
    """Why a sentence may not be shown whatever its score is; None when no rule refuses it."""
    return next((reason for rule in RULES if (reason := rule(statement, dictionary))), None)


def states_a_rule(sentence: str) -> bool:
    """Whether a sentence says what must, may or must not be done, or to what something applies."""
    return bool(_OF_A_RULE.search(sentence))
