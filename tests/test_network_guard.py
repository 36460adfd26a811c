import _socket
import asyncio
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

ELSEWHERE = "192.0.2.1"  # set aside for examples (RFC 5737): no machine has it


def with_socket(kind: socket.SocketKind, use: Callable[[socket.socket], object]) -> None:
    with socket.socket(socket.AF_INET, kind) as opened:
        opened.settimeout(0.1)
        use(opened)


def connect_below_the_socket_module() -> None:
    opened = _socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        opened.connect((ELSEWHERE, 80))
    finally:
        opened.close()


async def open_a_stream() -> None:
    await asyncio.open_connection(ELSEWHERE, 80)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: with_socket(socket.SOCK_STREAM, lambda tcp: tcp.connect((ELSEWHERE, 80))),
        lambda: with_socket(socket.SOCK_STREAM, lambda tcp: tcp.connect_ex((ELSEWHERE, 80))),
        lambda: with_socket(socket.SOCK_DGRAM, lambda udp: udp.sendto(b"?", (ELSEWHERE, 53))),
        lambda: with_socket(socket.SOCK_DGRAM, lambda udp: udp.sendmsg([b"?"], [], 0, (ELSEWHERE, 53))),
        lambda: socket.create_connection((ELSEWHERE, 80), timeout=0.1),
        lambda: socket.getaddrinfo("example.org", 443),
        lambda: socket.gethostbyname("example.org"),
        lambda: socket.gethostbyname_ex("example.org"),
        lambda: urllib.request.urlopen("http://example.org/", timeout=0.1),
        lambda: asyncio.run(open_a_stream()),
        connect_below_the_socket_module,
    ],
)
def test_another_machine_is_out_of_reach(attempt: Callable[[], object]) -> None:
    with pytest.raises(
        pytest.fail.Exception, match=r"tried to reach another machine: .*(192\.0\.2\.1|example)"
    ):
        attempt()


def test_code_that_survives_every_error_does_not_survive_this() -> None:
    def careless() -> str:
        try:
            socket.create_connection((ELSEWHERE, 80), timeout=0.1)
        except Exception:  # noqa: BLE001
            return "offline"
        return "online"

    with pytest.raises(pytest.fail.Exception):
        careless()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.8.9.10"])
def test_this_machine_can_be_reached(host: str) -> None:
    with (
        socket.create_server(("127.0.0.1" if host == "localhost" else host, 0)) as server,
        socket.create_connection((host, server.getsockname()[1]), timeout=5) as client,
    ):
        accepted, _ = server.accept()
        accepted.close()
        assert client.recv(1) == b""


def test_sockets_that_never_leave_the_machine_are_left_alone(tmp_path: Path) -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"here")
        assert other.recv(4) == b"here"
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(tmp_path / "door"))
        server.listen()
        client.connect(str(tmp_path / "door"))


def test_a_child_process_can_put_itself_under_the_guard() -> None:
    script = (
        "from tests.network_guard import forbid_network\n"
        "forbid_network()\n"
        "import urllib.request\n"
        "urllib.request.urlopen('http://192.0.2.1/', timeout=0.1)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode != 0
    assert "tried to reach another machine: socket.connect 192.0.2.1" in ran.stderr


def test_the_data_folder_is_the_tests_own(home: Path, tmp_path: Path) -> None:
    assert Path(os.environ["POLICY_ASSISTANT_HOME"]) == home == tmp_path / "home"
    others = {name for name in os.environ if name.startswith("POLICY_ASSISTANT_")}
    assert others <= {
        "POLICY_ASSISTANT_HOME",
        "POLICY_ASSISTANT_CHROMIUM",
        "POLICY_ASSISTANT_PUBLIC_DATA",
    }
