"""Who has logged in with a browser: kept in the memory of the page's process, so that a restart ends it.

Where several processes serve the page, `shared_sessions` keeps them for all.
"""

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from time import monotonic
from typing import Protocol

from assistant.people.person import Person

IDLE_MINUTES, HOURS = 60, 12
MOST = 20  # of one person at once; the oldest ends


@dataclass(frozen=True, slots=True)
class Session:
    """One log-in. `rest` is what `rest_of` makes of the password's hash; None for one by a provider."""

    person: Person
    rest: str | None
    began: float  # seconds of the clock
    used: float


class KeptSessions(Protocol):
    """Where log-ins are kept: in memory, or where several processes see them."""

    @property
    def longest(self) -> int:
        """Seconds after which each session ends."""

    def begin(self, person: Person, password: str | None) -> str:
        """The id of a new session."""

    def of(self, session_id: str) -> Session | None:
        """The session of an id, used once more by this; None when there is none or it is over."""

    def end(self, session_id: str) -> Session | None:
        """End a session; the one that it was."""

    def close(self) -> None:
        """Let go of where they are kept."""


class Sessions:
    """Sessions by a random id, which only the browser keeps. Safe to use from several threads."""

    def __init__(
        self, idle_minutes: int = IDLE_MINUTES, hours: int = HOURS, clock: Callable[[], float] = monotonic
    ) -> None:
        self._idle = idle_minutes * 60
        self._longest = hours * 3600
        self._clock = clock
        self._sessions: dict[str, Session] = {}  # by the sha256 of the id, in the order of their beginning
        self._lock = threading.Lock()

    @property
    def longest(self) -> int:
        """Seconds after which each session ends."""
        return self._longest

    def begin(self, person: Person, password: str | None) -> str:
        """The id of a new session; 256 random bits that nobody has seen before."""
        now = self._clock()
        session_id = secrets.token_urlsafe(32)
        with self._lock:
            self._end_what_is_over(now)
            own = [key for key, one in self._sessions.items() if one.person.name == person.name]
            for key in own[: max(0, len(own) - MOST + 1)]:
                del self._sessions[key]
            self._sessions[key_of(session_id)] = Session(person, rest_of(password), now, now)
        return session_id

    def of(self, session_id: str) -> Session | None:
        """The session of an id, used once more by this; None when there is none or it is over."""
        key, now = key_of(session_id), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if self._is_over(session, now):
                del self._sessions[key]
                return None
            self._sessions[key] = replace(session, used=now)
            return session

    def end(self, session_id: str) -> Session | None:
        """End a session; the one that it was."""
        with self._lock:
            return self._sessions.pop(key_of(session_id), None)

    def close(self) -> None:
        """Nothing is to be let go of."""

    def _is_over(self, session: Session, now: float) -> bool:
        return now - session.used >= self._idle or now - session.began >= self._longest

    def _end_what_is_over(self, now: float) -> None:
        for key in [key for key, one in self._sessions.items() if self._is_over(one, now)]:
            del self._sessions[key]


def key_of(session_id: str) -> str:
    """Under which a session is kept, so that nobody who reads it there has the id."""
    return sha256(session_id.encode("utf-8", "replace")).hexdigest()


def rest_of(password: str | None) -> str | None:
    """What a session rests on, of the hash of a password: with another password it counts no more."""
    return None if password is None else sha256(password.encode()).hexdigest()
