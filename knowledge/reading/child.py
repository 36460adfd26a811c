"""The process that parses: one request a line on standard input, one answer a line on standard output.

It holds no more memory than it is given and ends itself when a file takes too long, so that no file can harm
the process that asked. `knowledge.reading.process` starts it.
"""

import base64
import dataclasses
import hashlib
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from knowledge.errors import UnreadableFile
from knowledge.reading.archive import Archive
from knowledge.reading.formats import read_content

MEMORY_BYTES = 448_000_000  # of address space beyond what a fresh process has: 512 MB with it
Answer = dict[str, Any]  # what `json` writes


class Parser:
    """Answers requests; the archive that was listed last stays open for its members."""

    def __init__(self) -> None:
        self._archive: tuple[str, Archive] | None = None

    def answer(self, request: Answer) -> Answer:
        """{"text", "sha256", "headings", "pages", "hidden", "stated"} or {"members"}.

        Of what cannot be read {"unreadable", "chinese"}, the two sentences that say why.

        Of a page {"png" in Base64, "width", "height", "marked"}, or {"changed"} when it is another file.
        """
        try:
            if request["what"] == "picture":
                return _picture(request)
            if request["what"] == "members":
                return {"members": [dataclasses.astuple(member) for member in self._opened(request).members]}
            if request["what"] == "member":
                data = self._opened(request).read(request["position"], request["name"])
            else:
                data = Path(request["path"]).read_bytes()
            content = read_content(data, request["suffix"], request["name"])
        except UnreadableFile as error:
            return {"unreadable": str(error), "chinese": error.chinese}
        except (MemoryError, RecursionError):
            self._archive = None
            refused = too_demanding(request["name"])
            return {"unreadable": str(refused), "chinese": refused.chinese}
        return {
            "text": content.text,
            "sha256": hashlib.sha256(data).hexdigest(),
            **dataclasses.asdict(content.layout),
            "stated": dict(content.stated),
        }

    def _opened(self, request: Answer) -> Archive:
        path = request["path"]
        if self._archive is None or self._archive[0] != path or request["what"] == "members":
            self._archive = None
            self._archive = (path, Archive(Path(path).read_bytes(), request["archive"]))
        return self._archive[1]


def _picture(request: Answer) -> Answer:
    # Only a person who looks at a page needs it.
    from knowledge.reading.pdf_picture import picture_of

    data = Path(request["path"]).read_bytes()
    if request["member"]:
        archive = Archive(data, request["name"])
        positions = [one.position for one in archive.members if one.path == request["member"]]
        data = archive.read(positions[0], request["name"]) if positions else b""
    if hashlib.sha256(data).hexdigest() != request["sha256"]:
        return {"changed": True}
    drawn = picture_of(data, request["page"], request["words"], request["earlier"], request["name"])
    return {**dataclasses.asdict(drawn), "png": base64.b64encode(drawn.png).decode("ascii")}


def too_demanding(name: str) -> UnreadableFile:
    """Why a file is refused that needs more memory than the parser is given."""
    megabytes = MEMORY_BYTES // 1_000_000
    return UnreadableFile(
        f"{name} needs more memory than the {megabytes} MB that one file is given: "
        "split it, or save it anew as text.",
        f"{name} 所需内存超过单个文件的限额 {megabytes} MB：请拆分，或另存为纯文本。",
    )


def _bounded() -> None:
    """Bound this process for good: memory, no core dumps, no file written."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MEMORY_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    """Serve until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    _bounded()
    parser = Parser()
    for line in sys.stdin:
        request = json.loads(line)
        signal.alarm(request["seconds"])  # ends the process, also inside a library and without a parent
        answers.write(json.dumps(parser.answer(request)) + "\n")
        answers.flush()
        signal.alarm(0)


if __name__ == "__main__":
    main()
