"""A process of the page that can be killed and started again, and shares what it stores with others."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from evals.bench.served import free_port

_COMMAND = [sys.executable, "-m", "assistant.command_line"]
_PATIENCE = 180.0  # seconds until it must take questions


def environment(home: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """The variables of a process with these settings."""
    named = {f"POLICY_ASSISTANT_{name.upper()}": value for name, value in settings.items()}
    return {**os.environ, "POLICY_ASSISTANT_HOME": str(home), **named}


def run_command(home: Path, settings: Mapping[str, str], *arguments: str) -> None:
    """Run a command of the product to its end. Raises CalledProcessError."""
    subprocess.run([*_COMMAND, *arguments], env=environment(home, settings), check=True)  # noqa: S603 (our own)


class AppProcess:
    """The page on a port of this machine."""

    def __init__(self, home: Path, settings: Mapping[str, str]) -> None:
        self.port = free_port()
        self._home, self._settings = home, dict(settings)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and return when it takes questions."""
        log = (self._home / "page.log").open("ab")
        with log:
            self._process = subprocess.Popen(  # noqa: S603 (our own command)
                [*_COMMAND, "chat", "--port", str(self.port)],
                env=environment(self._home, self._settings),
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + _PATIENCE
        while not self.is_alive:
            if time.monotonic() > until or self._process.poll() is not None:
                said = (self._home / "page.log").read_text("utf-8", "replace")[-2_000:]
                raise RuntimeError(f"The page did not start: {said}")
            time.sleep(0.1)

    @property
    def is_alive(self) -> bool:
        """Whether it takes questions."""
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/alive", timeout=2).close()
        except (OSError, urllib.error.HTTPError):
            return False
        return True

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop it as a supervisor does."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait()
