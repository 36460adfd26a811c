"""Looks for whatever can be wrong with a data folder, and names each fault with what to do about it.

It changes nothing. Indexes are looked into from another process (see `index_probe`), so that nothing that is
found there can end this one.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

from knowledge.data_folder import DataFolder
from knowledge.errors import KnowledgeError
from knowledge.library import Library
from knowledge.stores.index_probe import Kind, probe, seal_of

REBUILD = "policy-assistant index --rebuild"
_LEAST_SPACE = 200_000_000  # bytes: Chroma writes its files anew when it has 1,000 new passages
_SHOWN = 3  # names given of many


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence that names what is wrong, where, and the remedy."""

    sentence: str


def examine(folder: DataFolder, parameters: Mapping[str, str]) -> list[Finding]:
    """Everything that is wrong with a held data folder; empty when all is well.

    `parameters` are those the software works with now (embedder, cutting, …), to be compared with those that
    the indexes were built with. Takes seconds for each 10,000 passages.
    """
    sentences = places_faults(folder.path)
    broken = [*_databases(folder)]
    if broken or not folder.library.exists():
        return [Finding(sentence) for sentence in (*sentences, *broken)]
    try:
        with closing(Library(folder.library)) as library:
            sentences += [*unfinished(library), *contents_faults(library), *mismatches(library, parameters)]
            for kind, place in (("keyword", folder.keyword), ("vector", folder.vectors)):
                sentences += _index(kind, place, library)  # type: ignore[arg-type]  # of a tuple's literals
    except KnowledgeError as error:
        sentences.append(str(error))
    return [Finding(sentence) for sentence in sentences]


def glance(folder: DataFolder, parameters: Mapping[str, str]) -> tuple[int, list[Finding]]:
    """How many documents a held data folder has, and what is wrong with it as far as milliseconds show.

    No index is opened, and of the library only what it keeps about itself is read.
    """
    sentences: list[str] = []
    with closing(Library(folder.library)) as library:
        sentences += [*unfinished(library), *mismatches(library, parameters)]
        for kind, place in (("keyword", folder.keyword), ("vector", folder.vectors)):
            if library.passage_count() and not place.is_dir():
                sentences.append(f"The {kind} index {place} is gone; rebuild it with: {REBUILD}")
            elif seal_of(kind, place).state() == "changed":  # type: ignore[arg-type]  # of a tuple's literals
                sentences.append(
                    f"Files of the {kind} index in {place} were changed by something other than Policy "
                    f"Assistant; rebuild it with: {REBUILD}"
                )
        return len(library.entries()), [Finding(sentence) for sentence in sentences]


def places_faults(path: Path) -> list[str]:
    """What is wrong with the files of a data folder as such, and what lies there for nothing."""
    return [*_access(path), *_leftovers(path)]


def _access(path: Path) -> Iterator[str]:
    for place in (path, *path.rglob("*")):
        if place.is_symlink() or place.name == "lock":
            continue
        wanted = os.R_OK | os.W_OK | (os.X_OK if place.is_dir() else 0)
        if not os.access(place, wanted, effective_ids=os.access in os.supports_effective_ids):
            yield f"{place} may not be read and written by this user; give the rights back with chmod."
    free = shutil.disk_usage(path).free
    if free < _LEAST_SPACE:
        yield f"The disk of {path} has only {free // 1_000_000} MB left; free space before indexing more."


def _leftovers(path: Path) -> Iterator[str]:
    """What a killed backup or restore left; nothing reads it."""
    for place in sorted([*path.glob("backup-*"), *path.glob("restore-*")]):
        yield f"{place} was left by a run that was killed and takes space for nothing; delete it."


def _databases(folder: DataFolder) -> Iterator[str]:
    remedy = "bring a backup back with policy-assistant library restore, or move it away and index anew"
    for path in sorted(folder.path.glob("*.sqlite")):
        for fault in _faults(path):
            yield f"{path} is damaged ({fault}): {remedy}."
    for path in sorted(folder.cache.glob("*.sqlite")):
        for fault in _faults(path):
            yield f"The cache {path} is damaged ({fault}): delete it, it only saves time."


def _faults(path: Path) -> list[str]:
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as database:
            answers = [str(row[0]) for row in database.execute("PRAGMA integrity_check(1)")]
            strays = database.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        return [str(error)]
    faults = [" ".join(answer.split()) for answer in answers if answer != "ok"]
    return faults + [f"{len(strays)} rows belong to no document"] * bool(strays)


def unfinished(library: Library) -> Iterator[str]:
    """What a killed index run has left to do."""
    arriving, leaving = len(library.in_state("arriving")), len(library.in_state("leaving"))
    if arriving:
        yield (
            f"An index run did not finish: {_documents(arriving)} cannot be found yet. Finish it with: "
            "policy-assistant index PATH"
        )
    if leaving:
        yield (
            f"An index run did not finish: {_documents(leaving)} that nothing leads to any more wait to be "
            "taken out. Finish it with: policy-assistant index PATH"
        )


def contents_faults(library: Library) -> Iterator[str]:
    """Documents whose sections and passages do not fit their text, or that no file leads to."""
    files = set(library.files().values())
    for entry in library.entries():
        document = library.document(entry.id)
        length = len(document.text) if document else 0
        stretches = [(section.start, section.end) for section in library.sections(entry.id)]
        stretches += [(passage.start, passage.end) for passage in library.passages_of(entry.id)]
        if any(not 0 <= start < end <= length for start, end in stretches):
            yield f"Passages of {entry.id} do not lie within its text; cut the library anew with: {REBUILD}"
        if entry.id not in files:
            yield (
                f"No file leads to {entry.id} ({entry.facts.title}), so no run would change it; let it go "
                f"with: {REBUILD}"
            )


def mismatches(library: Library, parameters: Mapping[str, str]) -> Iterator[str]:
    """Where what the indexes were built with is not what the software works with."""
    for name, wanted in parameters.items():
        recorded = library.recorded(name)
        if recorded not in (None, wanted):
            yield (
                f"The indexes were built with {name} {recorded}, but {wanted} is used now; set the former "
                f"one again, or index the library anew with: {REBUILD}"
            )


def _index(kind: Kind, place: Path, library: Library) -> Iterator[str]:
    if not place.is_dir():
        if library.passage_count():
            yield f"The {kind} index {place} is gone; rebuild it from the library with: {REBUILD}"
        return
    state = seal_of(kind, place).state(thorough=True)
    if state == "changed":
        yield (
            f"Files of the {kind} index in {place} were changed or deleted by something other than Policy "
            f"Assistant; rebuild it from the library with: {REBUILD}"
        )
    try:
        found = probe(kind, place)
    except KnowledgeError as error:
        yield str(error)
        return
    yield from held_faults(kind, library, found.ids, found.unreachable, found.spoilt)


def held_faults(
    kind: str, library: Library, held: Sequence[str], unreachable: Sequence[str], spoilt: Sequence[str]
) -> Iterator[str]:
    """Where an index that holds these passages, in order, does not agree with the library."""
    of_state = {state: _passage_ids(library, state) for state in ("current", "arriving", "leaving")}
    known = set().union(*of_state.values())
    for what, ids in (
        ("does not hold", of_state["current"] - set(held)),
        ("lists but does not find", set(unreachable)),
        ("lists with a spoilt vector", set(spoilt)),
        ("holds, though the library has them not,", set(held) - known),
        ("holds twice", {id_ for one, id_ in pairwise(held) if one == id_}),
    ):
        if ids:
            yield (
                f"The {kind} index {what} {len(ids)} passages ({_some(ids)}); rebuild it from the "
                f"library with: {REBUILD}"
            )


def _passage_ids(library: Library, state: str) -> set[str]:
    documents = library.in_state(state)  # type: ignore[arg-type]  # one of the three
    return {passage.id for document in documents for passage in library.passages_of(document)}


def _some(ids: set[str]) -> str:
    shown = ", ".join(sorted(ids)[:_SHOWN])
    return shown if len(ids) <= _SHOWN else f"{shown}, …"


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"
