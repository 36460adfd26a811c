"""Every address that an application answers, read from its own routes, whoever has added them."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any, NamedTuple

from assistant.web.route_rules import rule_for

_SLOT = re.compile(r"\{(\w+)(?::\w+)?\}")
# What stands in an address for a slot: the first that a rule knows, so that a rule's pattern is met.
_FILLINGS = ("0123456789abcdef", 2 * "0123456789abcdef", "page.js", "index.js", "docx", "1", "a", "approve")


class Route(NamedTuple):
    """One method at one address, with the slots of the address filled."""

    method: str
    path: str
    own: bool  # of this program, not of Gradio


def every_route(app: Any) -> list[Route]:
    """The routes of the application and of what is mounted in it."""
    found = {
        Route(method, _filled(method, path), own)
        for methods, path, own in _declared(app.routes, "", own=True)
        for method in methods
    }
    return sorted(found)


def _declared(routes: Sequence[Any], prefix: str, *, own: bool) -> Iterator[tuple[set[str], str, bool]]:
    for route in routes:
        router = getattr(route, "original_router", None)  # what include_router leaves
        mounted = getattr(getattr(route, "app", None), "routes", None) if router is None else None
        if router is not None:
            yield from _declared(router.routes, prefix + route.include_context.prefix, own=own)
        elif mounted is not None and getattr(route, "methods", None) is None:
            yield from _declared(mounted, prefix + route.path, own=own and not _is_gradio(route.app))
        else:
            methods = route.methods or {
                "GET",
                "POST",
                "DELETE",
            }  # None where the route answers them all itself
            yield set(methods), prefix + route.path, own


def _is_gradio(app: object) -> bool:
    return type(app).__module__.startswith("gradio")


def _filled(method: str, path: str) -> str:
    slots = _SLOT.findall(path)
    choices = [_with(path, fillings) for fillings in product(_FILLINGS, repeat=len(slots))]
    return next((one for one in choices if rule_for(method, one) is not None), choices[0])


def _with(path: str, fillings: Sequence[str]) -> str:
    for filling in fillings:
        path = _SLOT.sub(filling, path, count=1)
    return path
