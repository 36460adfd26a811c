"""Who may ask now: so many questions at once, so many more in line, and a clear word for everybody else."""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import Busy


class Admission:
    """A door that lets `at_once` questions in, keeps `waiting` more in line and turns the rest away at once.

    Safe to share between threads; a question may leave in another thread than it came in by.
    """

    def __init__(self, at_once: int, waiting: int) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._changed = threading.Condition()
        self._line: deque[object] = deque()
        self._inside = 0
        self._closed = False

    @property
    def most(self) -> int:
        """How many can be inside and in line together."""
        return self._at_once + self._waiting

    @property
    def is_closed(self) -> bool:
        """Whether everybody is turned away."""
        return self._closed

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """Wait in line, first come first served, and be inside until the block ends.

        Raises Busy at once when the line is full, and to everybody in line when the door closes.
        """
        self._enter()
        try:
            yield
        finally:
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    def close(self, patience: float) -> bool:
        """Turn everybody away from now on; whether all inside have left within `patience` seconds."""
        until = time.monotonic() + patience
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            while self._inside:
                left = until - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    return not self._inside
        return True

    def _enter(self) -> None:
        ticket = object()
        with self._changed:
            if len(self._line) + self._inside >= self.most and not self._closed:
                raise Busy(
                    f"{self.most} questions are being answered or wait already; ask again in a moment."
                )
            self._line.append(ticket)
            try:
                self._changed.wait_for(lambda: self._closed or self._is_next(ticket))
                if self._closed:
                    raise Busy("The program is being stopped; ask again when it is back.", stopping=True)
                self._inside += 1
            finally:
                self._line.remove(ticket)
                self._changed.notify_all()

    def _is_next(self, ticket: object) -> bool:
        return self._inside < self._at_once and self._line[0] is ticket
