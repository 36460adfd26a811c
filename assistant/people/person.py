"""A person (or a program with a token), the role that says what they may do, and what they may read."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person may do; each role may do what those before it may."""

    READER = "reader"  # asks, reads, keeps their own conversations
    MAINTAINER = "maintainer"  # adds, corrects, approves and removes documents; reads evals and feedback
    ADMIN = "admin"  # reads the audit log, sees who may do what

    def covers(self, least: "Role") -> bool:
        """Whether who has this role may do what `least` may."""
        order = list(Role)
        return order.index(self) >= order.index(least)


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks, as it has been established; `collections` None reads everything."""

    name: str
    role: Role
    collections: frozenset[str] | None = None


# Who uses a page that has no log-in and is served on this machine alone: whoever sits at it.
LOCAL_PERSON = Person("local", Role.ADMIN)
