"""Counts every request by the pattern of its route; no address that a person made up becomes a label."""

from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.api.metrics import Metrics

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_PAGE, _NOWHERE = "page", "none"


class CountingRequests:
    """ASGI middleware around everything, so that what is refused is counted too."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and count it when its answer begins."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                method = scope["method"] if scope["method"] in _METHODS else "other"
                self._metrics.requested(method, _route_of(scope), message["status"])
            await send(message)

        await self._app(scope, receive, send_and_count)


def _route_of(scope: Scope) -> str:
    """The pattern of the route that answered, "page" for Gradio's, "none" where there is none."""
    route = scope.get("route")
    if scope["path"] == "/":  # answered with a scope of its own
        return _PAGE
    if isinstance(route, Mount):
        return route.path or _PAGE
    pattern = getattr(route, "path", None)
    return _NOWHERE if pattern is None else f"{scope.get('root_path', '')}{pattern}"
