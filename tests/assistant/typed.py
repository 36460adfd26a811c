"""The command as a person types it: within this process, and in a process of its own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.command_line import main

ROOT = Path(__file__).resolve().parents[2]
GUARDED = (
    "import sys; from tests.network_guard import forbid_network; forbid_network();"
    " from assistant.command_line import main; code = main(sys.argv[1:])"
)


@dataclass(frozen=True)
class Typed:
    """What came of a command."""

    code: int
    out: str
    err: str

    def complaint(self) -> str:
        """The one sentence that a command that failed says, and nothing beside it."""
        assert self.code == 1, (self.out, self.err)
        (line,) = self.err.splitlines()
        assert line.startswith("policy-assistant: ")
        assert "Traceback" not in self.err
        assert "Errno" not in line
        return line.removeprefix("policy-assistant: ")


def typed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Typed:
    """Run a command in this process."""
    capsys.readouterr()
    code = main(arguments)
    captured = capsys.readouterr()
    return Typed(code, captured.out, captured.err)


def typed_apart(*arguments: str, program: str = GUARDED) -> Typed:
    """Run a command in a process of its own that cannot reach the network."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}; sys.exit(code)", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    return Typed(done.returncode, done.stdout, done.stderr)
