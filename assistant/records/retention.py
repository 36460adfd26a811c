"""Keeps the promise of how long something is kept: what is too old is deleted at the start and once a day."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import RecordsUnusable
from assistant.records.records import Records

_A_DAY = 86_400.0  # seconds

log = logging.getLogger(__name__)


@contextmanager
def purged_daily(records: Records, every: float = _A_DAY) -> Iterator[None]:
    """Delete what is too old now, and again every day until the block ends.

    Raises RecordsUnusable when it cannot be deleted now; later that is logged and tried again the next day.
    """
    records.purge()
    ended = threading.Event()
    purging = threading.Thread(target=_purge, args=(records, every, ended), daemon=True, name="retention")
    purging.start()
    try:
        yield
    finally:
        ended.set()
        purging.join()


def _purge(records: Records, every: float, ended: threading.Event) -> None:
    while not ended.wait(every):
        try:
            count = records.purge()
        except RecordsUnusable:
            log.exception("What is too old could not be deleted.")
        else:
            log.info("Conversations deleted because of their age: %d", count)
