"""Precision and recall of the quotes of one answer, counted in sentences of the documents."""

import re
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from evals.cases.case import Case
from evals.measures.gold_spans import Span, belongs, covers, spans_of

# Where one sentence ends inside a stretch that nobody asked for. Not the product's own splitter, which is
# among the things under test. A full stop after a single capital ("U.S.") or before a digit ("No. 15")
# ends nothing.
SENTENCE_END = re.compile(
    r"(?<![A-Z]\.)(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z一-鿿])|(?<=[。！？；])[”’」』）]*|\n+"
)


@dataclass(frozen=True, slots=True)
class QuoteMeasures:
    """What one answer quoted, against one answerable case."""

    gold: int  # gold sentences of the case, > 0
    gold_quoted: int
    also_fine_quoted: int  # fair context: counts neither for nor against
    strays: int  # quoted sentences that are neither gold nor also_fine

    @property
    def quotes_something(self) -> bool:
        """Whether the answer quotes anything at all."""
        return self.gold_quoted + self.also_fine_quoted + self.strays > 0

    @property
    def gold_among_quotes(self) -> bool:
        """Whether at least one gold sentence is quoted."""
        return self.gold_quoted > 0

    @property
    def all_gold_quoted(self) -> bool:
        """Whether every gold sentence is quoted."""
        return self.gold_quoted == self.gold

    @property
    def recall(self) -> float:
        """Quoted share (0..1) of the gold sentences."""
        return self.gold_quoted / self.gold

    @property
    def precision(self) -> float | None:
        """Gold share (0..1) of the quoted sentences, also_fine ones left out; None if none is left."""
        counted = self.gold_quoted + self.strays
        return self.gold_quoted / counted if counted else None


def measure_quotes(case: Case, answer: Answer) -> QuoteMeasures | None:
    """Count the gold sentences that a citation covers (90 % of the characters) and the stray ones.

    A citation whose quote does not stand at its offsets quotes nothing and is one stray, as is one that
    holds too little of a gold sentence. A citation longer than the sentences asked for is stray once for
    each further sentence in it. None for an unanswerable case.
    """
    if not case.gold:
        return None
    gold: set[str] = set()
    fine: set[str] = set()
    strays: set[tuple[str, Span]] = set()  # a set: a sentence quoted twice is one sentence
    for citation in answer.citations:
        wanted_gold = _covered(case.gold, case, citation)
        wanted_fine = _covered(case.also_fine, case, citation)
        gold.update(wanted_gold)
        fine.update(wanted_fine)
        rest = _stray_spans(citation, (*wanted_gold, *wanted_fine))
        strays.update((citation.document.id, span) for span in rest)
    return QuoteMeasures(len(case.gold), len(gold), len(fine), len(strays))


def _covered(sentences: tuple[str, ...], case: Case, citation: Citation) -> tuple[str, ...]:
    if not citation.holds or not belongs(case, citation.document):
        return ()
    stretch = (citation.start, citation.end)
    text = citation.document.text
    return tuple(one for one in sentences if any(covers(stretch, span) for span in spans_of(one, text)))


def _stray_spans(citation: Citation, wanted: tuple[str, ...]) -> list[Span]:
    """Cut the wanted sentences out of the quote and the rest into sentences."""
    if not citation.holds:
        return [(citation.start, citation.end)]
    text = citation.document.text
    cuts = sorted(span for sentence in wanted for span in spans_of(sentence, text))
    rest: list[Span] = []
    start = citation.start
    for cut_start, cut_end in cuts:
        if cut_start < citation.end and cut_end > citation.start:
            rest.append((start, cut_start))
            start = cut_end
    rest.append((start, citation.end))
    return [piece for span in rest for piece in _sentences(text, span)]


def _sentences(text: str, span: Span) -> list[Span]:
    start, end = span
    pieces: list[Span] = []
    for mark in SENTENCE_END.finditer(text, start, max(start, end)):
        pieces.append((start, mark.end()))
        start = mark.end()
    pieces.append((start, end))
    return [piece for piece in pieces if any(character.isalnum() for character in text[piece[0] : piece[1]])]
