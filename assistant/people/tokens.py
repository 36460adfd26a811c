"""Tokens with which programs ask for a user: shown once, kept as a hash, valid until a day."""

import secrets
import threading
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import tomlkit

from assistant.errors import PeopleError
from assistant.people.private_file import only_writer, write_private

TOKENS = "tokens.toml"  # in the data folder
MARK = "pa_"  # so that a token is known for one where it does not belong
_KEYS = {"id", "name", "sha256", "made", "expires"}

Clock = Callable[[], datetime]  # in UTC


def now() -> datetime:
    """The time in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token; `id` names it to people and is the beginning of its hash."""

    name: str  # of the user for whom it speaks
    sha256: str
    made: datetime
    expires: datetime

    @property
    def id(self) -> str:
        """Eight hex digits."""
        return self.sha256[:8]


class Tokens:
    """A file of tokens, which this program alone writes. Safe to use from several threads and processes."""

    def __init__(self, path: Path, clock: Clock = now) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, int, int], dict[str, Token]] | None = None

    def all(self) -> list[Token]:
        """Every token that is kept, also those that have expired."""
        return list(self._held().values())

    def name_of(self, token: str) -> str | None:
        """For whom a token speaks now; None when it is none, was revoked or has expired."""
        # Looked up by its hash, so that the time it takes says nothing of the tokens there are.
        kept = self._held().get(_digest(token))
        return kept.name if kept is not None and self._clock() < kept.expires else None

    def make(self, name: str, days: int) -> tuple[str, Token]:
        """A new token of 256 random bits for a user, and what is kept of it."""
        text = MARK + secrets.token_urlsafe(32)
        made = self._clock().replace(microsecond=0)
        token = Token(name, _digest(text), made, made + timedelta(days=days))
        with only_writer(self._path):
            self._write({**self._parsed(), token.sha256: token})
        return text, token

    def revoke(self, name: str, token_id: str | None = None) -> list[Token]:
        """Take out a user's tokens, or the one of that id; those that were there."""
        with only_writer(self._path):
            held = self._parsed()
            gone = [one for one in held.values() if one.name == name and token_id in (None, one.id)]
            if gone:
                self._write({key: one for key, one in held.items() if one not in gone})
        return gone

    def _held(self) -> dict[str, Token]:
        with self._lock:
            try:
                status = self._path.stat()
            except FileNotFoundError:
                return {}
            stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
            if self._read is None or self._read[0] != stamp:
                self._read = stamp, self._parsed()
            return self._read[1]

    def _parsed(self) -> dict[str, Token]:
        try:
            values = tomllib.loads(self._path.read_text("utf-8"))
            tokens = [_token(table) for table in values.get("tokens", [])]
        except FileNotFoundError:
            return {}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise PeopleError(
                f"The tokens file {self._path} is damaged ({error}); delete it and make the tokens anew."
            ) from None
        return {token.sha256: token for token in tokens}

    def _write(self, tokens: dict[str, Token]) -> None:
        listed = tomlkit.aot()
        for token in tokens.values():
            table = tomlkit.table()
            table.update({"id": token.id, "name": token.name, "sha256": token.sha256})
            table.update({"made": token.made, "expires": token.expires})
            listed.append(table)
        document = tomlkit.document()
        document["tokens"] = listed
        write_private(self._path, tomlkit.dumps(document))


def _token(table: dict[str, object]) -> Token:
    if set(table) != _KEYS:
        raise ValueError(f"a token has the keys {', '.join(sorted(_KEYS))}")
    name, digest, made, expires = (table[key] for key in ("name", "sha256", "made", "expires"))
    if not isinstance(name, str) or not isinstance(digest, str):
        raise TypeError("name and sha256 must be text")
    if not isinstance(made, datetime) or not isinstance(expires, datetime) or expires.tzinfo is None:
        raise TypeError("made and expires must be times with a zone")
    return Token(name, digest, made, expires)


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
