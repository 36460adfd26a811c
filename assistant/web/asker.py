"""Who sent a request, as `Protection` has established it before any route is reached, and its id."""

from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.asked_by import AskedBy, now_asks
from assistant.people.person import Person

if TYPE_CHECKING:
    import gradio as gr

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
    person = known_asker(scope)
    now_asks(AskedBy(person.name if person else None, request_id_of(scope)))


def scope_of(request: "gr.Request") -> MutableMapping[str, Any]:
    """The ASGI scope behind the request that Gradio hands to an event (`gr.Request`)."""
    scope: MutableMapping[str, Any] = request.request.scope if request.request is not None else {}
    return scope


def asker_of(scope: MutableMapping[str, Any]) -> Person:
    """Who sent the request of an ASGI scope; KeyError where nobody has established it."""
    person: Person = scope[_KEY]
    return person


def known_asker(scope: MutableMapping[str, Any]) -> Person | None:
    """The same, or None where nobody is known."""
    person: Person | None = scope.get(_KEY)
    return person


def asker_of_event(event: "gr.Request") -> Person:
    """Who caused an event of the page; KeyError where nobody has established it."""
    return asker_of(scope_of(event))


def request_id_of(scope: MutableMapping[str, Any]) -> str | None:
    """The id of the request; None outside of `RequestLog`."""
    return scope.get(_ID)
