"""What every fit works with: the public data, and models that remember what they computed."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.fitting.cached_reader import CachedReader
from knowledge.data_folder import hold_data_folder
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import DEFAULT_EMBEDDER, Embedder, open_embedder
from knowledge.embedding.vector_cache import CachedEmbedder
from knowledge.reader import E5Reader, Reader


@dataclass(frozen=True, slots=True)
class Workbench:
    """The folder of the public data sets, and the models whose numbers are weighed."""

    public: Path
    embedder: Embedder
    reader: Reader
    dictionary: ChineseDictionary


@contextmanager
def open_workbench(home: Path, public: Path) -> Iterator[Workbench]:
    """Hold the data folder and open the models that the weights are for: the default ones.

    What they compute is kept in fit-cache/ of the data folder, so that a second fit takes a minute; it may be
    deleted at any time. Raises what `hold_data_folder` and `open_embedder` raise.
    """
    with ExitStack() as stack:
        folder = stack.enter_context(hold_data_folder(home, "evals calibrate"))
        cache = folder.path / "fit-cache"
        cache.mkdir(exist_ok=True)
        model = open_embedder(DEFAULT_EMBEDDER, cache_folder=cache)
        embedder = stack.enter_context(closing(CachedEmbedder(model, cache / "vectors.sqlite")))
        reader = stack.enter_context(
            closing(CachedReader(E5Reader(cache_folder=cache), cache / "readings.sqlite"))
        )
        dictionary = stack.enter_context(closing(ChineseDictionary(cache)))
        yield Workbench(public, embedder, reader, dictionary)
