"""The users file: read anew when it has changed, and changed without losing what people wrote into it."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from assistant.errors import PeopleError
from assistant.people.oidc_claims import ClaimRules, claim_rules
from assistant.people.private_file import only_writer, write_private
from assistant.people.users import ALL, User, checked_name, refuse_unknown, users_in

_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class WhoMayComeIn:
    """What a users file says."""

    users: dict[str, User]  # by name
    oidc: ClaimRules | None = None


class UsersFile:
    """A file of users, whose place may be empty. Safe to use from several threads and processes.

    Changes by another process are seen at the next look. Raises PeopleError naming file and place when it
    cannot be understood: nobody is let in then.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._read: tuple[_Stamp, WhoMayComeIn] | None = None

    def exists(self) -> bool:
        """Whether there is such a file, even without a user in it."""
        return self.path.is_file()

    def read(self) -> WhoMayComeIn:
        """What the file says now; nobody when there is none."""
        with self._lock:
            try:
                stamp = _stamp(os.stat(self.path))  # noqa: PTH116 (asked at every request)
            except FileNotFoundError:
                return WhoMayComeIn({})
            if self._read is None or self._read[0] != stamp:
                self._read = stamp, _parsed(self._document(), self.path)
            return self._read[1]

    def user(self, name: str) -> User | None:
        """The user of that name, if there is one."""
        return self.read().users.get(name)

    def add(self, user: User) -> None:
        """Write down a new user. Raises PeopleError when the name is taken."""

        def change(users: tomlkit.items.Table) -> None:
            taken = next((name for name in users if name.casefold() == user.name.casefold()), None)
            if taken is not None:
                raise PeopleError(
                    f"There is a user {taken} already; remove them first, or choose another name."
                )
            table = tomlkit.table()
            table["role"] = str(user.role)
            table["collections"] = ALL if user.collections is None else sorted(user.collections)
            table["password"] = user.password
            users[user.name] = table

        checked_name(user.name)
        self._change(change)

    def set_password(self, name: str, password: str) -> None:
        """Give a user another argon2 hash. Raises PeopleError when there is no such user."""

        def change(users: tomlkit.items.Table) -> None:
            _present(users, name, self.path)
            users[name]["password"] = password  # type: ignore[index]

        self._change(change)

    def remove(self, name: str) -> None:
        """Take a user out. Raises PeopleError when there is no such user."""

        def change(users: tomlkit.items.Table) -> None:
            _present(users, name, self.path)
            users.remove(name)

        self._change(change)

    def _change(self, change: Callable[[tomlkit.items.Table], None]) -> None:
        with only_writer(self.path):
            document = self._document() if self.exists() else tomlkit.document()
            _parsed(document, self.path)  # what is wrong already is told before anything is changed
            if "users" not in document:
                document["users"] = tomlkit.table(is_super_table=True)
            change(document["users"])  # type: ignore[arg-type]
            text = tomlkit.dumps(document)
            _parsed(tomlkit.parse(text), self.path)
            write_private(self.path, text)

    def _document(self) -> tomlkit.TOMLDocument:
        try:
            return tomlkit.parse(self.path.read_text("utf-8-sig"))
        except (TOMLKitError, UnicodeDecodeError) as error:
            raise PeopleError(
                f"The users file {self.path} is not TOML in UTF-8 ({error}); mend it."
            ) from None


def _parsed(document: tomlkit.TOMLDocument, path: Path) -> WhoMayComeIn:
    values = document.unwrap()
    refuse_unknown(values, {"users", "oidc"}, str(path))
    rules = claim_rules(values["oidc"], str(path)) if "oidc" in values else None
    return WhoMayComeIn(users_in(values.get("users", {}), str(path)), rules)


def _present(users: tomlkit.items.Table, name: str, path: Path) -> None:
    if name not in users:
        raise PeopleError(
            f"There is no user {name} in {path}; see who there is with: policy-assistant users list"
        )


def _stamp(status: os.stat_result) -> _Stamp:
    return status.st_ino, status.st_size, status.st_mtime_ns  # a replaced file has another inode
