import pytest

from knowledge.embedding.e5_embedder import installed_weights, prepared_text
from knowledge.embedding.e5_pieces import E5Pieces
from knowledge.embedding.e5_tokenizer import E5Tokenizer
from knowledge.embedding.e5_weights import E5Vocabulary, read_e5_weights
from tests.knowledge.test_embedder import CHINESE, ENGLISH, VARIED

TEXTS = [prepared_text(text) for text in (*VARIED, ENGLISH, CHINESE)]


@pytest.fixture(scope="module")
def vocabulary() -> E5Vocabulary:
    return read_e5_weights(installed_weights()).vocabulary


@pytest.fixture(scope="module")
def whole(vocabulary: E5Vocabulary) -> E5Tokenizer:
    return E5Tokenizer(vocabulary, 512)


@pytest.fixture(scope="module")
def pieces(vocabulary: E5Vocabulary) -> E5Pieces:
    return E5Pieces(vocabulary)


class TestTokenIds:
    @pytest.mark.parametrize("text", TEXTS)
    def test_are_those_of_the_whole_tokenizer(self, text: str, whole: E5Tokenizer, pieces: E5Pieces) -> None:
        ((wanted, _offsets),) = whole.with_offsets([text])

        assert pieces.token_ids([text]) == [wanted]

    def test_of_many_texts_are_those_of_each_alone(self, pieces: E5Pieces) -> None:
        together = pieces.token_ids(TEXTS)

        assert together == [pieces.token_ids([text])[0] for text in TEXTS]
        assert len({len(ids) for ids in together}) > 5

    def test_of_no_text_are_none(self, pieces: E5Pieces) -> None:
        assert pieces.token_ids([]) == []
