"""Whether passages support a claim: a calibrated score, a reason and the sentences it rests on.

No language model takes part: a claim sentence is supported when the passages say what it says and nothing in
it differs from them. It is not proof: a claim stitched together from words of the passages may pass. How well
it agrees with people stands in claim_weights.json.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from assistant.claims.claim_alignment import Alignment, SourceSentence, SourceText, align, sentence_spans
from assistant.claims.claim_evidence import evidence_sentences, sentences_that_say_most
from assistant.claims.claim_features import (
    DIFFERENCE_NAMES,
    ClaimFeatures,
    difference_matrix,
    measure,
    nearness,
    overlap_matrix,
    texts_compared,
)
from assistant.claims.claim_weights import ClaimWeights
from assistant.rules.all_rules import refusal, states_a_rule
from assistant.rules.statement import statement_of
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder

__all__ = ["ClaimChecker", "ClaimSupport", "Reason", "SentenceSupport", "SourceText"]

_LITTLE = 0.3  # share of a claim's words


class Reason(StrEnum):
    """Why a claim sentence is taken for supported or not."""

    SUPPORTED = "supported"
    NOTHING_TO_COMPARE = "there is nothing in the passages or in the claim to compare"
    NUMBER_MISSING = "a number or date is not in the passages"
    NUMBER_ELSEWHERE = "a number or date stands elsewhere in the passages"
    NAME_MISSING = "a name is not in the passages"
    NAME_ELSEWHERE = "a name stands elsewhere in the passages"
    NEGATION = "negation differs"
    OBLIGATION = "what must, may or must not be done differs"
    LIMIT = "a limit such as only, except or at least differs"
    DIRECTION = "an opposite such as more and less or before and after differs"
    CONTRARY_SIDE = "the passages speak of the other side, such as imports and not exports"
    LITTLE_SAID = "little of it stands in the passages"
    NOT_TOGETHER = "its words stand in the passages, but not put together so"


_REASONS = {
    "numbers_missing": Reason.NUMBER_MISSING,
    "number_missing": Reason.NUMBER_MISSING,
    "number_elsewhere": Reason.NUMBER_ELSEWHERE,
    "name_missing": Reason.NAME_MISSING,
    "name_elsewhere": Reason.NAME_ELSEWHERE,
    "negation": Reason.NEGATION,
    "obligation": Reason.OBLIGATION,
    "limit": Reason.LIMIT,
    "direction": Reason.DIRECTION,
    "contrary_side": Reason.CONTRARY_SIDE,
}


@dataclass(frozen=True, slots=True)
class SentenceSupport:
    """One sentence of a claim with the checker's judgement; `start` and `end` are offsets into the claim."""

    text: str
    start: int
    end: int
    score: float  # probability, 0..1, that the passages support it
    supported: bool
    reason: str  # a Reason, or why a hard rule refuses it
    evidence: tuple[SourceSentence, ...]


@dataclass(frozen=True, slots=True)
class ClaimSupport:
    """A claim with the judgement of each sentence; it is as strong as its weakest one."""

    claim: str
    sentences: tuple[SentenceSupport, ...]

    @property
    def score(self) -> float:
        """Probability, 0..1, that the passages support the whole claim; 0 for a claim without words."""
        return min((sentence.score for sentence in self.sentences), default=0.0)

    @property
    def supported(self) -> bool:
        """Whether every sentence is supported, and there is one."""
        return bool(self.sentences) and all(sentence.supported for sentence in self.sentences)


class ClaimChecker:
    """Checks claims, in English or Chinese, against passages in either; safe to share between threads."""

    def __init__(self, embedder: Embedder, dictionary: ChineseDictionary, weights: ClaimWeights) -> None:
        self._embedder, self._dictionary, self._weights = embedder, dictionary, weights

    def check(self, claim: str, sources: Sequence[SourceText]) -> ClaimSupport:
        """The judgement of every sentence of the claim, in order."""
        return ClaimSupport(
            claim,
            tuple(
                self._by_rules(self.judged(span, aligned), aligned, sources)
                for span, aligned in zip(
                    sentence_spans(claim), aligned_sentences(claim, sources, self._dictionary), strict=True
                )
            ),
        )

    def texts_compared(self, claim: str, sources: Sequence[SourceText]) -> list[str]:
        """The texts that `check` embeds, to be embedded ahead where many claims are checked."""
        aligned = aligned_sentences(claim, sources, self._dictionary)
        return [text for one in aligned for text in texts_compared(one)]

    def _by_rules(
        self, support: SentenceSupport, aligned: Alignment, sources: Sequence[SourceText]
    ) -> SentenceSupport:
        """The judgement after the hard rules, where what it rests on says what must or may be done.

        In a tale or a report "if" and "in" restrict nothing that anybody relies on, and people take claims
        that leave them out for supported.
        """
        if not support.supported:
            return support
        evidence = sentences_that_say_most(aligned, nearness(aligned, self._embedder))
        if not states_a_rule(evidence[0]):
            return support
        cited = [source.text for source in sources]
        statement = statement_of(aligned.claim, evidence, cited, "", self._dictionary)
        refused = refusal(statement, self._dictionary)
        if refused is None:
            return support
        # Refused ones stay in the order of their scores, all below the threshold.
        return replace(
            support, score=support.score * self._weights.supported_from, supported=False, reason=refused
        )

    def judged(self, span: tuple[int, int], aligned: Alignment) -> SentenceSupport:
        """The judgement of one aligned sentence that stands at `span` of its claim."""
        if not aligned.comparable:
            return SentenceSupport(aligned.claim, *span, 0.0, False, Reason.NOTHING_TO_COMPARE, ())
        weights = self._weights
        near = nearness(aligned, self._embedder)
        features = measure(aligned, near, self._embedder, self._dictionary)
        score = float(
            weights.support.probability(overlap_matrix([features]), difference_matrix([features]))[0]
        )
        supported = score >= weights.supported_from
        return SentenceSupport(
            aligned.claim,
            *span,
            score,
            supported,
            Reason.SUPPORTED if supported else self._why_not(features),
            evidence_sentences(aligned, near, weights.evidence, weights.evidence_from),
        )

    def _why_not(self, features: ClaimFeatures) -> Reason:
        """The difference that takes most, unless too little is said for any difference to matter."""
        if features.overlap.words_anywhere < _LITTLE:
            return Reason.LITTLE_SAID
        taken = difference_matrix([features])[0] * self._weights.support.takes
        if taken.max() > 0:
            return _REASONS[DIFFERENCE_NAMES[int(np.argmax(taken))]]
        return Reason.NOT_TOGETHER


def aligned_sentences(
    claim: str, sources: Sequence[SourceText], dictionary: ChineseDictionary
) -> list[Alignment]:
    """Every sentence of a claim beside the passages, in order; none for a claim without words."""
    return [align(claim[start:end], sources, dictionary) for start, end in sentence_spans(claim)]
