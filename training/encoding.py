"""An example as the reader sees it: token ids, and what is right for each token and sentence."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.e5_tokenizer import E5Tokenizer
from knowledge.sentences import split_sentences
from training.reading_example import ReadingExample

MOST_TOKENS = 224  # of longer texts a run of sentences around the answer is read
MOST_QUESTION_TOKENS = 64


@dataclass(frozen=True, slots=True)
class EncodedExample:
    """One reading; a token's owner is the sentence it belongs to, -1 for question, title and marks."""

    ids: NDArray[np.int32]
    types: NDArray[np.int32]  # 0 question, 1 text
    owners: NDArray[np.int32]
    evidence: NDArray[np.float32]  # a sentence each: 1 answers, 0 does not, NaN unknown
    answerable: float
    span: tuple[int, int] | None  # first and last token of the short answer; (0, 0) none; None unknown
    source: str


def encode(
    example: ReadingExample, tokens: E5Tokenizer, draw: random.Random, *, with_title: bool
) -> EncodedExample:
    """Encode one example; of a text too long for the window a random run of sentences is read."""
    vocabulary = tokens.vocabulary
    sentences = split_sentences(example.text, example.language)
    pieces = [example.question, *([example.title] if with_title and example.title else [])]
    pieces += [example.text[start:end] for start, end in sentences]
    encoded = tokens.with_offsets(pieces)
    question = encoded[0][0][:MOST_QUESTION_TOKENS]
    ids = [vocabulary.start, *question, vocabulary.end, vocabulary.end]
    types, owners = [0] * len(ids), [-1] * len(ids)
    first_sentence = len(pieces) - len(sentences)
    if first_sentence == 2:
        title = encoded[1][0][:32]
        ids += [*title, vocabulary.end]
        types += [1] * (len(title) + 1)
        owners += [-1] * (len(title) + 1)
    span: tuple[int, int] | None = None if example.answerable else (0, 0)
    evidence = []
    lengths = [len(encoded[first_sentence + number][0]) for number in range(len(sentences))]
    answering = [i for i, (start, end) in enumerate(sentences) if _held(start, end, example.answers)]
    run = _run(lengths, MOST_TOKENS - 1 - len(ids), answering, draw)
    for number, (start, end) in enumerate(sentences):
        sentence_ids, offsets = encoded[first_sentence + number] if number in run else ([], [])
        sentence_ids = sentence_ids[: max(0, MOST_TOKENS - 1 - len(ids))]
        held = _held(start, end, example.answers)
        if example.short and held and span is None:
            span = _span(held, start, offsets[: len(sentence_ids)], len(ids))
        ids += sentence_ids
        types += [1] * len(sentence_ids)
        owners += [number] * len(sentence_ids)
        unknown = example.answerable and not example.answers
        evidence.append(np.nan if unknown or not sentence_ids else float(held is not None))
    ids.append(vocabulary.end)
    types.append(1)
    owners.append(-1)
    return EncodedExample(
        np.array(ids, np.int32),
        np.array(types, np.int32),
        np.array(owners, np.int32),
        np.array(evidence, np.float32),
        float(example.answerable),
        span,
        example.source,
    )


def _run(lengths: Sequence[int], room: int, answering: Sequence[int], draw: random.Random) -> range:
    """A run of neighbouring sentences that has room, around one that answers where there is one."""
    if not lengths:
        return range(0)
    first = draw.choice(answering) if answering else draw.randrange(len(lengths))
    stop = first + 1
    used = lengths[first]
    while True:
        sides = []
        if first > 0 and used + lengths[first - 1] <= room:
            sides.append(first - 1)
        if stop < len(lengths) and used + lengths[stop] <= room:
            sides.append(stop)
        if not sides:
            return range(first, stop)
        side = draw.choice(sides)
        used += lengths[side]
        first, stop = min(first, side), max(stop, side + 1)


def _held(start: int, end: int, answers: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    for first, stop in answers:
        shared = min(end, stop) - max(start, first)
        if shared > 0 and shared >= 0.5 * min(end - start, stop - first):
            return first, stop
    return None


def _span(
    answer: tuple[int, int], start: int, offsets: Sequence[tuple[int, int]], base: int
) -> tuple[int, int] | None:
    first, stop = answer[0] - start, answer[1] - start
    inside = [i for i, (left, right) in enumerate(offsets) if left < stop and right > first]
    return (base + inside[0], base + inside[-1]) if inside else None
