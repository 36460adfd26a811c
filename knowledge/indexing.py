"""Files -> library -> both indexes: incremental by content, resumable after a kill.

A document is first stored in the library as arriving, then embedded, then put into both indexes, and only
then made current; what is gone is let go last. Whatever a killed run left unfinished, the next one finishes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.errors import IndexDamaged, IndexMismatch
from knowledge.facts.corrections import corrected
from knowledge.files.document_reading import Unread, read_documents, with_facts
from knowledge.files.file_finding import FoundFile, find_files
from knowledge.files.file_moves import check_not_emptied, moved_files, repeated_files
from knowledge.files.file_stamps import documents_by_file, settled, stamp_of, untouched
from knowledge.keyword_index import KeywordIndex
from knowledge.library import Library
from knowledge.passage_cutting import CUTTING, cut_passages
from knowledge.policy import Document, Passage, Section
from knowledge.reader import Reader
from knowledge.reading import shown
from knowledge.sectioning import split_sections
from knowledge.terms import TERMS
from knowledge.vector_index import VectorIndex

# Passages embedded, indexed and acknowledged together: a kill costs at most the embedding of one batch.
_BATCH_PASSAGES = 256

OnProgress = Callable[[int, int], None]  # (passages indexed so far, passages to index)


def _nothing() -> None: ...


def _alone(_purpose: str) -> AbstractContextManager[None]:
    return nullcontext()


@dataclass(frozen=True, slots=True)
class Stores:
    """The library and what is built from it."""

    library: Library
    keyword_index: KeywordIndex
    vector_index: VectorIndex
    embedder: Embedder
    dictionary: ChineseDictionary
    reader: Reader
    # Where other processes share the library: brings the keyword index, which each has for itself, up to it;
    # and holds the library against others that write, for a purpose that they are told.
    catch_up: Callable[[], None] = _nothing
    writing: Callable[[str], AbstractContextManager[None]] = _alone


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one run did, in files; a file in an archive counts as one.

    `failed` holds one sentence a file that could not be read. A file that was moved or renamed counts as
    neither added nor removed. `repeated` pairs each new or changed file whose bytes stand in another file too
    with that other one. `hidden` holds one sentence for each kind of text that was left out of a new document
    because no reader sees it, `passed_over` how many files of which other formats there are, the most
    frequent first.
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    failed: tuple[str, ...]
    moved: tuple[tuple[str, str], ...] = ()  # (former path, path now)
    repeated: tuple[tuple[str, str], ...] = ()  # (path, a path that holds the same)
    hidden: tuple[str, ...] = ()
    passed_over: tuple[tuple[str, int], ...] = ()


def index_paths(
    paths: Sequence[Path], stores: Stores, on_progress: OnProgress, *, all_gone: bool = False
) -> IndexReport:
    """Make the library and both indexes hold what the files under `paths` hold now.

    Files that are gone from a named folder leave; a file that cannot be read is reported, and what was
    read from it before stays. A folder from which every document is gone, as when its disk is not mounted, is
    refused unless `all_gone` says that it is meant. Raises NothingToIndex, CatalogError, IndexMismatch or
    IndexDamaged before any change.
    """
    check_index_matches(stores)
    library = stores.library
    known = {**library.files(), **library.arriving_files()}
    found = find_files(paths, known=known)
    if not all_gone:
        check_not_emptied(found, known)
    library.record(parameters(stores.embedder.name))
    before, held = library.contents(), documents_by_file(found.files, known)
    stamps = {str(file.path): stamp_of(file) for file in found.files}
    same = untouched(stamps, library.stamps())
    arriving = library.arriving_files().keys()
    same = {path for path in same if held[path] and arriving.isdisjoint(held[path])}
    read = [file for file in found.files if str(file.path) not in same]
    taken = _take_in(read, library)
    gone = found.gone(known, taken.unread.archives)
    failed = [*taken.unread.failed.values()] + [
        f"The folder {folder} may not be looked into; give this user the right to read it. What was read "
        "from it before stays."
        for folder in found.closed
    ]
    finish_arriving(stores, on_progress)
    library.forget_files(gone)
    let_go(stores)
    after = library.contents()
    library.record_stamps(settled(read, stamps, taken.unread.failed))
    new = documents_by_file(read, after.keys() - before.keys())
    moved = moved_files(gone, before, {path: after[path] for some in new.values() for path in some})
    passed_over = taken.unread.passed_over
    passed_over.update(file.suffix.lower() or file.name for file in found.passed_over)
    return IndexReport(
        taken.counts["added"] - len(moved),
        taken.counts["changed"],
        len(gone) - len(moved),
        taken.counts["unchanged"] + sum(len(held[path]) for path in same),
        failed=tuple(failed),
        moved=moved,
        repeated=repeated_files(before, after),
        hidden=tuple(taken.hidden),
        passed_over=tuple(passed_over.most_common()),
    )


def rebuild(stores: Stores, on_progress: OnProgress) -> int:
    """Cut and index every document of the library anew, without its file; returns how many there are.

    Used after a change of embedder or of the cutting parameters, and when an index is damaged. A rebuild
    that was killed is finished by the next run. Raises IndexDamaged unless both indexes are empty.
    """
    if len(stores.keyword_index) or len(stores.vector_index):
        raise IndexDamaged("The former indexes could not be deleted; delete their folders and try again.")
    stores.library.start_over(parameters(stores.embedder.name))
    documents = len(stores.library.in_state("arriving"))
    finish_arriving(stores, on_progress)
    let_go(stores)
    return documents


def take_out(files: Iterable[str], stores: Stores) -> None:
    """Forget files, and take the documents that no other file leads to out of library and indexes.

    The files themselves stay. A run that was killed is finished by the next one, or by indexing.
    """
    stores.library.forget_files(files)
    let_go(stores)


def check_index_matches(stores: Stores) -> None:
    """Raise IndexMismatch when the index was built with another embedder or other cutting parameters.

    Raise IndexDamaged when an index holds less than the library says.
    """
    for name, wanted in parameters(stores.embedder.name).items():
        recorded = stores.library.recorded(name)
        if recorded is not None and recorded != wanted:
            remedy = "Set the former one again, or index" if name in _SETTINGS else "Index"
            reason = "is set now" if name in _SETTINGS else "is what this version works with"
            raise IndexMismatch(
                f"The index was built with {name} {recorded}, but {wanted} {reason}. {remedy} "
                "the library anew with: policy-assistant index --rebuild"
            )
    expected = stores.library.passage_count()
    for index, name in ((stores.keyword_index, "keyword"), (stores.vector_index, "vector")):
        if len(index) < expected:  # it may hold more: what a killed run put in and has not made current
            raise IndexDamaged(
                f"The {name} index holds {len(index)} of the library's {expected} passages. "
                "Rebuild it from the library with: policy-assistant index --rebuild"
            )


_SETTINGS = frozenset({"embedder"})  # of the parameters; the others change with the version


def parameters(embedder: str) -> dict[str, str]:
    """What the indexes depend on beside the library, with the embedder of that name."""
    return {"embedder": embedder, "cutting": CUTTING, "terms": TERMS}


@dataclass(slots=True)
class _Taken:
    """What became of the files of one run; see IndexReport."""

    counts: Counter[str] = field(default_factory=Counter)
    hidden: list[str] = field(default_factory=list)
    unread: Unread = field(default_factory=Unread)


def _take_in(files: Sequence[FoundFile], library: Library) -> _Taken:
    """Store what is new as arriving; one file that cannot be read costs no other."""
    before, arriving = library.files(), library.arriving_files()
    taken = _Taken()
    for read in read_documents(files, taken.unread):
        document = as_corrected(read, library)
        known = before.get(document.path)
        if known != document.id or document.path in arriving:
            take_in(document, library)
            taken.hidden += [f"{shown(document.path)}: {sentence}" for sentence in document.layout.hidden]
        taken.counts["added" if known is None else "unchanged" if known == document.id else "changed"] += 1
    return taken


def as_corrected(document: Document, library: Library) -> Document:
    """The document with what a maintainer has stated of its file as long as it holds these bytes."""
    correction = library.shelves.correction(document.path, document.sha256)
    return with_facts(document, corrected(document.facts, correction)) if correction else document


def take_in(document: Document, library: Library) -> None:
    """Store a document as arriving from its path; one that is current already is pointed to."""
    if library.state(document.id) == "current":  # the same text stands in another file already
        library.point(document.path, document.id)
    else:
        library.put(document, *cut_document(document))


def cut_document(document: Document) -> tuple[Sequence[Section], Sequence[Passage]]:
    """The sections and passages of a document."""
    sections = split_sections(document)
    return sections, [passage for section in sections for passage in cut_passages(section)]


def finish_arriving(stores: Stores, on_progress: OnProgress) -> None:
    """Index every arriving document, batch by batch, and let it be found."""
    for document_id in stores.library.uncut():
        document = stores.library.document(document_id, "arriving")
        if document is not None:
            stores.library.cut(document_id, *cut_document(document))
    total, done = stores.library.passage_count("arriving"), 0
    for batch in _batches(stores.library):
        passages = [passage for document_passages in batch.values() for passage in document_passages]
        vectors = [np.zeros((0, stores.embedder.dimensions), np.float32)]
        for first in range(0, len(passages), _BATCH_PASSAGES):
            some = passages[first : first + _BATCH_PASSAGES]
            vectors.append(stores.embedder.embed_passages([passage.search_text for passage in some]))
            done += len(some)
            on_progress(done, total)
        stores.keyword_index.replace(passages)
        stores.vector_index.replace(passages, np.concatenate(vectors))
        stores.library.make_current(batch)


def _batches(library: Library) -> Iterator[dict[str, list[Passage]]]:
    """Arriving documents with their passages; a batch ends with the document that fills it."""
    batch: dict[str, list[Passage]] = {}
    size = 0
    for document_id in library.in_state("arriving"):
        batch[document_id] = library.passages_of(document_id)
        size += len(batch[document_id])
        if size >= _BATCH_PASSAGES:
            yield batch
            batch, size = {}, 0
    if batch:
        yield batch


def let_go(stores: Stores) -> None:
    """Take every leaving document out of both indexes, then out of the library."""
    leaving = stores.library.in_state("leaving")
    if leaving:
        stores.keyword_index.replace([], gone=leaving)
        stores.vector_index.replace([], np.zeros((0, stores.embedder.dimensions), np.float32), gone=leaving)
        stores.library.remove(leaving)
