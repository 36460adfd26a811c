"""What is measured of one sentence of a claim against the passages, as a few named numbers.

Two kinds: how much of the claim the passages say, and where what they say differs from it. The first are
weighed against each other; each difference takes away from what they come to (see `claim_weights`).
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.claims.claim_alignment import Alignment, sentence_terms
from assistant.claims.claim_names import names_of
from assistant.claims.force import Difference, Mark, difference, marks
from assistant.claims.quantities import Quantity, quantities
from assistant.claims.word_order import kept_in_order
from assistant.quotes.contraries import speaks_of_the_contrary
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.terms import content_terms, terms

_MANY_MISSING = 5  # terms
_FITS_AS_WELL = 0.1  # of words and cosine together, below the sentence that fits best
_READ = 4096  # texts whose marks and quantities are kept


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of a claim sentence the passages say; shares and cosines, 0 to 1."""

    meaning_of_evidence: float  # cosine of the claim with its evidence sentences together
    meaning_margin: float  # how far its highest cosine with a sentence lies above that with the others
    words_in_evidence: float  # share of the claim's words in those sentences, rare words counting more
    words_anywhere: float  # the same, in all the passages
    weakest_clause_words: float  # of the claim's clause that has fewest in the evidence
    weakest_clause_in_sentence: float  # the same within one sentence, whichever holds most of the clause
    in_order: float  # share of the claim's words found in the same order in one sentence
    words_missing: float  # how many words the evidence lacks, five and more being 1


@dataclass(frozen=True, slots=True)
class Differences:
    """Where a claim sentence differs from what the passages say; 0 or 1, but for one share."""

    numbers_missing: float  # share of the claim's quantities that no passage holds
    number_missing: float  # whether there is any such
    number_elsewhere: float  # whether the passages hold one, but not in the sentence that fits best
    name_missing: float  # whether the passages lack a name of the claim
    name_elsewhere: float  # whether they hold one, but not in the sentence that fits best
    negation: float  # see `force.Difference`
    obligation: float
    limit: float
    direction: float
    contrary_side: float  # whether the sentence that fits best speaks of the opposite party or direction


OVERLAP_NAMES = tuple(field.name for field in fields(Overlap))
DIFFERENCE_NAMES = tuple(field.name for field in fields(Differences))


@dataclass(frozen=True, slots=True)
class ClaimFeatures:
    """All that is measured of one claim sentence."""

    overlap: Overlap
    differences: Differences


NOTHING = ClaimFeatures(
    Overlap(**dict.fromkeys(OVERLAP_NAMES, 0.0)), Differences(**dict.fromkeys(DIFFERENCE_NAMES, 0.0))
)


def texts_compared(alignment: Alignment) -> list[str]:
    """Every text whose vector `measure` needs, so that those of many claims can be embedded at once."""
    found = [alignment.claim, _joined(alignment), *(sentence.text for sentence in alignment.candidates)]
    return list(dict.fromkeys(text for text in found if text))


def nearness(alignment: Alignment, embedder: Embedder) -> NDArray[np.float64]:
    """Cosine of the claim with each candidate, shape (candidates,)."""
    vectors = embedder.embed_passages(
        [alignment.claim, *(sentence.text for sentence in alignment.candidates)]
    ).astype(float)
    found: NDArray[np.float64] = vectors[1:] @ vectors[0]
    return found


def measure(
    alignment: Alignment, near: NDArray[np.float64], embedder: Embedder, dictionary: ChineseDictionary
) -> ClaimFeatures:
    """The features of an aligned claim sentence; `near` is what `nearness` says of its candidates.

    NOTHING where the passages hold no sentence or the claim no word that carries meaning.
    """
    if not alignment.comparable:
        return NOTHING
    best = alignment.candidates[int((alignment.coverage + near).argmax())].text
    return ClaimFeatures(_overlap(alignment, near, embedder), _differences(alignment, near, best, dictionary))


def _overlap(alignment: Alignment, near: NDArray[np.float64], embedder: Embedder) -> Overlap:
    claim, joined = embedder.embed_passages([alignment.claim, _joined(alignment)])
    weight = alignment.weight
    together = alignment.covered[list(alignment.chosen)].any(axis=0)
    shares = [(inside, weight[inside].sum()) for _text, inside in alignment.clauses]
    if alignment.language == alignment.sources_language:
        evidence = sorted({*alignment.chosen, int(near.argmax())})
        claim_words = terms(alignment.claim)
        in_order = max(kept_in_order(claim_words, terms(alignment.candidates[i].text)) for i in evidence)
    else:  # the words of two languages have no order in common; the share of words stands in for it
        in_order = float(alignment.coverage.max())
    return Overlap(
        float(claim @ joined),
        float(near.max() - near.mean()),
        float(weight[together].sum()),
        float(weight[alignment.everywhere].sum()),
        min(float(weight[inside & together].sum() / whole) for inside, whole in shares),
        min(float((alignment.covered[:, inside] @ weight[inside]).max() / whole) for inside, whole in shares),
        in_order,
        min(int((~together).sum()), _MANY_MISSING) / _MANY_MISSING,
    )


def _joined(alignment: Alignment) -> str:
    return " ".join(alignment.candidates[i].text for i in sorted(alignment.chosen))


def _differences(
    alignment: Alignment, near: NDArray[np.float64], best: str, dictionary: ChineseDictionary
) -> Differences:
    numbers = _quantities(alignment.claim)
    not_here = [quantity for quantity in numbers if not quantity.stands_in(_quantities(best))]
    missing = len(_missing_everywhere(not_here, alignment))
    # Across languages a name is spelt otherwise, so nothing can be said of it.
    same = alignment.language == alignment.sources_language
    names = names_of(alignment.claim, dictionary) if same else []
    held = sentence_terms(best)
    force = _least_difference(alignment, near)
    unknown = sum(not name <= alignment.source_terms for name in names)
    return Differences(
        missing / max(len(numbers), 1),
        float(missing > 0),
        float(len(not_here) > missing),
        float(unknown > 0),
        float(sum(not name <= held for name in names) > unknown),
        force.negation,
        force.obligation,
        force.limit,
        force.direction,
        float(speaks_of_the_contrary(frozenset(terms(alignment.claim)), held)),
    )


def _missing_everywhere(numbers: list[Quantity], alignment: Alignment) -> list[Quantity]:
    """Those that no source holds; the candidates are read first, since whole sources may be long."""
    for sentence in alignment.candidates:
        numbers = [quantity for quantity in numbers if not quantity.stands_in(_quantities(sentence.text))]
    for source in dict.fromkeys(sentence.source for sentence in alignment.candidates) if numbers else ():
        numbers = [quantity for quantity in numbers if not quantity.stands_in(_quantities(source.text))]
    return numbers


def _least_difference(alignment: Alignment, near: NDArray[np.float64]) -> Difference:
    """Of the two sentences that fit best, if one fits as well as the other: that whose force fits better."""
    fit = alignment.coverage + near
    best = np.argsort(-fit, kind="stable")[:2]
    best = best[fit[best] >= fit.max() - _FITS_AS_WELL]
    claim, claim_terms = _marks(alignment.claim), frozenset(content_terms(alignment.claim))
    differences = [
        difference(claim, claim_terms, _marks(text), frozenset(content_terms(text)))
        for text in (alignment.candidates[i].text for i in best)
    ]
    return min(differences, key=lambda one: sum(astuple(one)))


@lru_cache(maxsize=_READ)
def _quantities(text: str) -> tuple[Quantity, ...]:
    return tuple(quantities(text))


@lru_cache(maxsize=_READ)
def _marks(text: str) -> tuple[Mark, ...]:
    return tuple(marks(text))


def overlap_matrix(found: Iterable[ClaimFeatures]) -> NDArray[np.float64]:
    """The overlaps, shape (n, len(OVERLAP_NAMES)), in the order of OVERLAP_NAMES."""
    return np.array([astuple(one.overlap) for one in found], dtype=float).reshape(-1, len(OVERLAP_NAMES))


def difference_matrix(found: Iterable[ClaimFeatures]) -> NDArray[np.float64]:
    """The differences, shape (n, len(DIFFERENCE_NAMES)), in the order of DIFFERENCE_NAMES."""
    return np.array([astuple(one.differences) for one in found], dtype=float).reshape(
        -1, len(DIFFERENCE_NAMES)
    )
