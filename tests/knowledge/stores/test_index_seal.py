import os
import shutil
from pathlib import Path

import pytest

from knowledge.stores.index_seal import IndexSeal
from tests.knowledge.made_documents import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An index of three files, sealed."""
    folder = tmp_path / "index"
    for name in ("one.bin", "part/two.bin", "database"):
        write(folder / name, f"content of {name}")
    seal_of(folder).renew()
    return folder


def seal_of(folder: Path) -> IndexSeal:
    return IndexSeal(folder, unsteady=lambda: {"database"})


def test_what_nobody_touched_is_whole(folder: Path) -> None:
    assert seal_of(folder).state() == "whole"
    assert seal_of(folder).state(thorough=True) == "whole"


def test_a_broken_seal_is_unknown_until_it_is_renewed(folder: Path) -> None:
    seal = seal_of(folder)
    seal.broken()
    seal.broken()
    assert seal.state() == "unknown"
    write(folder / "one.bin", "another content")
    seal.renew()
    assert seal.state() == "whole"


def test_a_file_that_is_gone_changed_or_new_is_told(folder: Path, tmp_path: Path) -> None:
    def gone(copy: Path) -> None:
        (copy / "one.bin").unlink()

    def changed(copy: Path) -> None:
        write(copy / "part" / "two.bin", "CONTENT of part/two.bin")  # as long as before

    def cut(copy: Path) -> None:
        os.truncate(copy / "one.bin", 3)

    def new(copy: Path) -> None:
        write(copy / "part" / "three.bin")

    for damage in (gone, changed, cut, new):
        copy = tmp_path / damage.__name__
        shutil.copytree(folder, copy)
        damage(copy)
        assert seal_of(copy).state() == "changed", damage.__name__


def test_a_copy_with_other_times_is_still_whole(folder: Path) -> None:
    for path in folder.rglob("*.bin"):
        os.utime(path, (1, 1))
    assert seal_of(folder).state() == "whole"


def test_an_unsteady_file_that_differs_leaves_the_state_unknown(folder: Path) -> None:
    os.utime(folder / "database", (1, 1))
    assert seal_of(folder).state() == "unknown"
    seal_of(folder).renew()
    assert seal_of(folder).state() == "whole"
    (folder / "database").unlink()
    assert seal_of(folder).state() == "unknown"


def test_only_a_thorough_look_finds_a_change_that_kept_the_time(folder: Path) -> None:
    file = folder / "one.bin"
    times = file.stat()
    write(file, file.read_text().upper())
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert seal_of(folder).state() == "whole"
    assert seal_of(folder).state(thorough=True) == "changed"


@pytest.mark.parametrize("content", ["", "?", "[]", '{"one.bin": 7}'])
def test_a_seal_that_cannot_be_read_counts_as_broken(folder: Path, content: str) -> None:
    write(folder / "seal.json", content)
    assert seal_of(folder).state() == "unknown"


def test_locks_do_not_count(folder: Path) -> None:
    write(folder / ".writer.lock", "")
    assert seal_of(folder).state() == "whole"
