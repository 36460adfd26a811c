"""A loopback server that speaks OpenAI's chat protocol, well or with one fault; the address says which."""

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

KEY = "sk-canary-7d1f0c2e9b"  # must never be seen again
FRENCH = "Les exportations de services doivent être encouragées par toutes les autorités compétentes [1].\n"
_LONG = 2_000_000  # characters
_STALL = 30.0  # seconds, longer than any test waits


class Answering(ThreadingHTTPServer):
    """What it says is `reply`; every request it got is kept."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, reply: str) -> None:
        super().__init__(("127.0.0.1", 0), _Request)
        self.reply = reply
        self.requests: list[dict[str, object]] = []
        self.keys: list[str] = []
        self.stopping = threading.Event()

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle is what is tried here."""

    def address(self, fault: str = "none") -> str:
        """The base URL at which it has that fault."""
        return f"http://127.0.0.1:{self.server_address[1]}/{fault}/v1"


@contextmanager
def model_server(reply: str = "") -> Iterator[Answering]:
    """A server that answers every request with `reply`."""
    server = Answering(reply)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Request(BaseHTTPRequestHandler):
    server: Answering

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        pass

    def do_POST(self) -> None:
        length = int(self.headers["content-length"])
        self.server.requests.append(json.loads(self.rfile.read(length)))
        self.server.keys.append(self.headers["authorization"] or "")
        fault = self.path.split("/")[1]
        with contextlib.suppress(OSError):  # the client has hung up
            if fault.isdecimal():
                self._send(
                    int(fault), "application/json", _problem(fault, self.headers["authorization"] or "")
                )
            else:
                _FAULTS[fault](self)

    def _send(self, status: int, kind: str, body: str) -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()

    def _say(self, text: str, finish: str | None = None) -> None:
        delta = {"content": text} if text else {}
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m",
            "choices": [choice],
        }
        self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.wfile.flush()

    def _say_all(self, text: str) -> None:
        self._begin_stream()
        for start in range(0, len(text), 20):
            self._say(text[start : start + 20])
        self._say("", "stop")
        self.wfile.write(b"data: [DONE]\n\n")

    def whole(self) -> None:
        self._say_all(self.server.reply)

    def html(self) -> None:
        self._send(200, "text/html", "<html><body><h1>It works!</h1> data: {} </body></html>")

    def bad_json(self) -> None:
        self._begin_stream()
        self.wfile.write(b'data: {"choices": [{"delta": {"content": "The fee\n\n')

    def empty(self) -> None:
        self._say_all("")

    def cut(self) -> None:
        self._begin_stream()
        self._say(self.server.reply[: len(self.server.reply) // 2])

    def stall(self) -> None:
        self._begin_stream()
        self._say(self.server.reply.split("\n")[0] + "\nThe ")
        self.server.stopping.wait(_STALL)

    def slow(self) -> None:
        self.server.stopping.wait(_STALL)

    def endless(self) -> None:
        self._begin_stream()
        while not self.server.stopping.is_set():
            self._say("and ")
            time.sleep(0.01)

    def french(self) -> None:
        self._say_all(FRENCH * 3)

    def two_megabytes(self) -> None:
        self._begin_stream()
        for _ in range(20):
            self._say("word " * (_LONG // 100))
        self._say("", "stop")

    def too_long(self) -> None:
        self._begin_stream()
        self._say(self.server.reply)
        self._say("", "length")


def _problem(status: str, authorization: str) -> str:
    # Some servers do repeat the key that they refuse.
    return json.dumps(
        {"error": {"message": f"Refused {status}: {authorization}", "type": "x", "code": status}}
    )


_FAULTS = cast(
    dict[str, Callable[[_Request], None]],
    {
        "none": _Request.whole,
        "html": _Request.html,
        "bad_json": _Request.bad_json,
        "empty": _Request.empty,
        "cut": _Request.cut,
        "stall": _Request.stall,
        "timeout": _Request.slow,
        "endless": _Request.endless,
        "wrong_language": _Request.french,
        "two_megabytes": _Request.two_megabytes,
        "length": _Request.too_long,
    },
)
