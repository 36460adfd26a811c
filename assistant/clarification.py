"""Whether a clause applies to the asker can depend on something that the asker has not said.

"Does this apply to us?" over "Enterprises in pilot zones may …" is asked back: are you in a pilot zone? Only
for questions about the asker, only where the clause that speaks to the question most makes a condition, and
only when nothing that the asker has said speaks of that condition.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.answer import Citation, Conversation, Sentence, Turn
from assistant.conditions import conditions
from assistant.quotes.question_terms import QuestionTerm, question_terms
from assistant.replies import asked_back, does_not_know, says_yes_or_no
from knowledge.dictionary import ChineseDictionary
from knowledge.paragraphs import Span
from knowledge.policy import Language
from knowledge.terms import content_terms

Clarify = Callable[[str, Conversation, Sequence[Sentence]], Citation | None]

_WE = r"(?:we|i|us|me|our (?:own )?\w+|my (?:own )?\w+)"
_ABOUT_ASKER = re.compile(
    rf"(?:^|[.?!,;:] |\b(?:and|but|so|if|whether) )(?:can|may|could|must|should|shall|do|does|did|are|am"
    rf"|is|was|were|will|would|have|has|might) (?:it |this |that |the \w+ )?{_WE}\b"
    rf"|\b(?:appl(?:y|ies|icable)|open|available|allowed|relevant|bind(?:ing)?|cover(?:s|ed)?|affect(?:s|ed)?|concerns?)"
    rf" (?:to |for |on )?{_WE}\b|\bwhether {_WE}\b"
    r"|(?:我们|我司|我(?:公司|厂|院|企业|单位|方|行)|本(?:公司|企业|单位)|咱们|我)[^，。？?]{0,16}?"
    r"(?:能否|能不能|可以|可否|是否|需要|需不需要|必须|应当|要不要|用不用|适用|有资格|符合|享受|能)"
    r"|(?:能否|是否|可否)?适用(?:于)?(?:我们|我司|我公司|本公司|本企业|我)|(?:对|包括|涵盖)(?:我们|我司|我公司|本公司|我)",
    re.IGNORECASE,
)
_ENOUGH = 0.34  # of the words of a condition, for the asker to have spoken of it


@dataclass(frozen=True, slots=True)
class Clarifying:
    """Finds the one thing to ask before a clause can be applied to the asker."""

    dictionary: ChineseDictionary

    def __call__(self, question: str, said: Conversation, sentences: Sequence[Sentence]) -> Citation | None:
        """The words of the clause that make the condition, None when there is nothing to ask.

        `question` is the standalone one, `said` the conversation with the question as it was asked. The
        citation's mark is that of the quote it is part of.
        """
        citations = [citation for sentence in sentences for citation in sentence.citations]
        if not citations or not is_about_asker(question):
            return None
        heard = f"{question} {_said_by_asker(said)}"
        clause = max(citations, key=lambda one: self._share(question, one.quote, one.document.language))
        for place in conditions(clause.quote):
            if not self.is_spoken_of(clause.quote, place, heard, clause.document.language):
                start = clause.start + place.start
                quote = clause.quote[place.start : place.end]
                return replace(clause, quote=quote, start=start, end=start + len(quote))
        return None

    def is_spoken_of(self, clause: str, condition: Span, heard: str, language: Language) -> bool:
        """Whether what was heard from the asker speaks of what is said in the condition alone."""
        main = set(content_terms(clause[: condition.start] + " " + clause[condition.end :]))
        own = [term for term in content_terms(clause[condition.start : condition.end]) if term not in main]
        if not own:
            return True
        asker = self._terms(heard, language)
        known = {word for word in own if any(term.stands_in({word}) for term in asker)}
        return len(known) >= _ENOUGH * len(set(own))

    def _share(self, question: str, text: str, language: Language) -> float:
        wanted, held = self._terms(question, language), frozenset(content_terms(text))
        return sum(term.stands_in(held) for term in wanted) / max(len(wanted), 1)

    def _terms(self, text: str, language: Language) -> list[QuestionTerm]:
        return question_terms(text, language, self.dictionary)


def is_about_asker(question: str) -> bool:
    """Whether it asks what holds for the asker: "Can we …?", "Does this apply to us?", 我们能否……"""
    return _ABOUT_ASKER.search(question) is not None


def _said_by_asker(said: Conversation) -> str:
    """What the asker has said; a yes, a no or "I do not know" to a condition speaks of it."""
    heard: list[str] = []
    for before, turn in pairwise((Turn("assistant", ""), *said)):
        if turn.role == "user":
            heard.append(turn.text)
            asked = asked_back((before,))
            if asked is not None and (says_yes_or_no(turn.text) or does_not_know(turn.text)):
                heard.append(asked.quote)
    return " ".join(heard)
