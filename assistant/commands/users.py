"""The `users` commands: who may log in, with which role, and the tokens of their programs.

They work while the page is being served, which sees every change at the next request.
"""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from assistant.errors import PeopleError
from assistant.people.person import Role
from assistant.settings import load_settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction
    from collections.abc import Callable

    from assistant.people.audit import Action
    from assistant.people.tokens import Token

AT_TERMINAL = "terminal"  # how the audit log calls who types commands
_DAYS = 90
_LONGEST_DAYS = 3_650


def add_user_commands(known: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `users` with all that can be done."""
    users = known.add_parser(
        "users",
        help="keep who may log in",
        description="Keep who may log in to the page, and the tokens of their programs.",
        epilog="Example: policy-assistant users add ann --role maintainer",
    )
    below = users.add_subparsers(title="commands", required=True, metavar="COMMAND")

    added = _command(below, "add", add, "let somebody log in", "add ann --role reader --collections trade")
    added.add_argument("name", metavar="NAME", help="how they call themselves when they log in")
    added.add_argument("--role", choices=list(Role), type=Role, default=Role.READER, help="default: reader")
    added.add_argument(
        "--collections", default="all", help="what they may read, comma separated (default: all)"
    )
    _add_password(added)

    _command(below, "list", listing, "list who may log in, and their tokens", "list")

    changed = _command(below, "password", change_password, "give a user another password", "password ann")
    changed.add_argument("name", metavar="NAME", help="the user")
    _add_password(changed)

    removed = _command(below, "remove", remove, "let somebody log in no more", "remove ann")
    removed.add_argument("name", metavar="NAME", help="the user")

    made = _command(below, "token", make_token, "make a token for a program", "token ann --expires 30")
    made.add_argument("name", metavar="NAME", help="the user for whom the program asks")
    made.add_argument(
        "--expires", metavar="DAYS", type=_days, default=_DAYS, help=f"from now on (default: {_DAYS})"
    )

    revoked = _command(below, "revoke", revoke, "make a user's tokens void", "revoke ann")
    revoked.add_argument("name", metavar="NAME", help="the user")
    revoked.add_argument("--token", metavar="ID", help="only this one, as `users list` names it")


def add(options: argparse.Namespace) -> int:
    """Write down a new user."""
    from assistant.people.audit import Action
    from assistant.people.passwords import hash_password
    from assistant.people.users import User, checked_name
    from assistant.people_assembly import users_file

    file, name = users_file(load_settings()), checked_name(options.name)
    if name in file.read().users:  # before a password is asked for
        raise PeopleError(f"There is a user {name} already; remove them first, or choose another name.")
    user = User(name, options.role, _collections(options.collections), hash_password(_password(options)))
    first = not file.exists()
    file.add(user)
    _record(Action.USER_ADDED, f"{name} as {options.role}")
    print(f"{name} may log in as {options.role}; written to {file.path}")
    if first:
        print("from its next start on the page asks everybody to log in")
    return 0


def listing(_options: argparse.Namespace) -> int:
    """List users with role and collections, and their tokens."""
    from assistant.answer_text import for_terminal
    from assistant.people_assembly import open_tokens, users_file

    settings = load_settings()
    tokens = open_tokens(settings).all()
    users = users_file(settings).read().users
    for user in sorted(users.values(), key=lambda user: user.name):
        reads = "all" if user.collections is None else ", ".join(sorted(user.collections)) or "nothing"
        print(for_terminal(f"{user.name}  {user.role}  reads: {reads}"))
        for token in tokens:
            if token.name == user.name:
                print(f"    token {_described(token)}")
    print("1 user" if len(users) == 1 else f"{len(users)} users")
    return 0


def change_password(options: argparse.Namespace) -> int:
    """Give a user another password, which ends their sessions."""
    from assistant.people.audit import Action
    from assistant.people.passwords import hash_password
    from assistant.people_assembly import users_file

    file = users_file(load_settings())
    if file.user(options.name) is None:
        raise PeopleError(
            f"There is no user {options.name}; see who there is with: policy-assistant users list"
        )
    file.set_password(options.name, hash_password(_password(options)))
    _record(Action.PASSWORD_SET, options.name)
    print(f"{options.name} has another password, and must log in anew")
    return 0


def remove(options: argparse.Namespace) -> int:
    """Take a user out, with their tokens."""
    from assistant.people.audit import Action
    from assistant.people_assembly import open_tokens, users_file

    settings = load_settings()
    file = users_file(settings)
    file.remove(options.name)
    open_tokens(settings).revoke(options.name)
    _record(Action.USER_REMOVED, options.name)
    print(f"{options.name} may log in no more")
    if not file.read().users:
        print(f"nobody may log in with a password now; for a page without log-in delete {file.path}")
    return 0


def make_token(options: argparse.Namespace) -> int:
    """Print a new token, which is shown this once."""
    from assistant.people.audit import Action
    from assistant.people_assembly import open_tokens, users_file

    settings = load_settings()
    if users_file(settings).user(options.name) is None:
        raise PeopleError(
            f"There is no user {options.name}; see who there is with: policy-assistant users list"
        )
    text, token = open_tokens(settings).make(options.name, options.expires)
    _record(Action.TOKEN_MADE, f"{token.id} for {options.name}")
    print(text)
    print(f"token {_described(token)}; it is not shown again", file=sys.stderr)
    return 0


def revoke(options: argparse.Namespace) -> int:
    """Make tokens void."""
    from assistant.people.audit import Action
    from assistant.people_assembly import open_tokens

    gone = open_tokens(load_settings()).revoke(options.name, options.token)
    if not gone:
        raise PeopleError(
            f"{options.name} has no such token; see those there are with: policy-assistant users list"
        )
    for token in gone:
        _record(Action.TOKEN_REVOKED, f"{token.id} of {options.name}")
    print("1 token is void" if len(gone) == 1 else f"{len(gone)} tokens are void")
    return 0


def _command(
    below: "_SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: "Callable[[argparse.Namespace], int]",
    what: str,
    example: str,
) -> argparse.ArgumentParser:
    command = below.add_parser(
        name,
        help=what,
        description=what[0].upper() + what[1:] + ".",
        epilog=f"Example: policy-assistant users {example}",
    )
    command.set_defaults(run=run)
    return command


def _add_password(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-stdin",
        action="store_true",
        help="read the password from standard input, not the terminal",
    )


def _password(options: argparse.Namespace) -> str:
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Once more: "):
        raise PeopleError("The two passwords differ; type the same twice.")
    return password


def _collections(text: str) -> frozenset[str] | None:
    if text == "all":
        return None
    return frozenset(part.strip() for part in text.split(",") if part.strip())


def _days(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= _LONGEST_DAYS:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 to {_LONGEST_DAYS:,}")
    return int(text)


def _described(token: "Token") -> str:
    return f"{token.id}  until {token.expires:%Y-%m-%d %H:%M} UTC"


def _record(action: "Action", what: str) -> None:
    from assistant.people_assembly import open_audit

    open_audit(load_settings()).record(AT_TERMINAL, action, what)
