"""The seam to a language model: one method; and the clock that a whole answer has to keep to."""

import time
from collections.abc import Iterator
from typing import Protocol


class LanguageModel(Protocol):
    """Writes a text after instructions. Called from several threads."""

    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        """The text piece by piece, whole when the iterator ends, within `seconds` or the model's own limit.

        Raises ModelFault, also after some pieces: what came before it is then no whole text.
        """
        ...


class Deadline:
    """A moment by which everything that one question asks of a model has to be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then; never negative."""
        return max(0.0, self._end - time.monotonic())

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the deadline."""
        time.sleep(min(seconds, self.left))
