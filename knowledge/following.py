"""A keyword index of this process's own that follows a library which other processes change as well.

Each process that shares a library has such an index in its own data folder. What it holds is that of one
change of the library; what has changed since stands in the library, so that only that is put in.
"""

import json
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.keyword_index import KeywordIndex
from knowledge.library import Library
from knowledge.policy import Passage
from knowledge.stores.database import Database

_EVERY_SECONDS = 1.0
_TOGETHER = 2_000  # passages put in at once

log = logging.getLogger(__name__)


@contextmanager
def followed_meanwhile(follow: Callable[[], None], every: float = _EVERY_SECONDS) -> Iterator[None]:
    """Follow also while nobody asks, so that a question after a quiet night has little to catch up with."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(every):
            try:
                follow()
            except KnowledgeError as fault:  # a question says so; here it is only tried again
                log.debug("The library could not be followed: %s", fault)

    following = threading.Thread(target=go_on, daemon=True, name="following")
    following.start()
    try:
        yield
    finally:
        ended.set()
        following.join()


class Following:
    """Brings a keyword index up to the library; safe to use from several threads.

    What the index holds is noted beside its files, so that a process that was killed or stood still goes on
    from there. An index of another library, or of one that went back to an earlier state, is begun anew.
    """

    def __init__(self, database: Database, library: Library, index: KeywordIndex, mark: Path) -> None:
        self._database = database
        self._library = library
        self._index = index
        self._mark = mark
        self._lock = threading.Lock()
        self._at: int | None = None  # the change up to which the index is known to have everything

    def __call__(self) -> None:
        """Return when the index holds what the library held when this was called.

        Raises ServerUnreachable, IndexDamaged.
        """
        if self._library.changes == self._at:
            return
        with self._lock:
            self._follow()

    def begin_here(self) -> None:
        """Take an empty index for one that holds everything: the library is about to be indexed anew."""
        self._at = self._library.changes

    def _follow(self) -> None:
        if self._at is None:
            self._at = self._noted()
        with self._database.unchanged() as now:
            if now == self._at:
                return
            if self._at is None:
                changed = self._library.in_state("current")
            else:
                changed = [
                    str(id_)
                    for (id_,) in self._database.all(
                        "SELECT document_id FROM changed_documents WHERE revision > ? ORDER BY revision",
                        self._at,
                    )
                ]
        if self._at is None:
            self._index.clear()
        # A document that changes once more meanwhile is met as it is then, and again the next time.
        self._put_in(changed)
        self._at = now
        self._note(now)

    def _put_in(self, document_ids: Sequence[str]) -> None:
        passages: list[Passage] = []
        gone: list[str] = []
        for document_id in document_ids:
            with self._database.unchanged():
                is_current = self._library.state(document_id) == "current"
                found = self._library.passages_of(document_id) if is_current else []
            passages += found
            gone += [] if found else [document_id]
            if len(passages) >= _TOGETHER:
                self._index.replace(passages, gone=gone)
                passages, gone = [], []
        if passages or gone:
            self._index.replace(passages, gone=gone)

    def _noted(self) -> int | None:
        try:
            noted = json.loads(self._mark.read_text("utf-8"))
            number = int(noted["change"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        is_of_it = noted.get("library") == self._library.identity() and number <= self._library.changes
        return number if is_of_it else None

    def _note(self, number: int) -> None:
        draft = self._mark.with_name(f"{self._mark.name}.part")
        with closing(draft.open("w", encoding="utf-8")) as file:
            file.write(json.dumps({"library": self._library.identity(), "change": number}))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._mark)  # noqa: PTH105 (says more plainly that it replaces)
