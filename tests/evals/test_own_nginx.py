"""The shipped configuration of a proxy in front of several processes, in a real nginx."""

import shutil
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import pytest

from evals.bench.own_nginx import NO_NGINX, nginx

pytestmark = pytest.mark.skipif(
    not (shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")), reason=NO_NGINX
)


class Answering(BaseHTTPRequestHandler):
    """Says which server it is; 503 when that one starts or stops."""

    def do_GET(self) -> None:
        busy = getattr(self.server, "is_stopping", False)
        self.send_response(503 if busy else 200)
        self.end_headers()
        self.wfile.write(str(cast(ThreadingHTTPServer, self.server).server_port).encode())

    do_POST = do_GET  # noqa: N815 (named so by http.server)

    def log_message(self, *_arguments: object) -> None: ...


@contextmanager
def page() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def asked(address: str, cookie: str = "", method: str = "GET") -> tuple[str, str]:
    """Which server answered, and the cookie that came along."""
    request = urllib.request.Request(  # noqa: S310 (loopback)
        f"{address}/", headers={"cookie": cookie} if cookie else {}, method=method
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        return answer.read().decode(), str(answer.headers["set-cookie"])


def test_a_browser_stays_at_one_process_and_goes_on_at_the_other_when_that_one_is_gone(
    tmp_path: Path,
) -> None:
    with ExitStack() as stack:
        first, second = stack.enter_context(page()), stack.enter_context(page())
        ports = [first.server_port, second.server_port]
        address = stack.enter_context(nginx(tmp_path / "nginx", ports))
        _, given = asked(address)
        cookie = given.partition(";")[0]
        assert cookie.startswith("policy_route=")
        assert "HttpOnly; SameSite=Strict" in given
        at = {asked(address, cookie)[0] for _ in range(5)}
        others = {asked(address, f"policy_route={number}")[0] for number in range(20)}
        assert len(at) == 1
        assert others == {str(port) for port in ports}
        server = first if at == {str(ports[0])} else second
        server.is_stopping = True  # type: ignore[attr-defined]
        for method in ("GET", "POST"):
            assert asked(address, cookie, method)[0] in {str(port) for port in ports} - at
