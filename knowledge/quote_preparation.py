"""The sentences of newly indexed documents are embedded ahead of the questions that will compare them.

It is half of the work of taking documents in and comes after it, so that they are found in half the time. A
question that comes before it, or after it was interrupted, embeds the sentences that it compares by itself.
"""

from collections.abc import Iterator

from knowledge.indexing import OnProgress, Stores
from knowledge.library import Library
from knowledge.passage_sentences import sentence_texts
from knowledge.policy import Passage

# Passages whose sentences are embedded and acknowledged together.
_BATCH_PASSAGES = 256


def prepare_quotes(stores: Stores, on_progress: OnProgress) -> None:
    """Embed the sentences of every document that is not prepared yet; a killed run is gone on with.

    The vectors go into the embedder's cache and nowhere else.
    """
    waiting = stores.library.unprepared()
    total = sum(len(stores.library.passages_of(document_id)) for document_id in waiting)
    done = 0
    for document_ids, passages in _batches(stores.library, waiting):
        for first in range(0, len(passages), _BATCH_PASSAGES):
            some = passages[first : first + _BATCH_PASSAGES]
            stores.embedder.embed_passages([text for passage in some for text in sentence_texts(passage)])
            done += len(some)
            on_progress(done, total)
        stores.library.prepared(document_ids)


def _batches(library: Library, waiting: list[str]) -> Iterator[tuple[list[str], list[Passage]]]:
    """Documents with their passages; a batch ends with the document that fills it."""
    document_ids: list[str] = []
    passages: list[Passage] = []
    for document_id in waiting:
        document_ids.append(document_id)
        passages += library.passages_of(document_id)
        if len(passages) >= _BATCH_PASSAGES:
            yield document_ids, passages
            document_ids, passages = [], []
    if document_ids:
        yield document_ids, passages
