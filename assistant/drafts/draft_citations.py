"""What a drafted sentence cites: of each passage it names, the sentences that carry it, as they stand.

Marks are left open here: they are numbered when it is known which sentences are shown.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from assistant.answer import Citation
from assistant.claims.claim_alignment import SourceText, align
from assistant.claims.claim_evidence import evidence_sentences
from assistant.claims.claim_features import nearness
from assistant.claims.claim_weights import ClaimWeights
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.paragraphs import Span
from knowledge.passage_sentences import sentence_spans
from knowledge.policy import Passage
from knowledge.sectioning import is_heading

UNMARKED = 0
_SPACE = re.compile(r"\s+")


class Evidence:
    """Finds the sentences of passages that a claim rests on; safe to share between threads."""

    def __init__(self, embedder: Embedder, dictionary: ChineseDictionary, weights: ClaimWeights) -> None:
        self._embedder, self._dictionary, self._weights = embedder, dictionary, weights

    def citations(self, text: str, passages: Sequence[Passage]) -> tuple[Citation, ...]:
        """Whole sentences of the passages, neighbours as one quote, in the order of the passages.

        A text that repeats one of them word for word cites that one alone.
        """
        for passage in passages:
            repeated = _repeated(text, passage)
            if repeated is not None:
                return (_citation(passage, repeated),)
        return tuple(
            _citation(passage, span) for passage in passages for span in self._carrying(text, passage)
        )

    def _carrying(self, text: str, passage: Passage) -> list[Span]:
        spans = _sentences(passage)
        source = SourceText(passage.id, passage.text)
        aligned = align(text, [source], self._dictionary)
        if not aligned.comparable:
            return []
        near = nearness(aligned, self._embedder)
        found = evidence_sentences(aligned, near, self._weights.evidence, self._weights.evidence_from)
        # The claims' own sentence ends may differ by a heading or an item from those that can be quoted.
        carrying = [
            number
            for number, span in enumerate(spans)
            if any(
                passage.start + one.start < span.end and span.start < passage.start + one.end for one in found
            )
        ]
        return [_joined([spans[number] for number in run]) for run in _runs(carrying)]


def _repeated(text: str, passage: Passage) -> Span | None:
    """The sentence, or neighbouring sentences, that the text repeats but for white space."""
    wanted = _SPACE.sub("", text)
    spans = _sentences(passage)
    for first in range(len(spans)):
        for last in range(first, len(spans)):
            span = _joined(spans[first : last + 1])
            stands = _SPACE.sub("", passage.document.text[span.start : span.end])
            if stands == wanted:
                return span
            if len(stands) >= len(wanted):
                break
    return None


def _sentences(passage: Passage) -> list[Span]:
    return [span for span in sentence_spans(passage) if not is_heading(passage.document, span)]


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    numbered = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    return [[number for _place, number in run] for _key, run in numbered]


def _joined(spans: Sequence[Span]) -> Span:
    return Span(spans[0].start, spans[-1].end)


def _citation(passage: Passage, span: Span) -> Citation:
    return Citation(UNMARKED, passage, passage.document.text[span.start : span.end], span.start, span.end)
