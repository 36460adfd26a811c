"""Each command on the seed, with the real parts."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from assistant.command_line import main
from knowledge.data_folder import hold_data_folder
from tests.assistant.small_documents import ENVIRONMENT, SEED, SEED_TEXT, SEEDS
from tests.assistant.typed import typed, typed_apart

IMPORTS = "How should a favorable environment for service imports be created?"
IMPORTS_ZH = "服务进口的良好环境应当如何营造？"
NOWHERE = "What is the capital of Mongolia?"
TITLE = "Accelerating the Innovative Development of Service Trade"

Capture = pytest.CaptureFixture[str]


class TestIndex:
    @pytest.mark.usefixtures("seed_home")
    def test_an_unchanged_folder_costs_nothing_and_changes_are_counted(
        self, tmp_path: Path, capsys: Capture
    ) -> None:
        folder = tmp_path / "documents"
        folder.mkdir()
        rule, fee = folder / "rule.txt", folder / "fee.md"
        rule.write_text("Firms keep each contract for five years.\n")
        fee.write_text("# Fees\n\nA paper certificate costs 20 yuan.\n")
        counts = "{} added, {} changed, {} removed, 0 moved, {} unchanged, 0 failed\n"

        assert typed(capsys, "index", str(folder)).out == counts.format(2, 0, 0, 0)
        assert typed(capsys, "index", str(folder), str(SEEDS)).out == counts.format(0, 0, 0, 3)
        rule.write_text("Firms keep each contract for ten years.\n")
        fee.unlink()
        changed = typed(capsys, "index", str(folder)).out
        assert changed.startswith(counts.format(0, 1, 1, 0))
        assert "evals cases check" in changed
        shown = typed(capsys, "search", "How long do firms keep a contract?").out
        assert "ten years" in shown
        assert "five years" not in shown
        assert "20 yuan" not in shown

    def test_the_library_can_be_indexed_anew_from_its_own_texts(
        self, seed_home: Path, capsys: Capture
    ) -> None:
        shutil.rmtree(seed_home / "vectors")

        done = typed(capsys, "index", "--rebuild")

        assert (done.code, done.out) == (0, "1 document indexed anew\n")
        assert ENVIRONMENT in typed(capsys, "ask", IMPORTS).out

    def test_without_a_path_it_says_what_to_name(self, home: Path, capsys: Capture) -> None:
        assert typed(capsys, "index").complaint() == (
            "Name a document or a folder: policy-assistant index PATH"
        )
        assert not home.exists()


class TestLibrary:
    @pytest.mark.usefixtures("seed_home")
    def test_each_document_is_listed_with_what_is_known_of_it(self, capsys: Capture) -> None:
        first, second, last = typed(capsys, "library").out.splitlines()

        assert TITLE in first
        assert first.endswith(", --08-26, en)")
        assert second.strip() == str(SEED.resolve())
        assert last == "1 document"

    def test_an_empty_library_is_no_fault(self, capsys: Capture) -> None:
        assert typed(capsys, "library").out == "0 documents\n"


@pytest.mark.usefixtures("seed_home")
class TestSearch:
    def test_passages_are_shown_best_first_with_their_place(self, capsys: Capture) -> None:
        shown = typed(capsys, "search", "negative list", "--limit", "2").out

        first, second = shown.split("\n2. ")
        assert first.startswith(f"1. {TITLE}")
        assert "by keywords and meaning)" in first.splitlines()[0]
        assert "negative list" in first
        assert "\n3. " not in second

    def test_a_filter_that_no_document_passes_is_said(self, capsys: Capture) -> None:
        for name, value in (("--language", "zh"), ("--document", "0" * 16), ("--from", "1900")):
            for command in ("search", "ask"):
                said = typed(capsys, command, IMPORTS, name, value).complaint()
                assert said.startswith("No document of the library passes these filters")


@pytest.mark.usefixtures("seed_home")
class TestAsk:
    @pytest.mark.parametrize("question", [IMPORTS, IMPORTS_ZH])
    def test_the_answer_is_quoted_with_marks_and_sources(self, capsys: Capture, question: str) -> None:
        done = typed(capsys, "ask", question)

        assert (done.code, done.err) == (0, "")
        assert f"  {ENVIRONMENT} [" in done.out
        assert f"[1] {TITLE}" in done.out

    def test_what_is_not_in_the_documents_is_declined_without_being_a_fault(self, capsys: Capture) -> None:
        done = typed(capsys, "ask", NOWHERE)

        assert (done.code, done.err) == (0, "")
        assert done.out.startswith("The documents at hand do not answer this question")
        assert "You may look at:" in done.out

    def test_json_holds_offsets_into_the_stored_text(self, capsys: Capture) -> None:
        answer = json.loads(typed(capsys, "ask", "--json", IMPORTS_ZH, "--language", "en").out)

        assert answer["outcome"] == "answered"
        assert answer["question"] == IMPORTS_ZH
        assert ENVIRONMENT in [sentence["text"] for sentence in answer["sentences"]]
        for sentence in answer["sentences"]:
            for citation in sentence["citations"]:
                assert SEED_TEXT[citation["start"] : citation["end"]] == citation["quote"]


class TestApart:
    """In processes of their own, which cannot reach the network."""

    @pytest.mark.usefixtures("seed_home")
    def test_every_command_that_ends_by_itself(self) -> None:
        indexed = typed_apart("index", str(SEEDS))
        answered = typed_apart("ask", IMPORTS_ZH)
        declined = typed_apart("ask", "--json", NOWHERE)

        assert (indexed.code, indexed.out.split(",")[0], indexed.err) == (0, "0 added", "")
        assert (answered.code, answered.err) == (0, "")
        assert ENVIRONMENT in answered.out
        assert (declined.code, json.loads(declined.out)["outcome"]) == (0, "not_in_documents")
        assert TITLE in typed_apart("library").out
        assert "negative list" in typed_apart("search", "negative list").out

    @pytest.mark.usefixtures("seed_home")
    def test_a_cold_question_loads_nothing_heavy(self) -> None:
        program = (
            "import sys; from assistant.command_line import main; code = main(sys.argv[1:]);"
            " print(sorted({'torch', 'transformers', 'sentence_transformers', 'gradio', 'langchain',"
            " 'langchain_core', 'sklearn', 'scipy', 'fastapi', 'mcp', 'prometheus_client'}"
            " & set(sys.modules)))"
        )

        done = typed_apart("ask", IMPORTS, program=program)

        assert ENVIRONMENT in done.out
        assert done.out.splitlines()[-1] == "[]"

    @pytest.mark.usefixtures("seed_home")
    def test_output_is_utf_8_wherever_it_goes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PYTHONIOENCODING", "ascii")
        monkeypatch.setenv("LC_ALL", "C")

        done = typed_apart("ask", IMPORTS_ZH)

        assert done.code == 0
        assert "所询事项" in done.out

    def test_a_busy_data_folder_is_named_with_its_holder(self, seed_home: Path) -> None:
        with hold_data_folder(seed_home, "chat"):
            said = typed_apart("ask", IMPORTS).complaint()

        assert str(seed_home) in said
        assert f"`policy-assistant chat` (process {os.getpid()}" in said
        assert "Stop that process first" in said


def test_it_can_be_started_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr(sys, "argv", ["policy-assistant", "library"])

    assert main() == 0
    assert capsys.readouterr().out == "0 documents\n"
