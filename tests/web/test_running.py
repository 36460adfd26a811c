"""A page in use: what its log says, who is told that it is busy, and how it stops."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from assistant.admission import Admission
from assistant.web.running.stopping import OrderlyServer
from assistant.web.words import Words
from evals.bench.page_client import Asked, PageClient
from tests.web.scripted_assistant import ANSWERS
from tests.web.test_server import fetch

IMPORTS, EXPORTS = list(ANSWERS)[:2]
EN = Words("en")
CANARY = "canary-7f3a"


@dataclass
class RunningPage:
    """A page that a program of its own serves, with the log it writes."""

    address: str
    process: subprocess.Popen[str]
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def stop(self, sent: signal.Signals) -> int:
        self.process.send_signal(sent)
        return self.process.wait(20)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningPage]:
    log = tmp_path / "log.jsonl"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "tests.web.guarded_page"],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env=os.environ | {"SOME_API_KEY": CANARY},
            cwd=Path(__file__).parents[2],
        ) as process,
    ):
        assert process.stdout is not None
        said = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert said, log.read_text()
        try:
            yield RunningPage(said.group(), process, log)
        finally:
            process.kill()


class Asking(threading.Thread):
    """Somebody who asks in a window of their own."""

    def __init__(self, address: str, question: str) -> None:
        super().__init__(daemon=True)
        self._client = PageClient(address)
        self._question = question
        self.asked: Asked | None = None
        self.has_begun = threading.Event()
        self.start()

    def run(self) -> None:
        self.asked = self._client.ask(self._question, self.has_begun.set)

    def is_heard(self) -> "Asking":
        """Until something of the answer has arrived."""
        assert self.has_begun.wait(30)
        return self

    def result(self) -> Asked:
        self.join(30)
        assert self.asked is not None
        return self.asked


def test_a_line_a_request_and_a_line_a_question_without_a_word_of_it(running: RunningPage) -> None:
    PageClient(running.address).ask(f"What of {CANARY}?")
    PageClient(running.address).ask("crash")
    fetch(running.address, f"/guidance-file?description={CANARY}&form=md")
    secrets = {"authorization": CANARY, "x-request-id": f"{CANARY} x"}
    fetch(running.address, f"/{CANARY}?key={CANARY}", "GET", None, **secrets)
    _, headers, _ = fetch(running.address, "/documents", "GET", None, **{"x-request-id": "from-a-proxy-1"})
    assert running.stop(signal.SIGTERM) == 0

    questions = [line for line in running.lines() if line["event"] == "question"]
    requests = {line["request"]: line for line in running.lines() if line["event"] == "request"}
    assert [one["outcome"] for one in questions] == ["not_in_documents", "failed"]
    assert {one["person"] for one in questions} == {"local"}
    assert questions[0]["seconds"] >= 1.4
    assert requests[questions[0]["request"]]["path"] == "/gradio_api/queue/join"
    assert headers["x-request-id"] == "from-a-proxy-1"
    assert requests["from-a-proxy-1"]["path"] == "/documents"
    text = running.log.read_text("utf-8").replace(f'"path": "/{CANARY}"', "")  # an address is no question
    assert CANARY not in text
    assert "secret detail" not in text


def test_the_next_waits_and_whoever_comes_then_is_told_so_at_once(running: RunningPage) -> None:
    client = PageClient(running.address)
    first = Asking(running.address, IMPORTS).is_heard()
    second = Asking(running.address, EXPORTS).is_heard()
    time.sleep(0.2)

    third = client.ask(IMPORTS)

    assert third.to_end < 1
    assert EN("running_busy") in third.notice
    assert ANSWERS[IMPORTS][0][:40] in first.result().transcript
    assert ANSWERS[EXPORTS][1][:40] in second.result().transcript


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_a_running_answer_is_finished_and_a_new_question_is_refused(
    running: RunningPage, sent: signal.Signals
) -> None:
    client = PageClient(running.address)
    first = Asking(running.address, IMPORTS).is_heard()
    time.sleep(0.2)

    running.process.send_signal(sent)
    time.sleep(0.1)
    refused = client.ask(EXPORTS)
    status, _, _ = fetch(running.address, "/alive")

    assert EN("running_stopping") in refused.notice
    assert status == 503
    assert ANSWERS[IMPORTS][1][:40] in first.result().transcript
    assert running.process.wait(20) == 0


def test_a_second_signal_is_not_made_to_wait() -> None:
    door = Admission(1, 0)
    server = OrderlyServer(uvicorn.Config("no:app"), door)
    with door.admitted():
        server.handle_exit(signal.SIGINT, None)
        first = (server.should_exit, server.force_exit)
        server.handle_exit(signal.SIGINT, None)
        second = (server.should_exit, server.force_exit)

    assert first == (False, False)
    assert second == (True, True)
