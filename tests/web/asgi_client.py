"""Requests to an application in this process, without a port: status, headers and text of each answer."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

_SECONDS = 30.0
_STREAM = 1.0  # seconds in which an answer that has begun may go on


class Reply(NamedTuple):
    """One answer; `text` holds what had arrived when a stream was left."""

    status: int
    headers: list[tuple[str, str]]
    text: str

    def header(self, name: str) -> str:
        """The value of a header; empty when it is not there."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def cookie(self) -> str:
        """The session cookie that was set, as a browser sends it back."""
        set_cookie = self.header("set-cookie")
        return set_cookie.split(";")[0]


class AsgiClient:
    """Builds an application and asks it from the outside; `close` ends its loop."""

    def __init__(self, build: Callable[[], Any], address: str = "127.0.0.1") -> None:
        self.address = address  # of who asks
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        # Inside the loop: without one at hand, Gradio makes a dozen and leaves them open.
        self.app = asyncio.run_coroutine_threadsafe(_built(build), self._loop).result(60)

    def close(self) -> None:
        """End the loop."""
        asyncio.run_coroutine_threadsafe(self._loop.shutdown_default_executor(), self._loop).result(_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_SECONDS)
        self._loop.close()

    def get(self, path: str, **headers: str) -> Reply:
        """GET; `accept_language="zh"` becomes a header of that name."""
        return self.send("GET", path, headers)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Reply:
        """POST of a form."""
        form = {"content_type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, form | headers, urlencode(fields).encode())

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Reply:
        """One request; an answer that never ends is left once it has begun."""
        asked = self._asked(method, path, headers, body)
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result(_SECONDS)

    async def _asked(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        answer = _Answer(body)
        scope = _scope(method, path, headers, body, self.address)
        running = asyncio.ensure_future(self.app(scope, answer.receive, answer.send))
        waiting = asyncio.ensure_future(answer.ended.wait())
        deadline = self._loop.time() + _SECONDS - 2
        while not running.done() and not answer.start and self._loop.time() < deadline:
            await asyncio.wait({running, waiting}, timeout=_STREAM, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait({running, waiting}, timeout=_STREAM, return_when=asyncio.FIRST_COMPLETED)
        if answer.ended.is_set():
            await asyncio.wait({running}, timeout=_STREAM)
        for task in (running, waiting):
            task.cancel()
        await asyncio.gather(running, waiting, return_exceptions=True)
        if not answer.start:
            failed = None if running.cancelled() else running.exception()
            raise AssertionError(f"{method} {path} was not answered: {failed!r}")
        raw = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in answer.start["headers"]]
        return Reply(answer.start["status"], raw, answer.text.decode("utf-8", "replace"))


class _Answer:
    """What an application receives of a request, and sends."""

    def __init__(self, body: bytes) -> None:
        self._request: list[Any] = [{"type": "http.request", "body": body, "more_body": False}]
        self.start: dict[str, Any] = {}
        self.text = bytearray()
        self.ended = asyncio.Event()

    async def receive(self) -> Any:
        """The whole request, and then nothing until the answer has ended."""
        if self._request:
            return self._request.pop()
        await self.ended.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        """Take a part of the answer."""
        if message["type"] == "http.response.start":
            self.start = message
            return
        self.text.extend(message.get("body", b""))
        if not message.get("more_body"):
            self.ended.set()


def _scope(method: str, path: str, headers: Mapping[str, str], body: bytes, address: str) -> dict[str, Any]:
    path, _, query = path.partition("?")
    named = {"host": "127.0.0.1"} | {name.replace("_", "-"): value for name, value in headers.items()}
    if body:
        named["content-length"] = str(len(body))
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in named.items()],
        "client": (address, 50_000),
        "server": ("127.0.0.1", 80),
    }


async def _built(build: Callable[[], Any]) -> Any:
    return build()
