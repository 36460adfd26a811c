"""The door: so many inside, so many in line in their order, the rest turned away at once."""

import threading
import time
from collections.abc import Callable

import pytest

from assistant.admission import Admission
from assistant.errors import Busy

SOON = 5.0  # seconds in which whatever is awaited must have happened


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + SOON
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.005)


class Visitor:
    """Enters in a thread of its own and stays until it is let go."""

    def __init__(self, door: Admission, came_in: list[str], name: str) -> None:
        self.go = threading.Event()
        self.refused: Busy | None = None
        self._door, self._came_in, self._name = door, came_in, name
        self.thread = threading.Thread(target=self._visit, daemon=True)
        self.thread.start()

    def _visit(self) -> None:
        try:
            with self._door.admitted():
                self._came_in.append(self._name)
                self.go.wait(SOON)
        except Busy as refusal:
            self.refused = refusal


def in_line(door: Admission, count: int) -> None:
    until(lambda: len(door._line) == count)


def test_as_many_as_allowed_are_inside_and_the_next_come_in_their_order() -> None:
    door = Admission(at_once=1, waiting=2)
    came_in: list[str] = []
    first = Visitor(door, came_in, "first")
    until(lambda: came_in == ["first"])
    second = Visitor(door, came_in, "second")
    in_line(door, 1)
    third = Visitor(door, came_in, "third")
    in_line(door, 2)

    first.go.set()
    until(lambda: came_in == ["first", "second"])
    second.go.set()
    until(lambda: came_in == ["first", "second", "third"])
    third.go.set()


def test_when_the_line_is_full_the_next_is_turned_away_at_once() -> None:
    door = Admission(at_once=1, waiting=1)
    came_in: list[str] = []
    inside = Visitor(door, came_in, "inside")
    until(lambda: came_in == ["inside"])
    waiting = Visitor(door, came_in, "waiting")
    in_line(door, 1)

    started = time.monotonic()
    with pytest.raises(Busy, match="are being answered or wait already"), door.admitted():
        pass

    assert time.monotonic() - started < 0.1
    inside.go.set()
    waiting.go.set()
    until(lambda: came_in == ["inside", "waiting"])


def test_what_fails_inside_leaves_all_the_same() -> None:
    door = Admission(at_once=1, waiting=0)

    for _ in range(3):
        with pytest.raises(ValueError, match="inside"), door.admitted():
            raise ValueError("inside")


def test_a_closed_door_lets_those_inside_finish_and_turns_away_the_line_and_whoever_comes() -> None:
    door = Admission(at_once=1, waiting=5)
    came_in: list[str] = []
    inside = Visitor(door, came_in, "inside")
    until(lambda: came_in == ["inside"])
    waiting = Visitor(door, came_in, "waiting")
    in_line(door, 1)
    threading.Timer(0.1, inside.go.set).start()

    assert door.close(SOON)

    waiting.thread.join(SOON)
    assert waiting.refused is not None
    assert waiting.refused.stopping
    assert came_in == ["inside"]
    with pytest.raises(Busy, match="being stopped"), door.admitted():
        pass


def test_closing_waits_no_longer_than_it_is_told() -> None:
    door = Admission(at_once=1, waiting=0)
    came_in: list[str] = []
    inside = Visitor(door, came_in, "inside")
    until(lambda: came_in == ["inside"])

    assert not door.close(0.05)

    inside.go.set()
