"""The models that evals over public data work with, remembered in the data folder between runs."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.tasks.question_cache import QuestionCache
from knowledge.data_folder import hold_data_folder
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder, open_embedder
from knowledge.embedding.vector_cache import CachedEmbedder


@dataclass(frozen=True, slots=True)
class Models:
    """What turns texts into vectors, and words of one language into words of the other."""

    embedder: Embedder
    dictionary: ChineseDictionary


@contextmanager
def open_models(home: Path, embedder: str, purpose: str) -> Iterator[Models]:
    """Hold the data folder and open the models; its library and indexes are not touched.

    Vectors lie in files of their own beside the product's cache, which may be deleted at any time. Raises
    what `hold_data_folder` and `open_embedder` raise.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(hold_data_folder(home, purpose))
        model = open_embedder(embedder, cache_folder=folder.cache)
        passages = stack.enter_context(closing(CachedEmbedder(model, folder.cache / "evals-vectors.sqlite")))
        cached = stack.enter_context(
            closing(QuestionCache(passages, folder.cache / "evals-questions.sqlite"))
        )
        dictionary = stack.enter_context(closing(ChineseDictionary(folder.cache)))
        yield Models(cached, dictionary)
