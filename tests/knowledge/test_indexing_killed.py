import re
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pytest

from knowledge.dictionary import ChineseDictionary
from knowledge.errors import IndexDamaged, KnowledgeError
from knowledge.indexing import Stores, rebuild
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.killed_runs import Killer, Run
from tests.knowledge.made_documents import write
from tests.knowledge.opened_stores import assert_at_rest, index, opened_stores, search

Kind = Literal["first", "update", "rebuild"]
KINDS: tuple[Kind, ...] = ("first", "update", "rebuild")
MOMENTS = 8  # spread over the whole length of a run, opening the stores included
QUESTION = "every paragraph of these rules speaks of customs"


def text_of(name: str, version: int, paragraphs: int) -> str:
    """Articles that each hold the words of the question, a passage each."""
    articles = (f"\n## Article {n}\n\n{QUESTION} {name} version{version} {n}\n" for n in range(paragraphs))
    return f"# Rules of {name}\n" + "".join(articles)


BEFORE = {
    "changed.md": text_of("changed", 1, 4),
    "moved.md": text_of("moved", 1, 1),
    "kept.md": text_of("kept", 1, 1),
    "renamed.md": text_of("renamed", 1, 1),
    "shrunk.md": text_of("shrunk", 1, 3),
}
AFTER = {
    "moved here.md": text_of("moved", 2, 2),
    "changed.md": text_of("changed", 2, 3),
    "kept.md": BEFORE["kept.md"],
    "new name.md": BEFORE["renamed.md"],
    "shrunk.md": text_of("shrunk", 2, 1),
}
# Of each pair one is found at every moment of an update, old or new, and not both if they are of one file.
OF_ONE_FILE = [(BEFORE[name], AFTER[name]) for name in ("changed.md", "shrunk.md", "kept.md")]
MOVED = [(BEFORE["renamed.md"], AFTER["new name.md"]), (BEFORE["moved.md"], AFTER["moved here.md"])]


@dataclass(frozen=True)
class Prepared:
    """A run of each kind that can be made again and again, and how long it is when nobody kills it."""

    killer: Killer
    homes: dict[Kind, Path]  # the data folder before the run
    run: Run
    moments: dict[Kind, int]
    seconds: dict[Kind, float]
    passages: dict[str, list[str]]  # path -> ids, after a run into an empty data folder

    def start(self, kind: Kind, home: Path) -> Run:
        """The run of a kind, in a copy of its data folder."""
        if self.homes[kind].exists():
            shutil.copytree(self.homes[kind], home)
        return replace(self.run, home=home, task="rebuild" if kind == "rebuild" else "index")


def lay_out(folder: Path, files: dict[str, str]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in files.items():
        write(folder / name, text)
    return folder


def current_ids(stores: Stores) -> list[str]:
    return [p.id for id_ in stores.library.in_state("current") for p in stores.library.passages_of(id_)]


def passages_by_path(stores: Stores) -> dict[str, list[str]]:
    library = stores.library
    return {path: [p.id for p in library.passages_of(id_)] for path, id_ in library.files().items()}


@pytest.fixture(scope="module")
def prepared(
    tmp_path_factory: pytest.TempPathFactory, dictionary_cache: Path, dictionary: ChineseDictionary
) -> Iterator[Prepared]:
    folder = tmp_path_factory.mktemp("killed")
    homes: dict[Kind, Path] = {kind: folder / kind for kind in KINDS}
    documents = lay_out(folder / "documents", BEFORE)
    run = Run(homes["update"], documents, dictionary_cache)
    with closing(Killer()) as killer:
        assert killer.run(run)
        lay_out(documents, AFTER)
        assert killer.run(replace(run, home=homes["rebuild"]))
        with opened_stores(homes["rebuild"], BagOfTermsEmbedder(), dictionary) as stores:
            passages = passages_by_path(stores)
        prepared = Prepared(killer, homes, run, {}, {}, passages)
        for kind in KINDS:
            undisturbed = prepared.start(kind, folder / f"{kind} undisturbed")
            start = time.monotonic()
            moments = killer.run(undisturbed)
            prepared.seconds[kind] = time.monotonic() - start
            assert isinstance(moments, int)
            prepared.moments[kind] = moments
        yield prepared


def assert_nothing_is_half_there(stores: Stores, kind: Kind) -> None:
    """Every document that search finds is found whole, once, and is an old or a new one."""
    found = search(stores)(QUESTION, limit=100)
    assert len({hit.passage.id for hit in found}) == len(found)
    assert all(hit.found_by >= {"keywords", "meaning"} for hit in found)
    assert sorted(hit.passage.id for hit in found) == sorted(current_ids(stores))
    texts = [document.text for document in stores.library.documents()]
    assert set(texts) <= {*BEFORE.values(), *AFTER.values()}
    assert len(set(texts)) == len(texts)
    if kind == "update":
        assert all(len({old, new}.intersection(texts)) == 1 for old, new in OF_ONE_FILE)
        assert all({old, new}.intersection(texts) for old, new in MOVED)


def assert_finished(prepared: Prepared, stores: Stores) -> None:
    documents = prepared.run.documents
    assert assert_at_rest(stores) == {str(documents / name): text for name, text in AFTER.items()}
    assert passages_by_path(stores) == prepared.passages


def check_and_finish(prepared: Prepared, kind: Kind, home: Path, dictionary: ChineseDictionary) -> None:
    """Look at what was left, then do as a user does: the command again, or the one that its message names."""
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        indexes_are_whole = min(len(stores.keyword_index), len(stores.vector_index)) >= len(
            current_ids(stores)
        )
        if indexes_are_whole:
            assert_nothing_is_half_there(stores, kind)
            index(stores, prepared.run.documents)
            assert_finished(prepared, stores)
            return
        assert kind == "rebuild"  # killed when the indexes were thrown away and nothing was begun
        with pytest.raises(IndexDamaged, match="policy-assistant index --rebuild"):
            index(stores, prepared.run.documents)
    with opened_stores(home, BagOfTermsEmbedder(), dictionary, fresh_indexes=True) as stores:
        assert rebuild(stores, lambda _done, _total: None) == len(AFTER)
        assert_finished(prepared, stores)


@pytest.mark.parametrize("part", range(MOMENTS))
@pytest.mark.parametrize("kind", KINDS)
def test_a_run_killed_between_two_steps_is_finished_by_the_next(
    prepared: Prepared, kind: Kind, part: int, home: Path, dictionary: ChineseDictionary
) -> None:
    moment = 1 + part * (prepared.moments[kind] - 1) // (MOMENTS - 1)
    run = replace(prepared.start(kind, home), moment=moment)
    assert prepared.killer.run(run) is None
    check_and_finish(prepared, kind, home, dictionary)


@pytest.mark.parametrize("part", range(1, 5))
@pytest.mark.parametrize("kind", KINDS)
def test_a_run_killed_at_any_time_is_finished_by_the_next(
    prepared: Prepared, kind: Kind, part: int, home: Path, dictionary: ChineseDictionary
) -> None:
    run = replace(prepared.start(kind, home), seconds=prepared.seconds[kind] * part / 5)
    prepared.killer.run(run)  # in the midst of what SQLite, tantivy or Chroma are doing
    check_and_finish(prepared, kind, home, dictionary)


@pytest.mark.parametrize("largest_file", [1_000, 60_000, 150_000])
@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_named_and_the_run_is_finished_when_there_is_room(
    prepared: Prepared, kind: Kind, largest_file: int, home: Path, dictionary: ChineseDictionary
) -> None:
    run = replace(prepared.start(kind, home), largest_file=largest_file)
    error = prepared.killer.run(run)
    assert isinstance(error, KnowledgeError)
    assert re.search("[Ff]ree space", str(error))
    assert str(home) in str(error)
    check_and_finish(prepared, kind, home, dictionary)


def test_a_run_that_is_killed_again_and_again_is_finished_at_last(
    prepared: Prepared, home: Path, dictionary: ChineseDictionary
) -> None:
    run = prepared.start("update", home)
    for part in range(2, 8):
        killed = replace(run, moment=prepared.moments["update"] * part // 8)
        assert prepared.killer.run(killed) is None or part > 5
    check_and_finish(prepared, "update", home, dictionary)
