"""Whether two provisions that speak to one question say different things of it.

Compared are the quantities that the question does not hold, what must, may or must not be done, and, where
the question asks for one thing (who, where, which), whether the two name anything in common.
"""

import re

from assistant.claims.force import difference, marks
from assistant.claims.quantities import Quantity, quantities
from assistant.quotes.expected_answer import kinds_asked, without_kind_words
from assistant.quotes.question_terms import question_terms
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.terms import content_terms, terms

ON_THE_MATTER = 0.5  # of the question's words, for a sentence to speak to it
_ALIKE = 0.5  # of the words of the shorter sentence, for force to be comparable
# Questions with one answer: of two that share nothing, one is another answer.
_ASKS_FOR_ONE = re.compile(
    r"\b(?:who|whom|whose|where|when|how (?:many|much|long|old|often|soon|far|high|large)|which"
    r"|what (?:is|was|are|were)? ?(?:the|a|an)?\b)|谁|哪(?:个|一|位|里|年|天|日|家)|何时|何地|什么时候|多少|多久|多长|几",
    re.IGNORECASE,
)
_ASKS_FOR_MEANS = re.compile(
    r"\b(?:measures|ways|steps|how (?:should|can|to|do|does|is|are)|rules|policies|efforts)\b|措施|如何|怎样|哪些",
    re.IGNORECASE,
)
_SAYS_HOW = frozenset(content_terms(
    "called named known total certain said answered answer answers according also made become number period "
    "time year day first well famous popular located location provide contain hold name is was"
))  # fmt: skip


def speaks_to(question: str, text: str, dictionary: ChineseDictionary) -> float:
    """The share of the question's words that a text in either language holds."""
    wanted = question_terms(without_kind_words(question), language_of(text), dictionary)
    held = frozenset(terms(text))
    return sum(term.stands_in(held) for term in wanted) / len(wanted) if wanted else 0.0


def say_otherwise(question: str, first: str, second: str) -> bool:
    """Whether two sentences that both speak to the question say different things of it."""
    first_terms, second_terms = set(content_terms(first)), set(content_terms(second))
    shorter = min(len(first_terms), len(second_terms)) or 1
    alike = len(first_terms & second_terms) >= _ALIKE * shorter
    same_language = language_of(first) == language_of(second)
    known = quantities(question)
    asked_for_amount = bool(kinds_asked(question))
    if (alike or asked_for_amount) and _amounts_differ(quantities(first), quantities(second), known):
        return True
    if same_language and alike and _force_differs(first, second, first_terms, second_terms):
        return True
    asks_for_one = _ASKS_FOR_ONE.search(question) and not _ASKS_FOR_MEANS.search(question)
    return bool(same_language and asks_for_one) and _name_nothing_in_common(
        question, first_terms, second_terms
    )


def _amounts_differ(first: list[Quantity], second: list[Quantity], known: list[Quantity]) -> bool:
    left = [one for one in first if not one.stands_in(known)]
    right = [one for one in second if not one.stands_in(known)]
    if any(one.stands_in(right) for one in left) or any(one.stands_in(left) for one in right):
        return False
    return any(one.unit == other.unit for one in left for other in right)


def _force_differs(first: str, second: str, first_terms: set[str], second_terms: set[str]) -> bool:
    found = difference(marks(first), first_terms, marks(second), second_terms)
    return bool(found.negation or found.obligation or found.limit or found.direction)


def _name_nothing_in_common(question: str, first: set[str], second: set[str]) -> bool:
    asked = set(content_terms(question)) | _SAYS_HOW
    left, right = first - asked, second - asked
    return bool(left and right) and not left & right
