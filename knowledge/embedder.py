"""The Embedder seam, and the one place that turns the setting `embedder` into an embedder."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EmbedderUnavailable

DEFAULT_EMBEDDER = "multilingual-e5-small"
MINILM = "all-MiniLM-L6-v2"


class Embedder(Protocol):
    """Turns a question and passages into vectors whose dot product is their cosine."""

    @property
    def name(self) -> str:
        """Model and the first 12 hex digits of its weights' sha256; an index is valid for one name."""

    @property
    def dimensions(self) -> int:
        """The length of the vectors, d."""

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """The question's vector, shape (d,), L2-normalised."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The passages' vectors, shape (n, d), rows L2-normalised, in order; (0, d) for no texts."""


def open_embedder(model: str, *, cache_folder: Path | None = None) -> Embedder:
    """The embedder that the setting names; nothing is ever downloaded.

    `model` is "multilingual-e5-small", "all-MiniLM-L6-v2", the path of a sentence-transformers folder, or
    the hub name of a model that is in the local Hugging Face cache. In `cache_folder` the hashes of checked
    weights are remembered. Raises EmbedderUnavailable when it is none of these or its weights are not the
    pinned ones.
    """
    # Read once, when an engine loads its thread pool. Threads that spin while they wait make embedding many
    # times slower as soon as anything else runs on the machine (measured: no batch in 100 s against 4,400
    # texts, with four busy processes on two cores).
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if model == DEFAULT_EMBEDDER:
        from knowledge.embedding.e5_embedder import MultilingualE5Small

        return MultilingualE5Small(cache_folder=cache_folder)
    from knowledge.embedding.sentence_embedder import SentenceEmbedder, minilm_embedder

    if model == MINILM:
        return minilm_embedder(cache_folder=cache_folder)
    folder = Path(model).expanduser()
    if model and folder.is_dir():
        return SentenceEmbedder(folder.resolve().name, folder, cache_folder=cache_folder)
    if _looks_like_a_path(model) or model.count("/") != 1:
        raise EmbedderUnavailable(_what_is_allowed(model))
    return SentenceEmbedder(model, _cached_hub_folder(model), cache_folder=cache_folder)


def _looks_like_a_path(model: str) -> bool:
    return model.startswith((".", "~", "/")) or (os.sep != "/" and os.sep in model)


def _cached_hub_folder(model: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except HFValidationError as fault:
        raise EmbedderUnavailable(_what_is_allowed(model)) from fault
    except LocalEntryNotFoundError as fault:
        raise EmbedderUnavailable(
            f'embedder = "{model}" is not in the local Hugging Face cache, and nothing is downloaded at run '
            f"time. Fetch it beforehand, where there is a network, with: hf download {model}"
        ) from fault


def _what_is_allowed(model: str) -> str:
    return (
        f'embedder = "{model}" is not known. Set it to "{DEFAULT_EMBEDDER}", to "{MINILM}", to the path of a '
        "sentence-transformers folder that exists, or to the hub name (owner/name) of a downloaded model."
    )
