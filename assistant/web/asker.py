"""Who sent a request, as `Protection` has established it before any route is reached, and its id."""

from collections.abc import Iterator, MutableMapping
from typing import Any, TypeVar

from assistant.asked_by import AskedBy, now_asks
from assistant.people.person import Person

_Shown = TypeVar("_Shown")

_KEY = "assistant.person"
_ID = "assistant.request"


def remember_request(scope: MutableMapping[str, Any], request_id: str) -> None:
    """Write down in a request's ASGI scope by which id the log speaks of it."""
    scope[_ID] = request_id


def remember_asker(scope: MutableMapping[str, Any], person: Person) -> None:
    """Write down in a request's ASGI scope who sent it, and that it is this person who asks now."""
    scope[_KEY] = person
    asks_as_sent(scope)


def in_the_name_of(scope: MutableMapping[str, Any], shown: Iterator[_Shown]) -> Iterator[_Shown]:
    """The same, each made while it is said that who sent this request asks.

    For what runs in tasks of its own: Gradio's queue takes each step in another one.
    """
    while True:
        asks_as_sent(scope)
        try:
            one = next(shown)
        except StopIteration:
            return
        yield one


def asks_as_sent(scope: MutableMapping[str, Any]) -> None:
    """Say that who sent this request asks now."""
    person = who_is_known(scope)
    now_asks(AskedBy(person.name if person else None, request_id_of(scope)))


def scope_of(request: Any) -> MutableMapping[str, Any]:
    """The ASGI scope behind the request that Gradio hands to an event (`gr.Request`)."""
    scope: MutableMapping[str, Any] = request.request.scope
    return scope


def asker_of(scope: MutableMapping[str, Any]) -> Person:
    """Who sent the request of an ASGI scope; KeyError where nobody has established it."""
    person: Person = scope[_KEY]
    return person


def who_is_known(scope: MutableMapping[str, Any]) -> Person | None:
    """The same, None where nobody has established it."""
    return scope.get(_KEY)


def request_id_of(scope: MutableMapping[str, Any]) -> str | None:
    """The id of the request; None outside of `RequestLog`."""
    return scope.get(_ID)
