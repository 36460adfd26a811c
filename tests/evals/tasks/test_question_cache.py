from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.tasks.question_cache import QuestionCache
from tests.fakes import BagOfTermsEmbedder


class CountingEmbedder(BagOfTermsEmbedder):
    """Counts the questions it embeds, whose vectors are not those of passages."""

    questions = 0

    def embed_question(self, text: str) -> NDArray[np.float32]:
        self.questions += 1
        return np.roll(super().embed_question(text), 1)


def test_a_question_is_embedded_once_and_remembered_by_the_next_process(tmp_path: Path) -> None:
    path = tmp_path / "questions.sqlite"
    model = CountingEmbedder()
    with closing(QuestionCache(model, path)) as first:
        vector = first.embed_question("What is taxed?")
        assert np.array_equal(first.embed_question("What is taxed?"), vector)
    with closing(QuestionCache(model, path)) as second:
        assert np.array_equal(second.embed_question("What is taxed?"), vector)
        assert model.questions == 1
        assert np.allclose(vector, model.embed_question("What is taxed?"), atol=1e-3)
        passage = second.embed_passages(["What is taxed?"])[0]
    assert not np.allclose(passage, vector, atol=1e-3)
