"""Of more questions than the page can take, those too many are turned away where they arrive.

The door (`assistant.admission`) does the same for whatever asks; but Gradio works for hundredths of a second
on each event before it gets there, and when two hundred people ask in one moment the last of them would be
told after seconds that the page is busy.
"""

import json
import threading
import time
from collections.abc import Callable, Collection
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.words import Words

_ARRIVAL = "/gradio_api/queue/join"
# Seconds after which a question is no longer counted, whatever became of it: a browser may have gone before
# its question was begun. The door counts those that take longer.
_COUNTED = 60.0


class Arrivals:
    """The windows whose question has arrived and is not answered yet. Safe to share between threads."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._since: dict[str, float] = {}
        self._lock = threading.Lock()

    def came(self, window: str) -> bool:
        """Count a question of a window; False, and nothing counted, when there are as many as can be."""
        now = self._clock()
        with self._lock:
            self._since = {one: since for one, since in self._since.items() if now - since < _COUNTED}
            if len(self._since) >= self._most:
                return False
            self._since[window] = now
            return True

    def went(self, window: str | None) -> None:
        """The question of a window is answered, or given up."""
        with self._lock:
            self._since.pop(window or "", None)


class TurningAway:
    """ASGI middleware inside of Gradio's application; `asks` are the ids of the events that ask a question.

    Gradio shows the words of the refusal over the page and leaves the question in its box. In which language
    the page is shown is not known here, so they are said in both.
    """

    def __init__(self, app: ASGIApp, arrivals: Arrivals, asks: Collection[int]) -> None:
        self._app = app
        self._arrivals = arrivals
        self._asks = frozenset(asks)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a question too many, or pass the request on as it came."""
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].endswith(_ARRIVAL):
            await self._app(scope, receive, send)
            return
        body = await Request(scope, receive).body()
        event = _read(body)
        if event.get("fn_index") in self._asks and not self._arrivals.came(str(event.get("session_hash"))):
            busy = " ".join(Words(language)("running_busy") for language in ("en", "zh"))
            await JSONResponse({"detail": busy}, 429, {"retry-after": "2"})(scope, receive, send)
            return
        await self._app(scope, _again(body, receive), send)


def _read(body: bytes) -> dict[str, Any]:
    try:
        event = json.loads(body)
    except ValueError:
        return {}  # Gradio says what is wrong with it
    return event if isinstance(event, dict) else {}


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that has been read, and then whatever else comes."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_again() -> Message:
        return left.pop() if left else await receive()

    return receive_again
