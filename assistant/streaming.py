"""Pieces that arrive by a deadline, however the one who sends them stalls."""

import queue
import threading
from collections.abc import Callable, Iterator

from assistant.errors import ModelFault
from assistant.language_model import Deadline

_AHEAD = 256  # pieces that wait to be taken; a sender who is faster has to wait itself
_POLL = 0.1  # seconds after which a waiting sender looks whether anybody still wants its pieces


def arriving(pieces: Callable[[], Iterator[str]], deadline: Deadline) -> Iterator[str]:
    """What `pieces()` yields, read in a thread of its own; raises ModelFault when the time is up.

    The thread ends with its next piece once nobody waits for it any more; it never holds the program open.
    """
    arrived: queue.Queue[str | ModelFault | None] = queue.Queue(_AHEAD)
    given_up = threading.Event()
    reader = threading.Thread(target=_read, args=(pieces, arrived, given_up), daemon=True, name="model")
    reader.start()
    try:
        while True:
            try:
                piece = arrived.get(timeout=deadline.left)
            except queue.Empty:
                raise ModelFault("it did not answer in time") from None
            if isinstance(piece, ModelFault):
                raise piece
            if piece is None:
                return
            yield piece
            if not deadline.left:
                raise ModelFault("it did not answer in time")
    finally:
        given_up.set()


def _read(
    pieces: Callable[[], Iterator[str]],
    arrived: "queue.Queue[str | ModelFault | None]",
    given_up: threading.Event,
) -> None:
    end: ModelFault | None = None
    try:
        for piece in pieces():
            if not _put(piece, arrived, given_up):
                return
    except ModelFault as fault:
        end = fault
    _put(end, arrived, given_up)


def _put(
    piece: str | ModelFault | None,
    arrived: "queue.Queue[str | ModelFault | None]",
    given_up: threading.Event,
) -> bool:
    while not given_up.is_set():
        try:
            arrived.put(piece, timeout=_POLL)
        except queue.Full:
            continue
        return True
    return False
