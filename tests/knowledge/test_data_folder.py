import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from knowledge.data_folder import hold_data_folder
from knowledge.errors import DataFolderBusy, DataFolderUnusable
from tests.knowledge.ordinary_user import ordinary_user_folder

ROOT = Path(__file__).parents[2]
HOLD = (
    "import sys\n"
    "from pathlib import Path\n"
    "from knowledge.data_folder import hold_data_folder\n"
    "with hold_data_folder(Path(sys.argv[1]), 'chat'):\n"
    "    print('held', flush=True)\n"
    "    sys.stdin.read()\n"
)


@contextmanager
def another_process_holds(folder: Path) -> Iterator[subprocess.Popen[str]]:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            holder.kill()


def test_the_folder_is_made_with_the_place_of_everything_in_it(tmp_path: Path) -> None:
    home = tmp_path / "not" / "yet" / "there"
    with hold_data_folder(home, "index") as folder:
        assert folder.path == home
        assert folder.cache.is_dir()
        places = {folder.library, folder.keyword, folder.vectors, folder.cache}
        assert len(places) == 4
        assert {place.parent for place in places} == {home}


def test_a_second_process_is_refused_within_two_seconds_with_the_holder_named(home: Path) -> None:
    with another_process_holds(home) as holder:
        since = time.monotonic()
        with pytest.raises(DataFolderBusy) as refused:
            hold_data_folder(home, "index").__enter__()
        assert time.monotonic() - since < 2
    assert f"{home} is in use by `policy-assistant chat` (process {holder.pid}, since 20" in str(
        refused.value
    )
    assert "Stop that process first, or set POLICY_ASSISTANT_HOME to another folder" in str(refused.value)


def test_a_holder_that_is_just_closing_is_waited_for(home: Path) -> None:
    with another_process_holds(home) as holder:
        assert holder.stdin is not None
        holder.stdin.close()
        with hold_data_folder(home, "index"):
            pass


def test_the_folder_is_free_as_soon_as_the_holder_is_killed(home: Path) -> None:
    with another_process_holds(home) as holder:
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        assert json.loads((home / "lock.holder.json").read_text())["pid"] == holder.pid  # nobody cleaned up
        with hold_data_folder(home, "index"):
            assert json.loads((home / "lock.holder.json").read_text())["pid"] == os.getpid()
    assert not (home / "lock.holder.json").exists()


def test_the_folder_is_free_after_an_error_inside(home: Path) -> None:
    with pytest.raises(KeyboardInterrupt), hold_data_folder(home, "index"):
        raise KeyboardInterrupt
    with hold_data_folder(home, "index"):
        pass


@pytest.mark.parametrize("left_behind", ['{"pid": 7', "[]"])
def test_a_holder_that_has_not_said_its_name_is_another_process(home: Path, left_behind: str) -> None:
    with hold_data_folder(home, "chat"):
        (home / "lock.holder.json").write_text(left_behind)
        with pytest.raises(DataFolderBusy, match="in use by another process"):
            hold_data_folder(home, "index").__enter__()


@pytest.mark.parametrize("below", ["", "below", "deep/below"])
def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    with pytest.raises(
        DataFolderUnusable,
        match=r"file.* because it or a part of its path is a file; set POLICY_ASSISTANT_HOME",
    ):
        hold_data_folder(file / below, "index").__enter__()
    assert file.read_text() == "mine"


def test_a_read_only_folder_is_named() -> None:
    with ordinary_user_folder() as folder:
        (folder / "home").mkdir()
        (folder / "home").chmod(0o500)
        with pytest.raises(DataFolderUnusable, match=r"home cannot be written \(Permission denied\)"):
            hold_data_folder(folder / "home", "index").__enter__()


def test_a_folder_that_has_become_read_only_is_named_and_given_free() -> None:
    with ordinary_user_folder() as folder:
        with hold_data_folder(folder, "index"):
            pass
        folder.chmod(0o500)
        for _ in range(2):  # the lock file exists, so that the lock itself can be had
            with pytest.raises(DataFolderUnusable, match=r"cannot be written \(Permission denied\)"):
                hold_data_folder(folder, "index").__enter__()
