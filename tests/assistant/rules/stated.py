"""A statement with its evidence, as the checker makes one."""

from assistant.rules.statement import Statement, statement_of
from knowledge.dictionary import ChineseDictionary


def stated(text: str, *evidence: str, dictionary: ChineseDictionary, facts: str = "") -> Statement:
    """The sentence beside its evidence, best first, which is all that is cited."""
    return statement_of(text, evidence, evidence, facts, dictionary)
