"""Whether two provisions that speak to one question say different things of it.

Compared are the quantities that the question does not hold, what must, may or must not be done, and, where
the question asks for one thing (who, where, which), whether the two name anything in common.
"""

import re

from assistant.claims.force import difference, marks
from assistant.claims.quantities import quantities
from assistant.quotes.expected_answer import NUMBER, kinds_asked, without_kind_words
from assistant.quotes.question_terms import QuestionTerm, question_terms
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.policy import Language
from knowledge.terms import content_terms, term_set

ON_THE_MATTER = 0.5  # of the question's words, for a sentence to speak to it
_ALIKE = 0.5  # of the words of the shorter sentence, for force to be comparable
# Questions with one answer: of two that share nothing, one is another answer.
_ASKS_FOR_ONE = re.compile(
    r"\b(?:who|whom|whose|where|when|how (?:many|much|long|old|often|soon|far|high|large)|which"
    r"|(?:the|a|an) (?:most|least|first|last|largest|smallest|highest|lowest"
    r"|name|title|synonym|term|general term)"
    r"|what (?:is|was|are|were)? ?(?:the|a|an)?\b)"
    r"|谁|哪(?:个|一|位|里|年|天|日|家)|何时|何地|什么时候|多少|多久|多长|几",
    re.IGNORECASE,
)
_ASKS_FOR_MEANS = re.compile(
    r"\b(?:measures|ways|steps|how (?:should|can|to|do|does|is|are)|rules|policies|efforts)\b"
    r"|措施|如何|怎样|哪些",
    re.IGNORECASE,
)
# Words that say how a thing is answered or with what force, not which thing it is.
_SAYS_HOW = frozenset(content_terms(
    "called named known total certain said answered answer answers according also made become number period "
    "time year day first well famous popular located location provide contain hold name is was "
    "must shall may should can might will ought required long often"
))  # fmt: skip
_BINDS_WORDS_ZH = frozenset("由的是为在了和与或应当须其对并将于")
# What a sentence names only to deny it: "two, not three", "rather than the ministry", 而非三年.
_DENIED = re.compile(
    r"(?:,|;|\bbut|\band|\() ?not (?:the |an? )?[\w'’.-]+(?: [\w'’.-]+)?"
    r"|\b(?:rather than|instead of) (?:the |an? )?[\w'’.-]+(?: [\w'’.-]+){0,2}"
    r"|(?:而非|而不是|并非)[^，。；]{1,12}",
    re.IGNORECASE,
)
_FORCES = frozenset({"obliges", "recommends", "permits", "prohibits"})


class Matter:
    """What a question is about: the words that say which thing it asks for."""

    def __init__(self, question: str, dictionary: ChineseDictionary) -> None:
        self._asked = without_kind_words(question)
        self._dictionary = dictionary
        self._wanted: dict[Language, list[QuestionTerm]] = {}

    def share_in(self, text: str) -> float:
        """The share of the words that a text in either language holds."""
        wanted = self._in(language_of(text))
        held = term_set(text)
        return sum(term.stands_in(held) for term in wanted) / len(wanted) if wanted else 0.0

    def _in(self, language: Language) -> list[QuestionTerm]:
        if language not in self._wanted:
            found = question_terms(self._asked, language, self._dictionary)
            self._wanted[language] = [term for term in found if term.word not in _SAYS_HOW]
        return self._wanted[language]


def say_otherwise(question: str, first: str, second: str) -> bool:
    """Whether two sentences that both speak to the question say different things of it."""
    first, second = (_DENIED.sub(" ", text) for text in (first, second))
    first_terms, second_terms = set(content_terms(first)), set(content_terms(second))
    shorter = min(len(first_terms), len(second_terms)) or 1
    alike = len(first_terms & second_terms) >= _ALIKE * shorter
    same_language = language_of(first) == language_of(second)
    known = quantities(question)
    left, right = ([one for one in quantities(text) if not one.stands_in(known)] for text in (first, second))
    same_amount = any(one.stands_in(right) for one in left) or any(one.stands_in(left) for one in right)
    other_amount = not same_amount and any(one.unit == other.unit for one in left for other in right)
    kinds = kinds_asked(question)
    if other_amount and (alike or kinds):
        return True
    if same_language and alike and _force_differs(first, second, first_terms, second_terms):
        return True
    asks_for_one = _ASKS_FOR_ONE.search(question) and not _ASKS_FOR_MEANS.search(question)
    counted = [kind for kind in kinds if kind.name == NUMBER]
    answering = all(kind.held_by(text, question) for kind in counted for text in (first, second))
    if same_amount or not same_language or not asks_for_one or not answering:
        return False
    return _name_nothing_in_common(question, first_terms, second_terms)


def _force_differs(first: str, second: str, first_terms: set[str], second_terms: set[str]) -> bool:
    of_first, of_second = marks(first), marks(second)
    found = difference(of_first, first_terms, of_second, second_terms)
    # "Contracts are kept" obliges as "Firms shall keep contracts" does: only two words of force can differ.
    forced = all({mark.kind for mark in some} & _FORCES for some in (of_first, of_second))
    return bool(found.negation or (found.obligation and forced) or found.limit or found.direction)


def _name_nothing_in_common(question: str, first: set[str], second: set[str]) -> bool:
    asked = set(content_terms(question)) | _SAYS_HOW
    left, right = (
        {one for one in some - asked if not _BINDS_WORDS_ZH & set(one)} for some in (first, second)
    )
    return bool(left and right) and not left & right
