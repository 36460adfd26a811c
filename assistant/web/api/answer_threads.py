"""The threads in which answers are made: so many at once, so many more that wait, and no others."""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from assistant.errors import Busy

# More gain nothing where two cores do the work; fewer let a slow language model hold up everybody.
AT_ONCE = 20
WAITING = 64

_T = TypeVar("_T")


class AnswerThreads:
    """Runs blocking work for an event loop; what comes when all places are taken is refused at once.

    A place is free again when the work has ended, not when whoever asked for it has gone away.
    """

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="answers")
        self._places = at_once + waiting
        self._lock = threading.Lock()
        self._held = 0

    @property
    def held(self) -> int:
        """How many questions are being answered or wait for a thread."""
        return self._held

    async def run(self, work: Callable[[], _T]) -> _T:
        """What the work returns or raises; raises Busy when no place is left."""
        return await asyncio.wrap_future(self._submit(work))

    async def stream(self, steps: Callable[[], Iterator[_T]]) -> AsyncGenerator[_T, None]:
        """Step after step, each as soon as it is there; raises what they raise, and Busy.

        When nobody takes the steps any more, the iterator is closed before its next one.
        """
        loop = asyncio.get_running_loop()
        arrived: asyncio.Queue[_T | None] = asyncio.Queue()
        given_up = threading.Event()

        def send(step: _T | None) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(arrived.put_nowait, step)

        def make() -> None:
            try:
                for step in steps():
                    if given_up.is_set():
                        return
                    send(step)
            finally:
                send(None)

        made = self._submit(make)
        try:
            while (step := await arrived.get()) is not None:
                yield step
            await asyncio.wrap_future(made)  # raises what ended the steps
        finally:
            given_up.set()
            made.cancel()

    def close(self) -> None:
        """Take no more work, and drop what waits."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _submit(self, work: Callable[[], _T]) -> "Future[_T]":
        with self._lock:
            if self._held >= self._places:
                raise Busy(
                    f"{self._places} questions are being answered or wait already; ask again in a moment."
                )
            self._held += 1
        try:
            future = self._threads.submit(work)
        except RuntimeError:  # the threads have been closed
            self._free()
            raise Busy("The program is being stopped; ask again when it is back.", stopping=True) from None
        future.add_done_callback(self._free)
        return future

    def _free(self, _done: object = None) -> None:
        with self._lock:
            self._held -= 1
