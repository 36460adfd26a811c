"""Who sent a request, as `Protection` has established it before any route is reached."""

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any

from assistant.people.person import Person

if TYPE_CHECKING:
    import gradio as gr

_KEY = "assistant.person"


def remember_asker(scope: MutableMapping[str, Any], person: Person) -> None:
    """Write down in a request's ASGI scope who sent it."""
    scope[_KEY] = person


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
    return asker_of(event.request.scope if event.request is not None else {})
