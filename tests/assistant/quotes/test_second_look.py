"""What the reader sees, and what its readings are made into."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.quotes.evidence import FEATURE_NAMES, Candidate, Features
from assistant.quotes.second_look import (
    ANSWER_FEATURE_NAMES,
    BESIDE_FEATURE_NAMES,
    PASSAGES_READ,
    answer_features,
    beside_features,
    second_look,
)
from knowledge.passage_sentences import sentence_spans
from knowledge.policy import Passage
from knowledge.reader import Reading, TextToRead
from tests.assistant.small_documents import make_document, passages_of


class CountingReader:
    """A reader that finds a text the more answerable the more sentences it has; it keeps what it read."""

    name = "counting"

    def __init__(self) -> None:
        self.read_texts: list[TextToRead] = []

    def read(self, question: str, texts: Sequence[TextToRead]) -> list[Reading]:
        assert question
        self.read_texts += texts
        return [
            Reading(
                float(len(text.sentences)),
                np.arange(len(text.sentences), dtype=np.float32),
                np.zeros(len(text.sentences), np.float32),
            )
            for text in texts
        ]


def candidates_of(*passages: Passage) -> list[Candidate]:
    nothing = Features(*[0.0] * len(FEATURE_NAMES))
    return [Candidate(passage, span, nothing) for passage in passages for span in sentence_spans(passage)]


TWO, THREE, ONE, LAST = (
    passages_of(make_document(text, text[:4]))[0]
    for text in ("Apples. Pears.", "Salt is dear. Oil is not. Tea is.", "Rain.", "Snow falls.")
)


SENTENCES = [len(sentence_spans(passage)) for passage in (TWO, THREE, ONE, LAST)]


def test_only_the_passages_with_the_best_sentences_are_read() -> None:
    found = candidates_of(TWO, THREE, ONE, LAST)
    reader = CountingReader()

    read = second_look("?", found, np.repeat([0.0, 3.0, 1.0, -2.0], SENTENCES), reader)

    assert len(reader.read_texts) == PASSAGES_READ == 2
    assert np.isnan(read.answerable[-SENTENCES[-1] :]).all()  # LAST looks worst
    of_three = slice(SENTENCES[0], SENTENCES[0] + SENTENCES[1])
    assert read.answerable[of_three].tolist() == [float(SENTENCES[1])] * SENTENCES[1]
    assert read.evidence[of_three].tolist() == list(range(SENTENCES[1]))


def test_no_second_passage_is_read_without_doubt() -> None:
    found = candidates_of(TWO, THREE, ONE, LAST)
    reader = CountingReader()
    said: list[float] = []

    def in_doubt(answerable: NDArray[np.float64]) -> bool:
        said.append(float(np.nanmax(answerable)))
        return False

    read = second_look("?", found, np.repeat([0.0, 3.0, 1.0, -2.0], SENTENCES), reader, in_doubt=in_doubt)

    assert [text.sentences[0] for text in reader.read_texts] == ["Salt is dear."]
    assert said == [float(SENTENCES[1])]
    assert np.isnan(read.answerable).sum() == len(found) - SENTENCES[1]


def test_a_reading_beyond_the_bound_counts_as_the_bound() -> None:
    class Sure(CountingReader):
        def read(self, question: str, texts: Sequence[TextToRead]) -> list[Reading]:
            one = np.full(len(question), -99.0, np.float32)
            return [Reading(99.0, one, one) for _ in texts]

    read = second_look("?", candidates_of(ONE), np.zeros(1), Sure())

    assert (read.answerable.tolist(), read.evidence.tolist()) == ([8.0], [-8.0])


def test_beside_features_by_hand() -> None:
    found = candidates_of(THREE, ONE)
    assert len(found) == 4
    log_odds = np.array([0.5, 2.0, -1.0, 1.0])  # the best one is in THREE
    evidence = np.array([1.0, 3.0, -2.0, np.nan])

    features = beside_features(found, log_odds, evidence)

    assert features.shape == (4, len(BESIDE_FEATURE_NAMES))
    assert features[2].tolist() == [-1.0, 1.0, -2.0, math.log(3 / 4)]
    assert features[3].tolist() == [1.0, 0.0, -8.0, math.log(1 / 4)]


def test_answer_features_take_the_best_and_the_highest() -> None:
    features = np.zeros((2, len(FEATURE_NAMES)))
    features[:, FEATURE_NAMES.index("sentence_words")] = [0.25, 0.75]
    named = dict(
        zip(
            ANSWER_FEATURE_NAMES,
            answer_features(features, np.array([1.0, 0.0]), np.array([2.0, 5.0])).tolist(),
            strict=True,
        )
    )

    assert (named["best_log_odds"], named["best_sentence_words"], named["highest_sentence_words"]) == (
        1,
        0.25,
        0.75,
    )
    assert (named["best_reader_answerable"], named["highest_reader_answerable"]) == (2, 5)
    assert named["candidates"] == math.log(2)
