"""R3: a second process on the same folder, reading, writing or starting at the same time, 20 tries."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledge.data_folder import hold_data_folder
from knowledge.dictionary import ChineseDictionary
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.made_documents import write
from tests.knowledge.opened_stores import assert_at_rest, index, opened_stores

pytestmark = pytest.mark.torture

ROOT = Path(__file__).parents[2]
TRIES = 20
_MOST_SECONDS = 2.0
# Prints when it asks for the folder, so that what Python takes to start does not count as waiting.
_SECOND = """
import sys, time
from pathlib import Path
from knowledge.data_folder import hold_data_folder
from knowledge.errors import DataFolderBusy
since = time.monotonic()
try:
    with hold_data_folder(Path(sys.argv[1]), sys.argv[2]):
        time.sleep(float(sys.argv[3]))
        print("held")
except DataFolderBusy as error:
    print(time.monotonic() - since, error)
"""


def start(home: Path, purpose: str, seconds: float = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _SECOND, str(home), purpose, str(seconds)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def said(process: subprocess.Popen[str]) -> str:
    out, _err = process.communicate(timeout=60)
    return out.strip()


def test_a_second_process_is_refused_in_time_and_told_by_whom(
    home: Path, documents: Path, dictionary: ChineseDictionary
) -> None:
    slowest = 0.0
    write(documents / "0.md", "# Rules\n\nWords of version 0.\n")
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, documents)
        for number in range(TRIES):
            waiting = start(home, "index" if number % 2 else "ask")
            write(documents / f"{number}.md", f"# Rules\n\nWords of version {number}.\n")
            index(stores, documents)  # the holder goes on working meanwhile
            seconds, _, message = said(waiting).partition(" ")
            slowest = max(slowest, float(seconds))
            assert f"{home} is in use by `policy-assistant test` (process " in message
            assert_at_rest(stores)
    print(f"\nR3: {TRIES} refused, slowest {slowest:.2f} s")  # noqa: T201
    assert slowest <= _MOST_SECONDS


def test_of_two_that_start_at_once_in_a_new_folder_one_has_it(tmp_path: Path) -> None:
    for number in range(TRIES):
        home = tmp_path / str(number)
        answers = [said(process) for process in [start(home, "index", 2.5), start(home, "chat", 2.5)]]
        assert sorted(answer == "held" for answer in answers) == [False, True]
        (refused,) = (answer for answer in answers if answer != "held")
        assert "is in use by" in refused
        with hold_data_folder(home, "afterwards"):
            pass


def test_the_command_itself_is_refused(home: Path) -> None:
    with hold_data_folder(home, "chat"):
        for command in (["library"], ["index", "seeds"], ["ask", "What?"], ["library", "doctor"]):
            since = time.monotonic()
            done = subprocess.run(
                [sys.executable, "-m", "assistant.command_line", *command],
                cwd=ROOT,
                capture_output=True,
                text=True,
            )
            print(f"R3: policy-assistant {command[0]}: {time.monotonic() - since:.2f} s in all")  # noqa: T201
            assert done.returncode == 1
            assert "is in use by `policy-assistant chat` (process " in done.stderr
            assert len(done.stderr.splitlines()) == 1
