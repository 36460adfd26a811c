"""The page, served by a process of its own as `policy-assistant chat` serves it."""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_COMMAND = [sys.executable, "-m", "assistant.command_line"]
SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@contextmanager
def served_seeds() -> Iterator[str]:
    """The address of the page over a library that holds the seed document alone."""
    with tempfile.TemporaryDirectory() as home:
        index(SEEDS, Path(home))
        with served(Path(home), log_level="warning") as address:
            yield address


def index(documents: Path, home: Path) -> None:
    """Index documents into a data folder, by the command."""
    command = [*_COMMAND, "index", str(documents)]
    subprocess.run(command, env=_environment(home), check=True, capture_output=True)  # noqa: S603 (our own)


@contextmanager
def served(home: Path, **settings: str) -> Iterator[str]:
    """The address of the page over a data folder; `port="8000"` is the setting port."""
    with subprocess.Popen(  # noqa: S603 (our own command)
        [*_COMMAND, "chat", "--port", str(free_port())],
        env=_environment(home)
        | {f"POLICY_ASSISTANT_{name.upper()}": value for name, value in settings.items()},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            said = process.stdout.readline() if process.stdout else ""
            address = re.search(r"http://127\.0\.0\.1:\d+", said)
            if address is None:
                raise RuntimeError(f"The page did not say where it is, but: {said!r}")
            yield address.group()
        finally:
            process.send_signal(signal.SIGINT)


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "POLICY_ASSISTANT_HOME": str(home)}


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
