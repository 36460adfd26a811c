"""One person at the page, without a browser: what the page's own code sends, and what comes back.

It speaks the queue protocol of Gradio 6: a question is posted, its steps arrive as server-sent events.
"""

import copy
import http.client
import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assistant.web.words import Words

BUSY = Words("en")("running_busy")
_TIMEOUT = 120.0  # seconds without a byte
_PASSAGE = re.compile(r'class="(?:offer|cards)\b')  # the sources panel with passages in it


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of a question: the seconds until the sources and until the end, and what is shown then."""

    to_sources: float | None  # None when it never showed any
    to_end: float
    transcript: str  # HTML
    sources: str
    notice: str

    @property
    def shown(self) -> str:
        """All that can be read of the answer."""
        return f"{self.transcript}\n{self.sources}"


class PageClient:
    """A browser window on the page, with a conversation of its own. Used by one thread."""

    def __init__(self, address: str, cookie: str = "") -> None:
        """`cookie` is what a proxy in front of several processes knows the browser by."""
        self._headers = {"cookie": cookie} if cookie else {}
        self._where = urlsplit(address).netloc
        self._session = uuid.uuid4().hex[:11]
        config = json.loads(self._request("GET", "/config"))
        parts = {part["id"]: part["props"] for part in config["components"]}
        named = {props.get("elem_id"): id_ for id_, props in parts.items()}
        question = named["question"]
        submitted = [question, "submit"]
        event = next(one for one in config["dependencies"] if submitted in one["targets"])
        self._sent = [parts[id_].get("value") for id_ in event["inputs"]]
        self._place = event["inputs"].index(question)
        self._event, self._trigger = event["id"], question
        self._places = {
            name: event["outputs"].index(named[name]) for name in ("transcript", "sources", "notice")
        }

    def begun_anew(self) -> "PageClient":
        """The same window with a conversation that has no question yet; the page is not opened again."""
        anew = copy.copy(self)
        anew._session = uuid.uuid4().hex[:11]
        return anew

    def ask(self, question: str, on_message: Callable[[], object] = lambda: None) -> Asked:
        """Ask, and read until the answer has ended; `on_message` is called whenever something arrives.

        Raises RuntimeError when the page sends an error or closes the stream.
        """
        started = time.perf_counter()
        to_sources: float | None = None
        shown: list[Any] = []
        if not self._join(question):
            return Asked(None, time.perf_counter() - started, "", "", BUSY)
        for message in self._messages():
            on_message()
            if message["msg"] not in ("process_generating", "process_completed"):
                continue
            if not message["success"]:
                raise RuntimeError(f"The page sent an error: {message['output']}")
            shown = _after(shown, message["output"]["data"])
            if to_sources is None and _PASSAGE.search(str(shown[self._places["sources"]])):
                to_sources = time.perf_counter() - started
            if message["msg"] == "process_completed":
                break
        to_end = time.perf_counter() - started
        read = {name: _text(shown[place]) for name, place in self._places.items()}
        return Asked(to_sources, to_end, **read)

    def _join(self, question: str) -> bool:
        """Whether the question was taken, and not turned away because too many ask."""
        sent = [*self._sent[: self._place], question, *self._sent[self._place + 1 :]]
        body = {
            "data": sent,
            "event_data": None,
            "fn_index": self._event,
            "trigger_id": self._trigger,
            "session_hash": self._session,
        }
        busy = http.client.TOO_MANY_REQUESTS
        return bool(self._request("POST", "/gradio_api/queue/join?", json.dumps(body), refused=busy))

    def _messages(self) -> Iterator[dict[str, Any]]:
        connection = http.client.HTTPConnection(self._where, timeout=_TIMEOUT)
        try:
            connection.request(
                "GET", f"/gradio_api/queue/data?session_hash={self._session}", headers=self._headers
            )
            answer = connection.getresponse()
            while line := answer.readline():
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))
        finally:
            connection.close()
        raise RuntimeError("The page closed the stream before the answer had ended.")

    def _request(self, method: str, path: str, body: str | None = None, refused: int = 0) -> bytes:
        """What is answered; nothing where it is refused with the status `refused`."""
        connection = http.client.HTTPConnection(self._where, timeout=_TIMEOUT)
        try:
            kind = {"content-type": "application/json"} if body else {}
            connection.request(method, path, body, self._headers | kind)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        if answer.status == refused:
            return b""
        if answer.status != http.client.OK:
            raise RuntimeError(f"{method} {path} was answered with {answer.status}: {content[:200]!r}")
        return content


def _after(shown: list[Any], sent: list[Any]) -> list[Any]:
    """What is shown after a message, which gives each value whole or as changes to the last one."""
    if not shown:
        return list(sent)
    return [_changed(old, new) for old, new in zip(shown, sent, strict=True)]


def _changed(old: Any, new: Any) -> Any:
    if not isinstance(new, list):
        return new
    for change, path, value in new:
        if path:
            return old  # inside a structure; the texts that are read here are replaced as wholes
        if change == "append":
            old = old + value
        elif change == "replace":
            old = value
    return old


def _text(value: Any) -> str:
    return str(value.get("value", "")) if isinstance(value, dict) else str(value or "")
