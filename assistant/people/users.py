"""Users as they stand in the users file: read, and refused in one sentence where something is wrong."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.errors import PeopleError
from assistant.people.person import LOCAL_PERSON, Person, Role

ALL = "all"  # in place of a list of collections
LONGEST_NAME = 64  # characters

_NAME = re.compile(r"[\w][\w.@+-]*")
_KEYS = {"role", "collections", "password"}


@dataclass(frozen=True, slots=True)
class User:
    """Who may log in with a password; `password` is its argon2 hash."""

    name: str
    role: Role
    collections: frozenset[str] | None  # None for all
    password: str

    @property
    def person(self) -> Person:
        """What the rest of the program knows of a user."""
        return Person(self.name, self.role, self.collections)

    def __repr__(self) -> str:  # a hash must not get into a log either
        return f"User({self.name!r}, {self.role}, {self.collections})"


def checked_name(name: object, place: str = "The name") -> str:
    """The name in one spelling. Raises PeopleError saying what a name may be."""
    if not isinstance(name, str):
        raise PeopleError(f"{place} must be text, not {name!r}.")
    spelled = unicodedata.normalize("NFC", name.strip())
    if len(spelled) > LONGEST_NAME or not _NAME.fullmatch(spelled):
        raise PeopleError(
            f"{place} must be 1 to {LONGEST_NAME} letters, digits and . _ - + @, beginning with a letter or "
            "a digit."
        )
    if spelled.casefold() == LOCAL_PERSON.name:
        raise PeopleError(
            f"{place} must not be {LOCAL_PERSON.name!r}: so is called who uses a page without log-in."
        )
    return spelled


def users_in(tables: object, place: str) -> dict[str, User]:
    """The users of the table `users`, by name. Raises PeopleError naming the place and what is allowed."""
    if not isinstance(tables, Mapping):
        raise PeopleError(f"{place}: users must be tables such as [users.ann].")
    users: dict[str, User] = {}
    spelled: dict[str, str] = {}
    for key, table in tables.items():
        name = checked_name(key, f"{place}: the name {key!r}")
        # Two names that look alike would be two people in one eye and one in another.
        other = spelled.setdefault(name.casefold(), name)
        if other != name or name in users:
            raise PeopleError(f"{place}: {name} and {other} differ by capitals alone; rename one of them.")
        users[name] = _user(name, table, f"[users.{key}] in {place}")
    return users


def _user(name: str, table: object, place: str) -> User:
    if not isinstance(table, Mapping):
        raise PeopleError(f"{place} must be a table with role, collections and password.")
    refuse_unknown(table, _KEYS, place)
    for missing in sorted(_KEYS - set(table)):
        raise PeopleError(f"{place} has no {missing}; add it, or make the user with: users add.")
    password = table["password"]
    if not isinstance(password, str) or not password.startswith("$argon2"):
        raise PeopleError(f"{place}: password must be an argon2 hash; set one with: users password {name}")
    return User(name, role_of(table["role"], place), collections_of(table["collections"], place), password)


def refuse_unknown(table: Mapping[str, Any], known: set[str], place: str) -> None:
    """Raise PeopleError for the first key of the table that is not known."""
    for key in table:
        if key not in known:
            raise PeopleError(f"{place}: there is no {key!r}; the keys are: {', '.join(sorted(known))}.")


def role_of(value: object, place: str) -> Role:
    """The role of that name."""
    if isinstance(value, str) and value in set(Role):
        return Role(value)
    raise PeopleError(f"{place}: role must be one of {', '.join(Role)}, not {value!r}.")


def collections_of(value: object, place: str) -> frozenset[str] | None:
    """The collections of a list of names; None for "all"."""
    if value == ALL:
        return None
    if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
        return frozenset(value)
    raise PeopleError(f'{place}: collections must be "{ALL}" or a list of names, not {value!r}.')
