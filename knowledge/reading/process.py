"""Asks the parsing process, starts it when there is none, and ends it when a file takes too long."""

import json
import os
import selectors
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from knowledge.errors import UnreadableFile

# The package may stand in a checkout that only the parent has on its path.
_START = "import sys; sys.path.insert(0, sys.argv[1]); from knowledge.reading.child import main; main()"
_ROOT = str(Path(__file__).parents[2])
_LONGEST_ANSWER = 256_000_000  # bytes; a text of 20 million Chinese characters has 120 MB as JSON
_CHUNK = 1 << 20

SECONDS = 20  # for one file
SECONDS_FOR_PAGES = 90  # for a PDF, which may have ten thousand pages


class ParsingProcess:
    """A child process with bounded memory and time; used as a context, it is gone at the end."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def ask(self, what: str, path: Path, *, name: str, seconds: int = SECONDS, **more: Any) -> dict[str, Any]:
        """The answer to one request; raises UnreadableFile, naming `name`, when there is none in time.

        See `knowledge.reading.child.Parser.answer` for the requests and their answers.
        """
        request = {"what": what, "path": str(path), "name": name, "seconds": seconds + 1, **more}
        process = self._running()
        assert process.stdin is not None and process.stdout is not None  # noqa: S101, PT018 (both are pipes)
        try:
            process.stdin.write(json.dumps(request).encode("ascii") + b"\n")
            process.stdin.flush()
            line = _line(process.stdout, time.monotonic() + seconds)
        except TimeoutError:
            self._end()
            raise UnreadableFile(
                f"{name} takes more than {seconds} seconds to read: split it, or save it anew as text.",
                f"{name} 读取超过 {seconds} 秒：请拆分，或另存为纯文本。",
            ) from None
        except BrokenPipeError:
            line = b""
        if not line.endswith(b"\n"):
            reason = self._end()
            raise UnreadableFile(
                f"{name} is damaged, or needs more memory than one file is given (its parser ended with "
                f"{reason}): save it anew, or as another format.",
                f"{name} 已损坏，或所需内存超过单个文件的限额（解析程序退出：{reason}）："
                "请重新保存，或改存为其他格式。",
            )
        answer: dict[str, Any] = json.loads(line)
        if "unreadable" in answer:
            raise UnreadableFile(answer["unreadable"], answer["chinese"])
        return answer

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter and words)
                [sys.executable, "-P", "-c", _START, _ROOT],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
        return self._process

    def _end(self) -> str:
        """Kill the process if it runs still; returns how it ended, in words."""
        process, self._process = self._process, None
        if process is None:
            return "it had not started"
        before = process.poll()
        process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        if before is None:
            return "it was ended"
        return f"signal {-code}" if code < 0 else f"exit code {code}"


def _line(stream: IO[bytes], deadline: float) -> bytes:
    """What the stream gives up to the end of a line, b"" or a part of it when it ends or is too long.

    Raises TimeoutError at the deadline (of `time.monotonic`).
    """
    parts: list[bytes] = []
    length = 0
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while length <= _LONGEST_ANSWER:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            part = os.read(stream.fileno(), _CHUNK)
            parts.append(part)
            length += len(part)
            if not part or part.endswith(b"\n"):
                break
    return b"".join(parts) if length <= _LONGEST_ANSWER else b""
