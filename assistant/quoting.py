"""No language model: pick the sentences that answer, word for word, and decline when none does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Citation, Draft, Sentence, Verdict
from assistant.quotes.evidence import Candidate, as_matrix, candidates
from assistant.quotes.second_look import answer_features, beside_features, second_look
from assistant.quotes.weights import ANSWER_FROM, DOUBT_FROM, EvidenceWeights
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.policy import RetrievedPassage
from knowledge.reader import Reader

# A sentence that begins like this cannot be understood without the one before it.
_LEANS_BACK = re.compile(
    r"(?:It|They|These|Those|This|That|Such|Its|Their|He|She|The (?:above|foregoing|latter|former|same))\b"
    r"|(?:该|此|其|这|上述|前述|前款|以上)"
)
# "It is necessary to …", "It was said that …", "This Act applies …": nothing before is meant.
_STANDS_ALONE = re.compile(
    r"It (?:is|was|has been|will be|should be|must be) [\w ]{0,40}?\b(?:that|to|whether)\b"
    r"|(?:This|These|Such) (?:Act|Law|Regulations?|Measures|Articles?|Agreement|Chapter|Section|Part)\b"
    r"|(?:本|该|此)(?:法|条例|规定|办法|细则|协定)"
)


@dataclass(frozen=True, slots=True)
class Quoting:
    """A writer that answers in the documents' own words."""

    embedder: Embedder
    reader: Reader
    dictionary: ChineseDictionary
    weights: EvidenceWeights
    most_quotes: int

    def __call__(self, question: str, retrieved: list[RetrievedPassage]) -> Draft:
        """The sentences that answer, grouped and ordered as in their documents; none below the threshold."""
        found = candidates(
            question,
            [one.passage for one in retrieved],
            embedder=self.embedder,
            dictionary=self.dictionary,
        )
        if not found:
            return Draft((), 0.0)
        features = as_matrix(found)
        log_odds = self.weights.sentence.log_odds(features)

        def confident(answerable: NDArray[np.float64]) -> float:
            return self.weights.confidence(answer_features(features, log_odds, answerable))

        read = second_look(
            question,
            found,
            log_odds,
            self.reader,
            in_doubt=lambda answerable: DOUBT_FROM < confident(answerable) < ANSWER_FROM,
        )
        confidence = confident(read.answerable)
        if confidence < ANSWER_FROM:
            return Draft((), confidence)
        best_first = [int(i) for i in np.argsort(-log_odds, kind="stable")]
        beside = self.weights.beside.log_odds(beside_features(found, log_odds, read.evidence))
        chosen = [
            i
            for i in _most_promising_first(best_first, log_odds, beside, self.weights.quote_margin)
            if _as_able_as(found[i], found[best_first[0]])
        ]
        rank = {found[i].passage.document.id: place for place, i in reversed(list(enumerate(best_first)))}
        chosen_with_neighbours = _with_neighbours(chosen, found, self.most_quotes)
        in_order = sorted(
            chosen_with_neighbours, key=lambda i: (rank[found[i].passage.document.id], found[i].span.start)
        )
        return Draft(_quoted([found[i] for i in in_order]), confidence)


def _most_promising_first(
    best_first: Sequence[int], log_odds: NDArray[np.float64], beside: NDArray[np.float64], margin: float
) -> list[int]:
    """The sentences nearly as good as the best; then those that belong beside it, likeliest first."""
    least = float(log_odds.max()) - margin
    near = [i for i in best_first if log_odds[i] >= least]
    further = [i for i in best_first if log_odds[i] < least and beside[i] >= 0]
    return near + sorted(further, key=lambda i: -beside[i])


def _as_able_as(candidate: Candidate, best: Candidate) -> bool:
    # Beside a sentence that holds the date asked for, one without any date is a stray.
    return candidate.features.kind_missing <= best.features.kind_missing


def _with_neighbours(chosen: Sequence[int], found: Sequence[Candidate], most: int) -> list[int]:
    """The chosen sentences, each led by the one it leans on while there is room for both."""
    wanted: list[int] = []
    for i in chosen:
        leans = _LEANS_BACK.match(found[i].text) and not _STANDS_ALONE.match(found[i].text)
        led = leans and i > 0 and found[i - 1].passage is found[i].passage and len(wanted) + 2 <= most
        wanted += [i - 1, i] if led else [i]
    return list(dict.fromkeys(wanted))[:most]


def _quoted(chosen: Sequence[Candidate]) -> tuple[Sentence, ...]:
    sentences = []
    for mark, candidate in enumerate(chosen, start=1):
        citation = Citation(mark, candidate.passage, candidate.text, candidate.span.start, candidate.span.end)
        sentences.append(Sentence(candidate.text, (citation,), Verdict.QUOTED))
    return tuple(sentences)
