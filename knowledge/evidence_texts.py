"""The small texts of a passage that are compared with a question: its sentences and their segments.

Indexing embeds them ahead of time, so that quoting need not run the model.
"""

import re

from knowledge.paragraphs import Span, width
from knowledge.policy import Passage
from knowledge.sentences import split_sentences

_SEGMENT_END = re.compile(r"[;；:：]\s*|[,，]\s+|，|、")
_SHORTEST_SEGMENT = 25  # in columns, a Han character counting two: shorter ones say too little alone


def sentence_spans(passage: Passage) -> list[Span]:
    """Where the passage's sentences stand in the document's text, in order."""
    spans = split_sentences(passage.text, passage.document.language)
    return [Span(passage.start + start, passage.start + end) for start, end in spans]


def segments(sentence: str) -> list[str]:
    """The stretches between the inner stops of a sentence, each long enough to mean something alone."""
    found: list[str] = []
    start = before = 0  # of the stretch being looked at, and of the last one found
    for match in _SEGMENT_END.finditer(sentence):
        piece = sentence[start : match.start()].strip()
        if width(piece) >= _SHORTEST_SEGMENT:
            found.append(piece)
            before, start = start, match.end()
    if found and width(sentence[start:].strip()) < _SHORTEST_SEGMENT:
        found.pop()
        start = before
    return [*found, sentence[start:].strip()]


def evidence_texts(passage: Passage) -> list[str]:
    """Every sentence of the passage and every segment of its sentences, each once."""
    sentences = [passage.document.text[start:end] for start, end in sentence_spans(passage)]
    return list(dict.fromkeys(text for sentence in sentences for text in (sentence, *segments(sentence))))
