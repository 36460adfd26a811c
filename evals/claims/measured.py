"""Labelled claims with all that the checker measures of them, ready to fit on and to score."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from assistant.claims.claim_alignment import Alignment, SourceSentence
from assistant.claims.claim_evidence import evidence_matrix
from assistant.claims.claim_features import (
    difference_matrix,
    measure,
    nearness,
    overlap_matrix,
    texts_compared,
)
from assistant.claims.claim_support import aligned_sentences
from evals.claims.labelled import LabelledClaim, Range
from evals.claims.noisy_and import Example
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder

_EMBEDDED_TOGETHER = 512  # texts


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidate sentences of one claim sentence, and which set of marked sentences each belongs to."""

    features: NDArray[np.float64]
    marked: tuple[frozenset[int], ...]  # of each candidate: numbers of the marked ranges it lies in


@dataclass(frozen=True, slots=True)
class MeasuredClaim:
    """A labelled claim with its features."""

    labelled: LabelledClaim
    example: Example
    candidates: tuple[Candidates, ...]  # empty where nobody marked evidence
    ranges: tuple[Range, ...] = ()  # the marked sentences, as Candidates number them

    @property
    def group(self) -> str:
        """Claims of one group are never divided between fitting and testing."""
        return self.labelled.group


def measured_claims(
    labelled: Sequence[LabelledClaim], embedder: Embedder, dictionary: ChineseDictionary, *, name: str
) -> list[MeasuredClaim]:
    """Every claim that has words, measured; its texts are embedded all together first, which is faster."""
    aligned = [(one, aligned_sentences(one.claim, one.sources, dictionary)) for one in labelled]
    texts = {text for _one, sentences in aligned for each in sentences for text in texts_compared(each)}
    ordered = sorted(texts, key=len)
    for first in tqdm(range(0, len(ordered), _EMBEDDED_TOGETHER), desc=f"embedding {name}", disable=None):
        embedder.embed_passages(ordered[first : first + _EMBEDDED_TOGETHER])
    return [_measured(one, sentences, embedder, dictionary) for one, sentences in aligned if sentences]


def _measured(
    labelled: LabelledClaim, aligned: Sequence[Alignment], embedder: Embedder, dictionary: ChineseDictionary
) -> MeasuredClaim:
    near = [nearness(one, embedder) if one.comparable else np.zeros(0) for one in aligned]
    found = [measure(one, cosines, embedder, dictionary) for one, cosines in zip(aligned, near, strict=True)]
    ranges = tuple(sorted({span for marked in labelled.evidence for span in marked}))
    candidates = [
        Candidates(
            evidence_matrix(one, cosines),
            tuple(frozenset(_touched(sentence, ranges)) for sentence in one.candidates),
        )
        for one, cosines in zip(aligned, near, strict=True)
        if ranges and one.comparable
    ]
    example = Example(overlap_matrix(found), difference_matrix(found), labelled.supported)
    return MeasuredClaim(labelled, example, tuple(candidates), ranges)


def _touched(sentence: SourceSentence, ranges: Sequence[Range]) -> list[int]:
    return [
        number for number, (start, end) in enumerate(ranges) if sentence.start < end and start < sentence.end
    ]
