"""The audit log: everything that is done to it is found, and nothing that happens to it breaks it."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.people.audit import HEAD, LOG, Action, AuditLog, Head, read_head
from assistant.people.audit_chain import records, verify

RECORDS = 200


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log of 200 records in both languages; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("audit")
    audit = AuditLog(folder)
    for number in range(RECORDS):
        audit.record(("ann", "王芳")[number % 2], "document removed", f"文件 {number}\n\u2028end")
    return folder


@pytest.fixture
def copied(written: Path, tmp_path: Path) -> Path:
    for name in (LOG, HEAD):
        (tmp_path / name).write_bytes((written / name).read_bytes())
    return tmp_path


def test_what_was_recorded_is_read_in_order_and_stands(copied: Path) -> None:
    read = list(records(copied))

    assert [record.number for record in read] == list(range(1, RECORDS + 1))
    assert (read[1].person, read[1].action, read[1].object) == (
        "王芳",
        "document removed",
        "文件 1\n\u2028end",
    )
    assert verify(copied).broken == ""
    assert verify(copied).head == read_head(copied / HEAD) == Head(RECORDS, read[-1].hash)


def test_both_files_are_for_their_owner_alone(written: Path) -> None:
    assert {(written / name).stat().st_mode & 0o777 for name in (LOG, HEAD)} == {0o600}


def lines_of(folder: Path) -> list[bytes]:
    return (folder / LOG).read_bytes().splitlines(keepends=True)


class TestTampering:
    @pytest.mark.parametrize("way", ["flip", "delete", "swap", "move", "cut", "repeat"])
    def test_a_hundred_changes_of_each_kind_are_all_found(self, copied: Path, way: str) -> None:
        chance = random.Random(way)  # noqa: S311 (which records are changed)
        whole = lines_of(copied)
        found = 0
        for _ in range(100):
            lines, at = list(whole), chance.randrange(RECORDS - 1)
            if way == "flip":
                place = chance.randrange(len(lines[at]))
                flipped = lines[at][place] ^ (1 << chance.randrange(8))
                lines[at] = lines[at][:place] + bytes([flipped]) + lines[at][place + 1 :]
            elif way == "delete":
                del lines[at]
            elif way == "swap":
                lines[at], lines[at + 1] = lines[at + 1], lines[at]
            elif way == "move":
                lines.insert((at + 1 + chance.randrange(1, RECORDS - 1)) % RECORDS, lines.pop(at))
            elif way == "cut":
                del lines[at + 1 :]
            else:
                lines.insert(at, lines[at])
            (copied / LOG).write_bytes(b"".join(lines))
            found += bool(verify(copied).broken) and lines != whole

        assert found == 100

    def test_the_first_broken_record_is_named(self, copied: Path) -> None:
        lines = lines_of(copied)
        lines[41] = lines[41].replace(b"document removed", b"document added")
        (copied / LOG).write_bytes(b"".join(lines))

        found = verify(copied)

        assert found.broken == "Record 42 is not as it was written."
        assert found.head.number == 41

    def test_a_record_made_up_by_whoever_knows_the_hash_does_not_follow(self, copied: Path) -> None:
        lines = lines_of(copied)
        record = next(one for one in records(copied) if one.number == 100)
        forged = AuditLog(copied / "elsewhere")
        forged.record(record.person, Action.LOGGED_IN, "x")
        lines[99] = (copied / "elsewhere" / LOG).read_bytes()
        (copied / LOG).write_bytes(b"".join(lines))

        assert verify(copied).broken == "Record 100 does not follow the one before it."

    def test_a_cut_stays_found_after_further_records(self, copied: Path) -> None:
        (copied / LOG).write_bytes(b"".join(lines_of(copied)[:-3]))
        AuditLog(copied).record("ann", Action.LOGGED_IN)

        assert verify(copied).broken == f"Record {RECORDS - 2} does not follow the one before it."

    def test_a_log_written_anew_with_its_head_is_found_by_a_head_noted_elsewhere(self, copied: Path) -> None:
        noted = verify(copied).head
        for name in (LOG, HEAD):
            (copied / name).unlink()
        audit = AuditLog(copied)
        for _ in range(RECORDS):
            audit.record("mallory", Action.LOGGED_IN)

        assert verify(copied).broken == ""
        assert verify(copied, noted).broken == f"Record {RECORDS} is not the one that was noted."

    def test_a_head_that_is_gone_is_found(self, copied: Path) -> None:
        (copied / HEAD).unlink()

        assert verify(copied).broken == "Record 1 and all after it are not in the head file."

    def test_a_log_that_is_gone_is_found(self, copied: Path) -> None:
        (copied / LOG).unlink()

        assert verify(copied).broken == f"Record 1 and all up to {RECORDS} are missing."


def test_a_log_without_a_record_stands(tmp_path: Path) -> None:
    assert verify(tmp_path).broken == ""


def test_eight_threads_write_one_chain(tmp_path: Path) -> None:
    audit = AuditLog(tmp_path)

    def write() -> None:
        for _ in range(25):
            audit.record("ann", Action.LOGGED_IN)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert verify(tmp_path).head.number == 200
    assert verify(tmp_path).broken == ""


_WRITER = """
import sys
from pathlib import Path
from assistant.people.audit import Action, AuditLog
audit = AuditLog(Path(sys.argv[1]))
while True:
    audit.record("ann", Action.LOGGED_IN, "x" * 400)
    print("acknowledged", flush=True)
"""


def test_kills_lose_no_record_that_was_acknowledged_and_break_nothing(tmp_path: Path) -> None:
    acknowledged = 0
    chance = random.Random(7)  # noqa: S311 (when it is killed)
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            for _ in range(chance.randrange(1, 40)):
                acknowledged += bool(writer.stdout.readline())
            os.kill(writer.pid, signal.SIGKILL)
            acknowledged += len(writer.stdout.readlines())
        found = verify(tmp_path)
        assert found.broken == ""
        assert found.head.number >= acknowledged


@pytest.mark.parametrize("left", [b'{"number": 201, "at', b"\xff"])
def test_a_line_that_a_kill_left_unfinished_is_cut_off_by_the_next(copied: Path, left: bytes) -> None:
    with (copied / LOG).open("ab") as file:
        file.write(left)
    assert verify(copied).broken == ""

    AuditLog(copied).record("ann", Action.LOGGED_IN)

    assert verify(copied).head.number == RECORDS + 1
    assert verify(copied).broken == ""


def test_a_record_of_which_a_kill_kept_the_head_from_knowing_is_followed(copied: Path) -> None:
    before = (copied / HEAD).read_bytes()
    AuditLog(copied).record("ann", Action.LOGGED_IN)
    (copied / HEAD).write_bytes(before)
    assert verify(copied).broken == ""

    AuditLog(copied).record("ann", Action.LOGGED_OUT)

    assert verify(copied).head.number == RECORDS + 2
    assert verify(copied).broken == ""


def test_what_is_long_or_no_text_is_written_all_the_same(tmp_path: Path) -> None:
    audit = AuditLog(tmp_path)
    audit.record("\ud800" * 2_000, "document added", "\0" * 2_000)
    audit.record("ann", "document added", "🈶" * 2_000)
    audit.record("ann", Action.LOGGED_OUT)

    assert verify(tmp_path).broken == ""
    assert [json.loads(line)["number"] for line in (tmp_path / LOG).read_text("utf-8").splitlines()] == [
        1,
        2,
        3,
    ]
