"""The sentences of a passage, each at its place in the document.

They are embedded ahead of time, so that quoting need not run the model: see quote_preparation.
"""

from knowledge.paragraphs import Span
from knowledge.policy import Passage
from knowledge.sentences import split_sentences


def sentence_spans(passage: Passage) -> list[Span]:
    """Where the passage's sentences stand in the document's text, in order."""
    spans = split_sentences(passage.text, passage.document.language)
    return [Span(passage.start + start, passage.start + end) for start, end in spans]


def sentence_texts(passage: Passage) -> list[str]:
    """The sentences themselves, in the same order."""
    return [passage.document.text[start:end] for start, end in sentence_spans(passage)]
