"""A real Chroma server to measure and test with, as `chroma run` starts it, on a port of this machine."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evals.bench.served import free_port

_PATIENCE = 60.0  # seconds until it must answer; loading it takes one


class ChromaServer:
    """A server over a folder, which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and return when it answers."""
        program = Path(sys.executable).with_name("chroma")
        self._process = subprocess.Popen(  # noqa: S603 (of this environment)
            [program, "run", "--path", self._folder, "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "ANONYMIZED_TELEMETRY": "FALSE"},
        )
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=1).close()  # noqa: S310 (loopback)
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """End it as a power cut does."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()

    def hang(self) -> None:
        """Let it stand still: it takes connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """End that."""
        self._signal(signal.SIGCONT)

    @property
    def resident_bytes(self) -> int:
        """Its memory."""
        if self._process is None:
            return 0
        pages = Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def _signal(self, which: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(which)


@contextmanager
def chroma_server(folder: Path) -> Iterator[ChromaServer]:
    """A server for a while."""
    server = ChromaServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.go_on()
        server.kill()
