"""Who has logged in with a browser, kept on a PostgreSQL: a log-in at one process counts at all of them.

Of the id that the browser keeps only the sha256 is stored, and of the hash of a password only one as well.
"""

import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from assistant.errors import SessionsUnreachable
from assistant.people.person import Person, Role
from assistant.people.sessions import HOURS, IDLE_MINUTES, MOST, Session, key_of, rest_of
from knowledge.stores.database import Database, Faults, Schema

_KNOWN_SECONDS = 2.0  # a session is asked for so often at most; so long a log-out elsewhere may take to count
_DOWN_SECONDS = 2.0  # so long nobody waits again for a database that has just not answered
_USED_SECONDS = 60.0  # the last use is put down so often at most
_MOST_KNOWN = 10_000


def _unreachable(_name: str, reason: str) -> Exception:
    return SessionsUnreachable(
        f"Who has logged in cannot be looked up now: the database does not answer ({reason}). Try again in a "
        "moment.",
        "暂时无法核实登录状态：数据库暂无响应，请稍后再试。",
    )


def _too_new(name: str, version: int, known: int) -> Exception:
    return SessionsUnreachable(
        f"The log-ins on {name} were written by a newer version of Policy Assistant (format {version}; this "
        f"version reads up to {known}). Install the newer version."
    )


SESSIONS_SCHEMA = Schema(
    "people",
    1,
    """
CREATE TABLE sessions (
    key TEXT PRIMARY KEY, person TEXT NOT NULL, role TEXT NOT NULL, collections TEXT NOT NULL,
    rest TEXT, began DOUBLE PRECISION NOT NULL, used DOUBLE PRECISION NOT NULL);
CREATE INDEX sessions_by_person ON sessions (person, began);
""",
)
SESSIONS_FAULTS = Faults(_unreachable, _unreachable, _unreachable, _too_new)


@dataclass(frozen=True, slots=True)
class _Known:
    session: Session | None
    until: float  # of the monotonic clock


class SharedSessions:
    """Sessions by a random id, which only the browser keeps. Safe to use from several threads.

    Every method raises SessionsUnreachable when the database does not answer.
    """

    def __init__(
        self,
        database: Database,
        idle_minutes: int = IDLE_MINUTES,
        hours: int = HOURS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._database = database
        self._idle = idle_minutes * 60
        self._longest = hours * 3600
        self._clock = clock
        self._known: dict[str, _Known] = {}
        self._down = (0.0, "")  # until when, and what is told until then
        self._lock = threading.Lock()

    @property
    def longest(self) -> int:
        """Seconds after which each session ends."""
        return self._longest

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def begin(self, person: Person, password: str | None) -> str:
        """The id of a new session; 256 random bits that nobody has seen before."""
        now = self._clock()
        session_id = secrets.token_urlsafe(32)
        collections = None if person.collections is None else sorted(person.collections)
        with self._database.transaction() as db:
            db.execute("DELETE FROM sessions WHERE used <= ? OR began <= ?", self._over(now))
            own = db.execute(
                "SELECT key FROM sessions WHERE person = ? ORDER BY began", (person.name,)
            ).fetchall()
            db.executemany("DELETE FROM sessions WHERE key = ?", own[: max(0, len(own) - MOST + 1)])
            db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    key_of(session_id),
                    person.name,
                    str(person.role),
                    json.dumps(collections),
                    rest_of(password),
                    now,
                    now,
                ),
            )
        return session_id

    def of(self, session_id: str) -> Session | None:
        """The session of an id, used once more by this; None when there is none or it is over."""
        key, now = key_of(session_id), self._clock()
        with self._lock:
            known = self._known.get(key)
        if known is not None and time.monotonic() < known.until:
            return known.session
        session = self._looked_up(key)
        if session is not None and (now - session.used >= self._idle or now - session.began >= self._longest):
            session = None
        if session is not None and now - session.used >= _USED_SECONDS:
            with self._database.transaction() as db:
                db.execute("UPDATE sessions SET used = ? WHERE key = ?", (now, key))
        with self._lock:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[key] = _Known(session, time.monotonic() + _KNOWN_SECONDS)
        return session

    def end(self, session_id: str) -> Session | None:
        """End a session; the one that it was."""
        key = key_of(session_id)
        session = self._looked_up(key)
        with self._database.transaction() as db:
            db.execute("DELETE FROM sessions WHERE key = ?", (key,))
        with self._lock:
            self._known.pop(key, None)
        return session

    def _looked_up(self, key: str) -> Session | None:
        until, told = self._down
        if time.monotonic() < until:
            raise SessionsUnreachable(told, "暂时无法核实登录状态：数据库暂无响应，请稍后再试。")
        try:
            row = self._database.one(
                "SELECT person, role, collections, rest, began, used FROM sessions WHERE key = ?", key
            )
        except SessionsUnreachable as error:
            self._down = (time.monotonic() + _DOWN_SECONDS, str(error))
            raise
        if row is None:
            return None
        name, role, collections, rest, began, used = row
        read = json.loads(collections)
        person = Person(name, Role(role), None if read is None else frozenset(read))
        return Session(person, rest, float(began), float(used))

    def _over(self, now: float) -> tuple[float, float]:
        """Before which last use, and which beginning, a session is over."""
        return now - self._idle, now - self._longest
