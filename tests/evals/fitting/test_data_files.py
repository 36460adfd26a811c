"""Hashes of what a fit read."""

import hashlib
from pathlib import Path

from evals.fitting.data_files import absent, data_sha256


def test_a_file_has_the_hash_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"abc")

    # FIPS 180-2, appendix B.1
    assert data_sha256(tmp_path, ["a.json"]) == {
        "a.json": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }


def test_a_folder_has_one_hash_over_names_and_contents_of_its_markdown_files(tmp_path: Path) -> None:
    laws = tmp_path / "laws" / "in"
    laws.mkdir(parents=True)
    (laws / "b.md").write_bytes(b"two")
    (laws.parent / "a.md").write_bytes(b"one")
    (laws / "notes.txt").write_bytes(b"left out")

    expected = hashlib.sha256(b"a.mdone" + b"in/b.mdtwo").hexdigest()
    assert data_sha256(tmp_path, ["laws"]) == {"laws": expected}

    (laws / "b.md").rename(laws / "c.md")
    assert data_sha256(tmp_path, ["laws"]) != {"laws": expected}


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "laws").mkdir()

    assert absent(tmp_path, ["laws", "x/y.json"]) == ["x/y.json"]
