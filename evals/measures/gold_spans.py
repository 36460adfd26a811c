"""Where a case's sentences stand in a document, and when a stretch of that document covers one."""

from pathlib import Path

from evals.cases.case import Case
from knowledge.policy import Document

# Not 1: a quote that leaves out a sentence's closing quotation mark or full stop still quotes the sentence.
LEAST_COVER = 0.9

Span = tuple[int, int]  # start, end: character offsets into the document's text, end exclusive


def belongs(case: Case, document: Document) -> bool:
    """Whether the document is one that the case names, told by its file name."""
    return Path(document.path).name in case.documents


def spans_of(sentence: str, text: str) -> list[Span]:
    """Every place where the sentence stands verbatim in the text, in order."""
    spans: list[Span] = []
    start = text.find(sentence)
    while start >= 0:
        spans.append((start, start + len(sentence)))
        start = text.find(sentence, start + len(sentence))
    return spans


def covers(stretch: Span, sentence: Span) -> bool:
    """Whether the stretch holds at least 90 % of the sentence's characters."""
    shared = min(stretch[1], sentence[1]) - max(stretch[0], sentence[0])
    return shared >= LEAST_COVER * (sentence[1] - sentence[0])
