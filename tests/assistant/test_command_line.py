"""What can be typed, what help says, and how faults are told."""

import argparse
import os
import shlex
import sqlite3
import subprocess
import sys

import pytest

from assistant.command_line import main, parser
from assistant.commands import library as library_commands
from assistant.errors import AssistantError
from knowledge.errors import KnowledgeError
from tests.assistant.typed import ROOT, typed, typed_apart
from tests.command_tree import every_command

COMMANDS = every_command()


class TestHelp:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_command_has_an_example_that_can_be_typed(
        self, command: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as stopped:
            COMMANDS[command].parse_args(["--help"])
        assert stopped.value.code == 0

        (example,) = [line for line in capsys.readouterr().out.split("\n") if line.startswith("Example: ")]
        program, *words = shlex.split(example.removeprefix("Example: "))
        assert program == "policy-assistant"
        assert words[: len(command.split())] == command.split()
        below = words[len(command.split()) :]
        assert callable(COMMANDS[command].parse_args(below).run)

    @pytest.mark.parametrize("command", COMMANDS)
    def test_every_argument_is_explained(self, command: str) -> None:
        for action in COMMANDS[command]._actions:
            shown = action.help or (action.metavar == "QUESTION" and "question")
            assert shown or isinstance(action, argparse._SubParsersAction), action

    def test_help_of_the_whole_names_every_command(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as stopped:
            main(["--help"])

        told = capsys.readouterr().out
        assert stopped.value.code == 0
        assert "POLICY_ASSISTANT_HOME" in told
        for command in ("index", "library", "search", "ask", "chat"):
            assert f"\n    {command} " in told

    @pytest.mark.parametrize("words", ["--help", "ask --help", "evals gate --help"])
    def test_it_needs_nothing_heavy(self, words: str) -> None:
        heavy = {"numpy", "scipy", "sklearn", "rapidfuzz", "matplotlib", "jinja2", "pytrec_eval", "ranx"}
        heavy |= {"chromadb", "tantivy", "torch", "transformers", "onnxruntime", "gradio", "tqdm"}
        program = (
            "import sys, contextlib; from assistant.command_line import main\n"
            f"with contextlib.suppress(SystemExit): main({words.split()!r})\n"
            f"print(sorted({heavy!r} & sys.modules.keys()))\ncode = 0"
        )

        assert typed_apart(program=program).out.split("\n")[-2] == "[]"


class TestWhatCannotBeUnderstood:
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("", "COMMAND"),
            ("sing", "invalid choice: 'sing'"),
            ("ask", "QUESTION"),
            ("index ''", "a path must not be empty"),
            ("search x --limit 0", "'0' is no whole number from 1 to 100"),
            ("search x --limit -1", "'-1' is no whole number from 1 to 100"),
            ("search x --limit 1e3", "'1e3' is no whole number"),
            ("search x --limit 99999999999999999999", "is no whole number"),
            ("chat --port 0", "'0' is no whole number from 1 to 65535"),
            ("chat --port 65536", "'65536' is no whole number"),
            ("chat --port http", "'http' is no whole number"),
            ("ask x --from 2021-13", "'2021-13' is no date; write YYYY-MM-DD, YYYY-MM or YYYY"),
            ("ask x --from 2021-02-29", "is no date"),
            ("ask x --to 29.4.2021", "is no date"),
            ("ask x --to 20210429", "is no date"),
            ("ask x --to 2021-W01-1", "is no date"),
            ("ask x --to ２０２１", "is no date"),
            ("ask x --to 0000", "is no date"),
            ("ask x --language de", "invalid choice: 'de'"),
        ],
    )
    def test_it_is_named_and_the_exit_code_is_two(
        self, words: str, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as stopped:
            main(shlex.split(words))

        assert stopped.value.code == 2
        assert said in capsys.readouterr().err

    @pytest.mark.parametrize("date", ["2021", "2021-04", "2021-04-29", "2020-02-29"])
    def test_whole_and_partial_dates_are_understood(self, date: str) -> None:
        options = parser().parse_args(["ask", "x", "--from", date, "--to", date])

        assert (options.date_from, options.date_to) == (date, date)


class TestFaults:
    """The command `library` stands for any: it does what `happens` says."""

    def run(
        self,
        happens: BaseException,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> tuple[int, str]:
        def library(_options: argparse.Namespace) -> int:
            raise happens

        monkeypatch.setattr(library_commands, "listing", library)
        done = typed(capsys, "library")
        assert done.out == ""
        return done.code, done.err

    @pytest.mark.parametrize(
        ("happens", "told"),
        [
            (KnowledgeError("The file x is empty: fill it."), "The file x is empty: fill it."),
            (AssistantError("Ask something."), "Ask something."),
            (
                OSError(28, "No space", "/data/library"),
                "/data/library: No space left on device; "
                "check the path, its permissions and the free space of its disk.",
            ),
            (OSError("odd"), "odd; check permissions and free space of the data folder."),
            (
                sqlite3.OperationalError("disk I/O error"),
                "disk I/O error; check permissions and free space of the data folder.",
            ),
        ],
    )
    def test_a_known_fault_is_one_sentence(
        self,
        happens: Exception,
        told: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        assert self.run(happens, capsys, monkeypatch) == (1, f"policy-assistant: {told}\n")

    def test_an_interruption_is_no_fault(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code, told = self.run(KeyboardInterrupt(), capsys, monkeypatch)

        assert code == 130
        assert told == "policy-assistant: stopped; what was finished is kept.\n"

    def test_a_mistake_of_ours_is_not_dressed_up(
        self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(ZeroDivisionError):
            self.run(ZeroDivisionError(), capsys, monkeypatch)

    @pytest.mark.skipif(os.name == "nt", reason="there pipes end otherwise")
    def test_a_reader_who_has_seen_enough_is_no_fault(self) -> None:
        with subprocess.Popen(
            [sys.executable, "-m", "assistant.command_line", "library"],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.close()
            told = process.stderr.read()

        assert (process.returncode, told) == (1, b"")
