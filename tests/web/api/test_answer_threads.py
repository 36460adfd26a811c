"""The bound on questions: so many at once, so many that wait, the next one is told "busy" at once."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from assistant.errors import Busy
from assistant.web.api.answer_threads import AnswerThreads


def running(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run in a loop of its own, whatever other tests run in this thread."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work()).result(20)


def test_what_finds_no_place_is_refused_at_once_and_the_others_are_answered() -> None:
    threads, go_on = AnswerThreads(at_once=2, waiting=3), threading.Event()

    async def ask() -> None:
        asked = [asyncio.ensure_future(threads.run(go_on.wait)) for _ in range(5)]
        await asyncio.sleep(0.05)
        assert threads.held == 5
        start = time.perf_counter()
        with pytest.raises(Busy, match="5 questions are being answered or wait already") as refused:
            await threads.run(go_on.wait)
        assert time.perf_counter() - start < 0.1
        assert refused.value.retry_after == 1
        go_on.set()
        assert await asyncio.gather(*asked) == [True] * 5
        assert await threads.run(lambda: "again") == "again"

    running(ask)
    assert threads.held == 0


def test_steps_arrive_one_by_one_and_their_fault_at_the_end() -> None:
    threads, second = AnswerThreads(1, 0), threading.Event()

    def steps() -> Iterator[int]:
        yield 1
        second.wait(5)
        yield 2
        raise ValueError("no third")

    async def ask() -> None:
        arrived = threads.stream(steps)
        assert await anext(arrived) == 1
        second.set()
        assert await anext(arrived) == 2
        with pytest.raises(ValueError, match="no third"):
            await anext(arrived)

    running(ask)
    assert threads.held == 0


def test_who_goes_away_leaves_a_place_as_soon_as_the_step_has_ended() -> None:
    threads, ended = AnswerThreads(1, 0), threading.Event()

    def steps() -> Iterator[int]:
        try:
            while True:
                yield 1
                time.sleep(0.01)
        finally:
            ended.set()

    async def ask() -> None:
        arrived = threads.stream(steps)
        assert await anext(arrived) == 1
        await arrived.aclose()
        assert await asyncio.to_thread(ended.wait, 5)

    running(ask)
    for _ in range(100):
        if not threads.held:
            break
        time.sleep(0.01)
    assert threads.held == 0


def test_work_that_waits_is_dropped_when_nobody_waits_for_it() -> None:
    threads, go_on, done = AnswerThreads(1, 1), threading.Event(), list[str]()

    async def ask() -> None:
        first = asyncio.ensure_future(threads.run(go_on.wait))
        second = asyncio.ensure_future(threads.run(lambda: done.append("second")))
        await asyncio.sleep(0.05)
        second.cancel()
        await asyncio.sleep(0.05)
        assert threads.held == 1
        go_on.set()
        await first

    running(ask)
    assert (threads.held, done) == (0, [])


def test_after_closing_everything_is_refused() -> None:
    threads = AnswerThreads(1, 1)
    threads.close()

    async def ask() -> None:
        with pytest.raises(Busy, match="being stopped"):
            await threads.run(lambda: 1)

    running(ask)
    assert threads.held == 0
