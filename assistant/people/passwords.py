"""Passwords: hashed with argon2id, and compared in the same time whether or not there is such a user."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import PeopleError

SHORTEST, LONGEST = 10, 1_000  # characters
_AT_ONCE = 2  # each takes 64 MiB and a processor for some 50 ms

_hasher = PasswordHasher()  # argon2id with the parameters of RFC 9106 for little memory
_free = threading.BoundedSemaphore(_AT_ONCE)


def hash_password(password: str) -> str:
    """What is kept of a password. Raises PeopleError when it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PeopleError(f"A password must have {SHORTEST} to {LONGEST:,} characters.")
    return _hasher.hash(password)


# The hash of nothing that anybody can type: a comparison with it takes as long and always fails.
_NOBODYS = _hasher.hash("\0" * (LONGEST + 1))


def is_password(password: str, kept: str | None) -> bool:
    """Whether a password is the one whose hash was kept; without one, no, after the same time."""
    if len(password) > LONGEST:
        return False
    with _free:
        try:
            return _hasher.verify(kept or _NOBODYS, password.encode("utf-8", "replace")) and kept is not None
        except (VerificationError, InvalidHashError):
            return False
