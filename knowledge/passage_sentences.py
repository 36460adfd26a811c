"""The sentences of a passage, each at its place in the document.

They are embedded ahead of time, so that quoting need not run the model: see quote_preparation.
"""

from functools import lru_cache

from knowledge.paragraphs import Span
from knowledge.policy import Language, Passage
from knowledge.sentences import split_sentences


def sentence_spans(passage: Passage) -> list[Span]:
    """Where the passage's sentences stand in the document's text, in order."""
    spans = _spans(passage.text, passage.document.language)
    return [Span(passage.start + start, passage.start + end) for start, end in spans]


def sentence_texts(passage: Passage) -> list[str]:
    """The sentences themselves, in the same order."""
    return [passage.document.text[start:end] for start, end in sentence_spans(passage)]


# Several steps of an answer cut the same passages, and questions meet them again.
@lru_cache(maxsize=4_096)
def _spans(text: str, language: Language) -> tuple[Span, ...]:
    return tuple(split_sentences(text, language))
