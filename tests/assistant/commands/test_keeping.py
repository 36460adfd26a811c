"""The commands that keep the library, on the seed, with the real parts."""

import json
import shutil
from pathlib import Path

import pytest

from assistant.commands.document_record import as_lines, as_markdown, as_record
from knowledge.policy import Document, DocumentFacts, Layout, Section
from tests.assistant.small_documents import ENVIRONMENT, SEED, SEED_TEXT
from tests.assistant.typed import typed

Capture = pytest.CaptureFixture[str]
QUESTION = "How should a favorable environment for service imports be created?"


def only_id(capsys: Capture) -> str:
    return typed(capsys, "library").out.split()[0]


@pytest.mark.usefixtures("seed_home")
class TestShow:
    def test_what_is_known_of_a_document_is_listed(self, capsys: Capture) -> None:
        shown = typed(capsys, "library", "show", only_id(capsys)).out
        assert f"file: {SEED.resolve()}" in shown
        assert "issuer: State Council" in shown
        assert "3,600 characters" in shown

    def test_an_unknown_document_is_named(self, capsys: Capture) -> None:
        assert (
            typed(capsys, "library", "show", "nobody").complaint().startswith("There is no document nobody")
        )


@pytest.mark.usefixtures("seed_home")
class TestRemove:
    def test_a_document_is_found_no_more_and_its_file_brings_it_back(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        file = tmp_path / "rule.txt"
        file.write_text("Firms keep each contract for five years.\n")
        typed(capsys, "index", str(file))

        done = typed(capsys, "library", "remove", str(file))

        assert done.code == 0
        assert done.out.startswith(f"removed: {file}; the file is still there and comes back")
        assert "five years" not in typed(capsys, "search", "How long do firms keep a contract?").out
        assert typed(capsys, "library", "doctor").out == "nothing is wrong\n"
        assert typed(capsys, "index", str(file)).out.startswith("1 added")
        assert "five years" in typed(capsys, "search", "How long do firms keep a contract?").out

    def test_ids_and_folders_can_be_named_and_an_unknown_one_changes_nothing(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        (tmp_path / "folder").mkdir()
        for name in ("a", "b"):
            (tmp_path / "folder" / f"{name}.txt").write_text(f"Words of {name}.\n")
        seed = only_id(capsys)
        typed(capsys, "index", str(tmp_path / "folder"))

        refused = typed(capsys, "library", "remove", seed, str(tmp_path / "nowhere"))
        assert "nowhere" in refused.complaint()
        assert typed(capsys, "library").out.endswith("3 documents\n")
        shutil.rmtree(tmp_path / "folder")
        removed = typed(capsys, "library", "remove", seed, str(tmp_path / "folder")).out.splitlines()
        assert sorted(removed) == sorted(
            [
                f"removed: {SEED.resolve()}; the file is still there and comes back when its folder is "
                "indexed",
                f"removed: {tmp_path}/folder/a.txt",
                f"removed: {tmp_path}/folder/b.txt",
            ]
        )
        assert typed(capsys, "library").out == "0 documents\n"


@pytest.mark.usefixtures("seed_home")
class TestExport:
    def test_the_stored_text_comes_out_unchanged(self, tmp_path: Path, capsys: Capture) -> None:
        seed = only_id(capsys)

        assert typed(capsys, "library", "export", "--all", str(tmp_path / "out")).code == 0
        assert typed(capsys, "library", "export", seed, str(tmp_path / "out"), "--json").code == 0

        exported = (tmp_path / "out" / f"{seed}.md").read_bytes().decode()
        assert exported.startswith("---\ntitle: ")
        assert exported.endswith(f"\n---\n{SEED_TEXT}")
        record = json.loads((tmp_path / "out" / f"{seed}.json").read_text("utf-8"))
        assert (record["text"], record["files"]) == (SEED_TEXT, [str(SEED.resolve())])
        assert ENVIRONMENT in record["text"]
        assert all(0 <= part["start"] < part["end"] <= len(SEED_TEXT) for part in record["sections"])

    def test_neither_all_nor_any_is_named(self, tmp_path: Path, capsys: Capture) -> None:
        assert "export --all DIR" in typed(capsys, "library", "export", str(tmp_path)).complaint()
        unknown = typed(capsys, "library", "export", "../../etc/passwd", str(tmp_path / "out"))
        assert unknown.complaint().startswith("There is no document ../../etc/passwd")
        assert not (tmp_path / "out").exists()


class TestBackup:
    def test_a_backup_answers_in_another_folder(
        self, seed_home: Path, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = str(tmp_path / "policies.zip")
        assert typed(capsys, "library", "backup", file).out == f"1 document backed up in {file}\n"
        assert "is there already" in typed(capsys, "library", "backup", file).complaint()
        assert "has a library already" in typed(capsys, "library", "restore", file).complaint()

        other = tmp_path / "other"
        shutil.copytree(seed_home / "cache", other / "cache")  # only saves the test's time
        monkeypatch.setenv("POLICY_ASSISTANT_HOME", str(other))
        assert typed(capsys, "library", "restore", file).out.endswith("1 document indexed anew\n")
        assert ENVIRONMENT in typed(capsys, "ask", QUESTION).out
        assert typed(capsys, "library", "doctor").out == "nothing is wrong\n"


class TestDoctor:
    def test_findings_are_listed_and_the_remedy_works(self, seed_home: Path, capsys: Capture) -> None:
        store = next((seed_home / "keyword").glob("*.store"))
        store.write_bytes(store.read_bytes()[:10])

        asked = typed(capsys, "ask", QUESTION).complaint()
        assert "policy-assistant index --rebuild" in asked
        found = typed(capsys, "library", "doctor")
        assert found.code == 1
        assert found.out.splitlines()[-1] == "2 found"
        assert "keyword index" in found.out
        assert typed(capsys, "index", "--rebuild").code == 0
        assert typed(capsys, "library", "doctor").out == "nothing is wrong\n"


@pytest.mark.usefixtures("seed_home")
def test_documents_that_say_the_same_are_listed(tmp_path: Path, capsys: Capture) -> None:
    words = " ".join(f"word{number}" for number in range(100))
    for name, text in (("a.txt", words), ("b.txt", words), ("c.md", f"# A title\n\n{words} more")):
        (tmp_path / name).write_text(text)
    typed(capsys, "index", str(tmp_path))

    lines = typed(capsys, "library", "duplicates").out.splitlines()

    assert lines[0] == f"same bytes: {tmp_path}/b.txt = {tmp_path}/a.txt"
    assert lines[1].startswith("100% alike: ")  # their titles are their names, so they are two documents
    assert [line[:10] for line in lines[2:-1]] == ["97% alike:"] * 2
    assert lines[-1] == "1 files repeat another, 3 pairs of documents are alike"


def small_document() -> Document:
    facts = DocumentFacts(
        "Rules", issuer="Council", number="No. 7", repeals=("Old rules",), found=("number",)
    )
    layout = Layout(pages=(0, 5), hidden=("White text on page 2 was left out.",))
    return Document("d1", facts, "Some\nwords: all.", "en", "ab12", "/d/rules.pdf", layout)


def test_facts_files_hidden_text_and_the_outline_are_told() -> None:
    document = small_document()
    paths = [("Part 1",), ("Part 1", "Article 1"), ("Part 1", "Article 2"), ("Part 2", "Article 1")]
    sections = [Section(document, n, path, n, n + 1) for n, path in enumerate(paths)]

    assert as_lines(document, sections, ["/d/rules.pdf"], 4) == [
        "d1  Rules",
        "  issuer: Council",
        "  language: en",
        "  number: No. 7 (found in the text)",
        "  repeals: Old rules",
        "  file: /d/rules.pdf",
        "  bytes: sha256 ab12",
        "  size: 16 characters, 4 sections, 4 passages, 2 pages",
        "  left out because no reader sees it: White text on page 2 was left out.",
        "    Part 1",
        "      Article 1",
        "      Article 2",
        "    Part 2",
        "      Article 1",
    ]


def test_the_record_and_the_front_matter_hold_what_is_known() -> None:
    document = small_document()

    record = as_record(document, [Section(document, 0, ("Part 1",), 0, 4)], ["/d/rules.pdf"])
    assert json.loads(json.dumps(record))["facts"] == {
        "title": "Rules",
        "issuer": "Council",
        "number": "No. 7",
        "repeals": ["Old rules"],
        "found": ["number"],
    }
    assert record["sections"] == [{"heading_path": ["Part 1"], "start": 0, "end": 4}]
    assert as_markdown(document, ["/d/rules.pdf"]) == (
        '---\ntitle: "Rules"\nissuer: "Council"\nlanguage: "en"\nnumber: "No. 7"\nrepeals: ["Old rules"]\n'
        'found: ["number"]\nid: "d1"\nsha256: "ab12"\nfiles: ["/d/rules.pdf"]\n---\nSome\nwords: all.'
    )
