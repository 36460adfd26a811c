"""What maintainers do with single documents: let them wait, approve, correct, remove, restore, index anew.

Each function leaves library and indexes such that whatever a killed process left unfinished is finished by
the next one of them, or by an index run. One thread at a time may call them; questions go on meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from knowledge.facts.corrections import Correction, corrected, correction_of
from knowledge.files.document_reading import with_facts
from knowledge.indexing import (
    OnProgress,
    Stores,
    as_corrected,
    check_index_matches,
    cut_document,
    finish_arriving,
    let_go,
    parameters,
    take_in,
)
from knowledge.library import Library
from knowledge.policy import Document, Passage

Received = Literal["waiting", "waits already", "is in the library", "was removed"]
_TOGETHER = 256  # passages embedded and put into the indexes at once


@dataclass(frozen=True, slots=True)
class Reception:
    """What became of a document that was sent."""

    document: Document  # as it is kept
    received: Received


def receive(document: Document, library: Library, *, by: str, at: str, collection: str | None) -> Reception:
    """Let a document wait for approval, with what was stated of its file before and the named collection."""
    known = as_corrected(document, library)
    if collection is not None and known.collection != collection:
        known = with_facts(known, corrected(known.facts, {"collection": collection}))
        earlier = library.shelves.correction(document.path, document.sha256)
        library.shelves.record_correction(
            [document.path], document.sha256, {**earlier, "collection": collection}
        )
    if library.shelves.wait(known, *cut_document(known), by=by, at=at):
        return Reception(known, "waiting")
    states: dict[str | None, Received] = {"waiting": "waits already", "removed": "was removed"}
    return Reception(known, states.get(library.state(known.id), "is in the library"))


def approve(
    document_ids: Sequence[str], stores: Stores, on_progress: OnProgress, *, instead_of: str | None = None
) -> None:
    """Let waiting documents be found; with `instead_of` the one takes the place of a current one, at once."""
    _check(stores)
    for document_id in document_ids:
        stores.library.shelves.approve(document_id, instead_of=instead_of)
    finish_arriving(stores, on_progress)
    let_go(stores)


def correct_waiting(document_id: str, stated: Correction, library: Library) -> str:
    """State facts of a waiting document in place of its own; returns the id that it then has.

    What is stated holds for its files as long as they hold the same bytes, whatever is indexed anew.
    """
    document = library.document(document_id, "waiting")
    changed = document and _stated(document, stated, library)
    if changed is None:
        return document_id
    library.shelves.become(document_id, changed, *cut_document(changed))
    return changed.id


def correct(document_id: str, stated: Correction, stores: Stores, on_progress: OnProgress) -> str:
    """The same for a current document, which is found under its new facts from one moment to the next."""
    library = stores.library
    document = library.document(document_id)
    changed = document and _stated(document, stated, library)
    if changed is None:
        return document_id
    _check(stores)
    for path in _paths(document_id, library):
        take_in(replace(changed, path=path), library)
    finish_arriving(stores, on_progress)
    let_go(stores)
    return changed.id


def remove(document_ids: Sequence[str], stores: Stores, *, by: str, at: str) -> None:
    """Take current documents out of search at once; they are kept on the shelf of the removed."""
    for document_id in document_ids:
        stores.library.shelves.remove(document_id, by=by, at=at)
    let_go(stores)


def restore(document_id: str, stores: Stores, on_progress: OnProgress) -> None:
    """Let a removed document be found again."""
    _check(stores)
    stores.library.shelves.restore(document_id)
    finish_arriving(stores, on_progress)
    let_go(stores)


def index_anew(document_ids: Sequence[str], stores: Stores, on_progress: OnProgress) -> None:
    """Put the passages of current documents into both indexes anew, while they go on being found.

    The texts are the stored ones. They are cut as they were: a library that other parameters cut is refused
    when it is opened.
    """
    _check(stores)
    library = stores.library
    every = {id_: library.passages_of(id_) for id_ in document_ids if library.state(id_) == "current"}
    total, done = sum(map(len, every.values())), 0
    for some in _groups(every):
        passages = [passage for id_ in some for passage in every[id_]]
        vectors = [np.zeros((0, stores.embedder.dimensions), np.float32)]
        for first in range(0, len(passages), _TOGETHER):
            batch = passages[first : first + _TOGETHER]
            vectors.append(stores.embedder.embed_passages([passage.search_text for passage in batch]))
            done += len(batch)
            on_progress(done, total)
        stores.keyword_index.replace(passages)
        stores.vector_index.replace(passages, np.concatenate(vectors))


def finish(stores: Stores, on_progress: OnProgress) -> None:
    """Finish whatever a killed process left."""
    if not stores.library.is_settled():
        finish_arriving(stores, on_progress)
        let_go(stores)


def _check(stores: Stores) -> None:
    check_index_matches(stores)
    stores.library.record(parameters(stores.embedder.name))


def _stated(document: Document, stated: Correction, library: Library) -> Document | None:
    """The document with what is stated, which is recorded; None where that changes nothing."""
    difference = correction_of(document.facts, stated)
    if not difference:
        return None
    for path in _paths(document.id, library):
        earlier = library.shelves.correction(path, document.sha256)
        library.shelves.record_correction([path], document.sha256, {**earlier, **difference})
    return with_facts(document, corrected(document.facts, difference))


def _groups(every: dict[str, list[Passage]]) -> list[list[str]]:
    """The documents in groups of about _TOGETHER passages."""
    groups: list[list[str]] = [[]]
    size = 0
    for id_, passages in every.items():
        groups[-1].append(id_)
        size += len(passages)
        if size >= _TOGETHER:
            groups.append([])
            size = 0
    return [group for group in groups if group]


def _paths(document_id: str, library: Library) -> list[str]:
    """The files that lead to a current or waiting document."""
    waiting = {one.id: one.paths for one in library.shelves.on("waiting")}
    if document_id in waiting:
        return list(waiting[document_id])
    return sorted(path for path, id_ in library.files().items() if id_ == document_id)
