"""Which sentences of some passages speak of a claim, by words: the candidates for its evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.quotes.question_terms import QuestionTerm, question_terms
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.policy import Language
from knowledge.sentences import split_sentences
from knowledge.terms import content_terms, terms

CANDIDATES = 24  # sentences whose meaning is compared; of more, those that share most words
EVIDENCE_SENTENCES = 3  # a claim is taken to rest on no more
_LEAST_GAIN = 0.08  # of the claim's words that one more sentence must add
_LEAST_CLAUSE = 2  # terms
# As if so many other sentences had been read in which a word is rarely met, so that in a short text, too,
# a missing word counts little more than one that stands there.
_UNREAD, _UNREAD_HOLDING = 30.0, 0.6
_CLAUSE = re.compile(r"[,;:，；：、]|\s(?:and|but|while|which|who)\s|并且|而且|并|以及")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text that a claim is checked against; `id` comes back with the evidence."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """One sentence of a source at its place: character offsets into the source's text, end exclusive."""

    source: SourceText
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence's own words."""
        return self.source.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Alignment:
    """A claim sentence beside the sentences of the sources that share most words with it."""

    claim: str
    language: Language
    sources_language: Language
    candidates: tuple[SourceSentence, ...]
    covered: NDArray[np.bool_]  # (candidates, terms of the claim)
    everywhere: NDArray[np.bool_]  # (terms of the claim,): whether any sentence has it
    weight: NDArray[np.float64]  # (terms of the claim,): rare ones weigh more; sums to 1
    clauses: tuple[tuple[str, NDArray[np.bool_]], ...]  # text and which of the claim's terms are in it
    chosen: tuple[int, ...]  # candidates that together hold the claim's words, most first
    source_terms: frozenset[str]

    @property
    def comparable(self) -> bool:
        """Whether there is a sentence to compare with, and a word that carries meaning to compare."""
        return bool(self.candidates) and bool(len(self.weight))

    @property
    def coverage(self) -> NDArray[np.float64]:
        """The weighted share of the claim's words in each candidate, shape (candidates,)."""
        shares: NDArray[np.float64] = self.covered @ self.weight
        return shares


def align(claim: str, sources: Sequence[SourceText], dictionary: ChineseDictionary) -> Alignment:
    """One sentence of a claim beside the sources; there may be no source, and texts may be empty."""
    sentences = [SourceSentence(source, *span) for source in sources for span in sentence_spans(source.text)]
    held = [sentence_terms(sentence.text) for sentence in sentences]
    sources_language = language_of(" ".join(sentence.text for sentence in sentences[:50]))
    wanted = question_terms(claim, sources_language, dictionary)
    matrix = np.array([[term.stands_in(one) for term in wanted] for one in held], dtype=bool)
    matrix = matrix.reshape(len(sentences), len(wanted))
    weight = _rarity(matrix)
    shares = matrix @ weight
    best = np.sort(np.argsort(-shares, kind="stable")[:CANDIDATES])
    covered = matrix[best]
    return Alignment(
        claim=claim,
        language=language_of(claim),
        sources_language=sources_language,
        candidates=tuple(sentences[i] for i in best),
        covered=covered,
        everywhere=np.asarray(matrix.any(axis=0)),
        weight=weight,
        clauses=tuple(_clauses(claim, wanted, sources_language, dictionary)),
        chosen=_chosen(covered, weight),
        source_terms=frozenset().union(*held),
    )


@lru_cache(maxsize=256)
def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of a text stand that hold any word."""
    spans = split_sentences(text, language_of(text))
    return tuple((start, end) for start, end in spans if any(map(str.isalnum, text[start:end])))


@lru_cache(maxsize=20_000)
def sentence_terms(text: str) -> frozenset[str]:
    """The terms of a sentence, function words included, since a claim may use them as names."""
    return frozenset(terms(text)) | frozenset(content_terms(text))


def _rarity(matrix: NDArray[np.bool_]) -> NDArray[np.float64]:
    sentences, wanted = matrix.shape
    if not wanted:
        return np.zeros(0)
    weight = np.log((sentences + _UNREAD) / (matrix.sum(axis=0) + _UNREAD_HOLDING))
    share: NDArray[np.float64] = weight / weight.sum()
    return share


def _chosen(covered: NDArray[np.bool_], weight: NDArray[np.float64]) -> tuple[int, ...]:
    """Greedily the sentences that add most of the claim's words to those before."""
    chosen: list[int] = []
    missing = weight.copy()
    while len(covered) and len(chosen) < EVIDENCE_SENTENCES:
        gains = covered @ missing
        best = int(gains.argmax())
        if chosen and gains[best] < _LEAST_GAIN:
            break
        chosen.append(best)
        missing = missing * ~covered[best]
    return tuple(chosen)


def _clauses(
    claim: str, wanted: Sequence[QuestionTerm], language: Language, dictionary: ChineseDictionary
) -> list[tuple[str, NDArray[np.bool_]]]:
    clauses = []
    for text in _CLAUSE.split(claim):
        own = set(question_terms(text, language, dictionary))
        inside = np.array([term in own for term in wanted], dtype=bool)
        if inside.sum() >= _LEAST_CLAUSE:
            clauses.append((text.strip(), inside))
    return clauses or [(claim, np.ones(len(wanted), dtype=bool))]
