"""A written sentence beside what it cites, as the hard rules read it."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.quotes.question_terms import question_terms
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.policy import Language
from knowledge.terms import content_terms

MARK = re.compile(r"\s*\[\d{1,3}\]")
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "「": '"', "」": '"', "『": '"', "』": '"', "’": "'", "‘": "'"}
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, the sentences that it rests on, all that it cites, and the facts shown beside that."""

    text: str  # without marks such as [1]
    language: Language
    evidence: tuple[str, ...]  # sentences of what is cited, best first
    cited: str  # everything that is cited
    cited_language: Language
    facts: str  # title, issuer, number, date and locator of the cited documents
    spoken: frozenset[str]  # terms that would show, in the cited language, what the sentence speaks of

    @property
    def across(self) -> bool:
        """Whether sentence and evidence are in two languages."""
        return self.language != self.cited_language

    def speaks_of(self, words: str) -> float:
        """The share (0..1) of the meaningful terms of words in the cited language that the sentence has.

        1 where the words have no such term, so that nothing can be missed.
        """
        wanted = set(content_terms(words))
        return len(wanted & self.spoken) / len(wanted) if wanted else 1.0


Rule = Callable[[Statement, ChineseDictionary], str | None]  # why it is refused, as a clause; None lets it by


def statement_of(
    text: str, evidence: Iterable[str], cited: Iterable[str], facts: str, dictionary: ChineseDictionary
) -> Statement:
    """The sentence as the rules read it."""
    plain, together = MARK.sub("", text).strip(), "\n".join(cited)
    language = language_of(together)
    wanted = question_terms(plain, language, dictionary)
    spoken = frozenset().union(*(one.terms for one in wanted), content_terms(plain))
    return Statement(plain, language_of(plain), tuple(evidence), together, language, facts, spoken)


def plainly(text: str) -> str:
    """The text as quotations and names are compared: NFKC, one kind of quotes, single blanks, lower case."""
    folded = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    return re.sub(r"\s+", " ", folded).strip().casefold()
