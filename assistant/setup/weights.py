"""The weights that answering needs: there, and byte for byte the pinned ones."""

from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.setup.finding import SetupFinding, error, fine
from knowledge.embedder import Embedder
from knowledge.embedding.weights_hash import weights_sha256
from knowledge.errors import EmbedderUnavailable
from knowledge.reader import READER_SHA256, reader_file


def check_weights(embedder: Callable[[], Embedder], cache_folder: Path | None) -> Iterator[SetupFinding]:
    """A finding for the embedder, which checks its own weights, and one for the reader."""
    try:
        yield fine(f"The weights of {embedder().name} are there")
        found = weights_sha256(reader_file(), cache_folder)
    except EmbedderUnavailable as fault:
        yield error(str(fault))
        return
    if found != READER_SHA256:
        yield error(
            f"The reader {reader_file()} is not the one of this version (sha256 {found[:12]}…, expected "
            f"{READER_SHA256[:12]}…); install Policy Assistant anew."
        )
    else:
        yield fine(f"The reader {READER_SHA256[:12]} is there")
