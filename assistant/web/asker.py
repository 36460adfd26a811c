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


def asker_of_event(request: "gr.Request") -> Person:
    """Who set off an event of the page; KeyError where nobody has established it."""
    sent = request.request
    if sent is None:
        raise KeyError(_KEY)
    return asker_of(sent.scope)


def asker_of(scope: MutableMapping[str, Any]) -> Person:
    """Who sent the request of an ASGI scope; KeyError where nobody has established it."""
    person: Person = scope[_KEY]
    return person
