"""How often something happened within the last minute, by who did it."""

import threading
from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from math import ceil
from time import monotonic

_MOST_KEPT = 10_000  # keys; beyond it, those whose window is over are forgotten


class SlidingWindow:
    """At most `most` times within `seconds` for each key. Safe to use from several threads."""

    def __init__(self, most: int, seconds: float = 60.0, clock: Callable[[], float] = monotonic) -> None:
        self.most = most
        self._seconds = seconds
        self._clock = clock
        self._times: defaultdict[Hashable, deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def take(self, key: Hashable) -> int:
        """Count one more and return 0; or count nothing and return in how many whole seconds one is free."""
        with self._lock:
            now = self._clock()
            if len(self._times) > _MOST_KEPT:
                self._forget(now)
            times = self._times[key]
            while times and times[0] <= now - self._seconds:
                times.popleft()
            if len(times) >= self.most:
                return max(1, ceil(times[0] + self._seconds - now))
            times.append(now)
            return 0

    def give_back(self, key: Hashable) -> None:
        """Take back the last one that was counted."""
        with self._lock:
            if self._times[key]:
                self._times[key].pop()

    def clear(self, key: Hashable) -> None:
        """Forget what a key has done."""
        with self._lock:
            self._times.pop(key, None)

    def _forget(self, now: float) -> None:
        over = [key for key, times in self._times.items() if not times or times[-1] <= now - self._seconds]
        for key in over:
            del self._times[key]
