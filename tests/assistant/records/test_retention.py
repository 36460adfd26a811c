"""What is too old goes at the start and again later, also when one try fails."""

import logging
import time
from contextlib import closing
from pathlib import Path

import pytest

from assistant.assembly import keeping_records, open_records
from assistant.errors import RecordsUnusable
from assistant.records.records import Records
from assistant.records.retention import purged_daily
from assistant.settings import Settings
from tests.assistant.records.made_records import EXPORTS, IMPORTS, Clock, stored


def kept(records: Records) -> list[str]:
    return [one.title for one in records.conversations("ann")]


def wait_until_empty(records: Records) -> None:
    until = time.monotonic() + 10
    while kept(records) and time.monotonic() < until:
        time.sleep(0.01)


def test_what_is_too_old_goes_at_the_start_and_then_again(tmp_path: Path) -> None:
    clock = Clock()
    with closing(Records(tmp_path / "r.sqlite", 30, clock)) as records:
        records.keep("ann", None, IMPORTS, stored(IMPORTS))
        clock.advance(days=20)
        records.keep("ann", None, EXPORTS, stored(EXPORTS))
        clock.advance(days=11)
        with purged_daily(records, every=0.01):
            assert kept(records) == [EXPORTS]
            clock.advance(days=20)
            wait_until_empty(records)
        assert kept(records) == []


class Failing(Records):
    """Cannot purge the second time."""

    purged = 0

    def purge(self) -> int:
        self.purged += 1
        if self.purged == 2:
            raise RecordsUnusable("The disk is full.")
        return super().purge()


def test_a_try_that_fails_is_logged_and_made_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with (
        closing(Failing(tmp_path / "r.sqlite", 0)) as records,
        caplog.at_level(logging.ERROR),
        purged_daily(records, every=0.01),
    ):
        while records.purged < 2:
            time.sleep(0.01)
        records.keep("ann", None, IMPORTS, stored(IMPORTS))
        wait_until_empty(records)
        assert kept(records) == []
    assert "The disk is full." in caplog.text


def test_nothing_is_kept_with_no_days_and_what_was_kept_goes(tmp_path: Path) -> None:
    with open_records(Settings(tmp_path, keep_days=5), "test") as before:
        before.keep("ann", None, IMPORTS, stored(IMPORTS))
    with keeping_records(Settings(tmp_path, keep_days=0)) as records:
        assert records is None
    with open_records(Settings(tmp_path, keep_days=5), "test") as after:
        assert after.persons() == []
    assert IMPORTS.encode() not in (tmp_path / "records.sqlite").read_bytes()


def test_no_file_is_made_where_nothing_is_kept(tmp_path: Path) -> None:
    with keeping_records(Settings(tmp_path, keep_days=0)):
        pass
    assert list(tmp_path.iterdir()) == []


def test_records_are_opened_with_the_days_of_the_settings(tmp_path: Path) -> None:
    with keeping_records(Settings(tmp_path, keep_days=7)) as records:
        assert records is not None
        assert records.keep_days == 7
