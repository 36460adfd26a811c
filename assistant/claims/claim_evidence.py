"""Which sentences of the passages a claim sentence rests on."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.claims.claim_alignment import Alignment, SourceSentence
from assistant.quotes.weights import LinearModel

MOST_SENTENCES = 5  # shown as evidence of one claim sentence
_MOST_BEST = 3
_BEHIND = 0.35  # of words and cosine together, below the sentence that fits best


@dataclass(frozen=True, slots=True)
class EvidenceFeatures:
    """What is measured of one candidate sentence beside the others; shares, cosines and their distances."""

    words: float  # share of the claim's words in it, rare words counting more
    words_behind: float  # how much less than the candidate that has most
    meaning: float  # its cosine with the claim
    meaning_behind: float  # how much less than the nearest candidate's
    words_added: float  # share of the claim's words that it adds to the candidates chosen before it
    own_words: float  # share of the claim's words that no other candidate has


EVIDENCE_FEATURE_NAMES = tuple(field.name for field in fields(EvidenceFeatures))


def evidence_matrix(alignment: Alignment, near: NDArray[np.float64]) -> NDArray[np.float64]:
    """The features of every candidate, shape (candidates, len(EVIDENCE_FEATURE_NAMES))."""
    if not alignment.comparable:
        return np.zeros((0, len(EVIDENCE_FEATURE_NAMES)))
    words = alignment.coverage
    added = np.zeros(len(words))
    missing = np.ones(len(alignment.weight), dtype=bool)
    for i in alignment.chosen:
        added[i] = alignment.weight[missing & alignment.covered[i]].sum()
        missing &= ~alignment.covered[i]
    alone = alignment.covered & (alignment.covered.sum(axis=0) == 1)
    return np.column_stack(
        [words, words.max() - words, near, near.max() - near, added, alone @ alignment.weight]
    )


def evidence_sentences(
    alignment: Alignment, near: NDArray[np.float64], model: LinearModel, least: float
) -> tuple[SourceSentence, ...]:
    """The sentences from `least` log-odds on, at least the best and at most MOST_SENTENCES, as they stand.

    Empty where nothing can be compared.
    """
    if not alignment.comparable:
        return ()
    log_odds = model.log_odds(evidence_matrix(alignment, near))
    best = np.argsort(-log_odds, kind="stable")[:MOST_SENTENCES]
    kept = sorted({int(best[0]), *(int(i) for i in best if log_odds[i] >= least)})
    return tuple(alignment.candidates[i] for i in kept)


def sentences_that_say_most(alignment: Alignment, near: NDArray[np.float64]) -> list[str]:
    """What the hard rules compare with: the candidates nearest by words and meaning, best first.

    After them stand those that add words which these lack. `alignment` is comparable.
    """
    fit = alignment.coverage + near
    best = np.argsort(-fit, kind="stable")[:_MOST_BEST]
    kept = [int(i) for i in best if fit[i] >= fit.max() - _BEHIND]
    kept += [i for i in alignment.chosen if i not in kept]
    return [alignment.candidates[i].text for i in kept]
