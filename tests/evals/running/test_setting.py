import subprocess
from pathlib import Path

import pytest

from evals.running.setting import commit_of, documents, machine, models, packages


def git(folder: Path, *words: str) -> str:
    settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(
        ["git", *settings, *words], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_commit_is_named_with_a_word_on_changes(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert commit_of(tmp_path) is None
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    commit = git(tmp_path, "rev-parse", "HEAD")
    assert commit_of(tmp_path) == commit
    (tmp_path / "new.txt").write_text("new", encoding="utf-8")
    assert commit_of(tmp_path) == f"{commit}+changes"


def test_without_git_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(tmp_path) is None


def test_machine_versions_and_models_are_named() -> None:
    found = machine()
    assert found["cpu_count"]
    assert found["python"]
    assert packages()["numpy"]
    known = models("small (0123456789ab)")
    assert known["embedder"] == "small (0123456789ab)"
    assert len(str(known["evidence_weights.json"])) == 64


def test_documents_are_named_by_the_hash_of_each_stored_text() -> None:
    # sha256 of "abc", FIPS 180-2 appendix B.1.
    abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    found = documents({"b.txt": ("abc", "abd"), "a.txt": ("abc",)})
    assert list(found) == ["a.txt", "b.txt"]
    assert found["a.txt"] == [abc]
    assert found["b.txt"][0] == abc
    assert found["b.txt"][1] != abc
