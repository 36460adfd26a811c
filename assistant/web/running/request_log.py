"""One line of the log a request, and the id by which a reader's complaint finds it: `X-Request-ID`.

The line holds the path without what follows "?", which may hold what was asked. Files and the page's own
polling are logged at level debug.
"""

import logging
import re
import secrets
import time
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.log_lines import told
from assistant.web.asker import known_asker, remember_request, request_id_of

# A proxy in front may have given the request an id already; whatever else is sent does not reach the log.
_FOREIGN_ID = re.compile(r"[\w-]{8,64}", re.ASCII)
_OFTEN = re.compile(r"/(?:page-files|assets|static|theme\.css|favicon\.ico|alive)|/gradio_api/(?!queue/join)")
_SESSION = re.compile(r"(?<=/heartbeat/)\w+")

log = logging.getLogger(__name__)


class RequestLog:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the request its id, pass it on, and write its line when it has been answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).get("x-request-id", "")
        request = sent if _FOREIGN_ID.fullmatch(sent) else secrets.token_hex(8)
        remember_request(scope, request)
        status = HTTPStatus.INTERNAL_SERVER_ERROR.value
        start = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["x-request-id"] = request
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            _write(scope, status, time.perf_counter() - start)


def _write(scope: Scope, status: int, seconds: float) -> None:
    path = _SESSION.sub("…", scope["path"])
    often = _OFTEN.match(path) and status < HTTPStatus.BAD_REQUEST
    person = known_asker(scope)
    log.log(
        logging.DEBUG if often else logging.INFO,
        "request",
        extra=told(
            method=scope["method"],
            path=path,
            status=status,
            seconds=round(seconds, 3),
            person=person.name if person else None,
            request=request_id_of(scope),
        ),
    )
