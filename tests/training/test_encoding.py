import random

import numpy as np
import pytest

from knowledge.embedding.e5_embedder import installed_weights
from knowledge.embedding.e5_tokenizer import E5Tokenizer
from knowledge.embedding.e5_weights import read_e5_weights
from training.encoding import MOST_TOKENS, EncodedExample, encode
from training.reading_example import ReadingExample

TEXT = "The office opens at nine. Applications are decided within 30 days. Fees are set by the ministry."


@pytest.fixture(scope="module")
def tokens() -> E5Tokenizer:
    return E5Tokenizer(read_e5_weights(installed_weights()).vocabulary, 512)


def example(answer: str | None, *, text: str = TEXT, short: bool = True) -> ReadingExample:
    spans = ((text.index(answer), text.index(answer) + len(answer)),) if answer else ()
    return ReadingExample(
        "made", "g", "How long does a decision take?", "Permits", text, "en", spans, bool(answer), short
    )


def read(example: ReadingExample, tokens: E5Tokenizer, *, seed: int = 0) -> EncodedExample:
    return encode(example, tokens, random.Random(seed), with_title=True)  # noqa: S311


def words(ids: np.ndarray, tokens: E5Tokenizer) -> str:
    return "".join(tokens.vocabulary.pieces[i] for i in ids).replace("▁", " ").strip()


class TestEncode:
    def test_marks_the_sentence_and_the_words_that_answer(self, tokens: E5Tokenizer) -> None:
        encoded = read(example("30 days"), tokens)

        assert encoded.evidence.tolist() == [0, 1, 0]
        assert encoded.span is not None
        first, last = encoded.span
        assert words(encoded.ids[first : last + 1], tokens) == "30 days"
        assert set(encoded.owners[first : last + 1].tolist()) == {1}

    def test_a_question_without_an_answer_points_at_the_first_token(self, tokens: E5Tokenizer) -> None:
        encoded = read(example(None), tokens)

        assert (encoded.answerable, encoded.span) == (0.0, (0, 0))
        assert encoded.evidence.tolist() == [0, 0, 0]

    def test_a_whole_sentence_has_no_short_answer_to_learn(self, tokens: E5Tokenizer) -> None:
        encoded = read(example("Applications are decided within 30 days.", short=False), tokens)

        assert encoded.span is None
        assert encoded.evidence.tolist() == [0, 1, 0]

    @pytest.mark.parametrize("seed", range(5))
    def test_of_a_long_text_the_sentences_around_the_answer_are_read(
        self, tokens: E5Tokenizer, seed: int
    ) -> None:
        filler = "The council met again and again in the old hall by the river. " * 40
        encoded = read(example("30 days", text=filler + TEXT + " " + filler), tokens, seed=seed)

        assert len(encoded.ids) <= MOST_TOKENS
        assert encoded.span not in (None, (0, 0))
        owners = encoded.owners[encoded.owners >= 0]
        assert owners.tolist() == sorted(owners.tolist())
        assert set(np.diff(np.unique(owners)).tolist()) == {1}
        assert np.isnan(encoded.evidence).sum() == len(encoded.evidence) - len(np.unique(owners))
