"""The desk: who is let in, what is counted, and what is said when all places are taken."""

import json
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.answer import Conversation
from assistant.answering import Step
from assistant.errors import TooManyQuestions
from assistant.people.person import Person, Role
from assistant.web.api.answer_threads import AT_ONCE, WAITING
from knowledge.policy import Filters
from tests.web.api.served_app import application, client_of, served
from tests.web.api.test_rest import IMPORTS, events
from tests.web.scripted_assistant import ScriptedAssistant

CHAT = {"messages": [{"role": "user", "content": IMPORTS}]}


@dataclass(frozen=True)
class HeldAssistant(ScriptedAssistant):
    """Answers when it is let go; after `breaks_after` steps it breaks off."""

    go_on: threading.Event = field(default_factory=threading.Event)
    breaks_after: int = 99

    def for_collections(self, collections: frozenset[str] | None) -> "HeldAssistant":
        return self

    def steps(
        self,
        question: str,
        conversation: Conversation = (),
        filters: Filters = Filters(),  # noqa: B008
    ) -> Iterator[Step]:
        self.go_on.wait(20)
        for number, step in enumerate(super().steps(question, conversation, filters)):
            if number == self.breaks_after:
                raise RuntimeError("secret detail")
            yield step


@dataclass(frozen=True)
class EndlessAssistant(HeldAssistant):
    """Sends the first sentence over and over, until it is stopped."""

    closed: threading.Event = field(default_factory=threading.Event)

    def for_collections(self, collections: frozenset[str] | None) -> "EndlessAssistant":
        return self

    def steps(
        self,
        question: str,
        conversation: Conversation = (),
        filters: Filters = Filters(),  # noqa: B008
    ) -> Iterator[Step]:
        self.go_on.set()
        sources, sentence, *_ = super().steps(question, conversation, filters)
        try:
            yield sources
            while True:
                yield sentence
                time.sleep(0.01)
        finally:
            self.closed.set()


class Quota:
    """Lets each person ask so often and no more."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.asked: list[str] = []

    def __call__(self, person: Person) -> None:
        self.asked.append(person.name)
        if self.asked.count(person.name) > self._most:
            raise TooManyQuestions(self._most, 17)


def figures(client: TestClient, headers: dict[str, str] | None = None) -> dict[str, float]:
    """Every figure by its name with its labels."""
    lines = client.get("/api/v1/metrics", headers=headers).text.splitlines()
    plain = [line.rpartition(" ") for line in lines if not line.startswith("#")]
    return {name: float(value) for name, _, value in plain}


class TestAdmission:
    def test_every_question_of_every_way_in_is_admitted_and_reading_is_not_counted(self) -> None:
        quota, ann = Quota(5), Person("ann", Role.READER)
        who = {"x-person": "ann"}
        with client_of(application(ScriptedAssistant(), ann, admit=quota)) as client:
            client.post("/api/v1/ask", json={"question": IMPORTS}, headers=who)
            client.post("/v1/chat/completions", json=CHAT, headers=who)
            client.post("/api/v1/search", json={"question": IMPORTS}, headers=who)
            client.post("/api/v1/check", json={"claim": "It is free."}, headers=who)
            client.post("/api/v1/guidance", json={"description": "We trade."}, headers=who)
            assert quota.asked == ["ann"] * 5
            client.get("/api/v1/documents", headers=who)
            assert quota.asked == ["ann"] * 5

    def test_who_has_asked_enough_is_told_so_in_each_form(self) -> None:
        with client_of(application(ScriptedAssistant(), admit=Quota(0))) as client:
            whole = client.post("/api/v1/ask", json={"question": IMPORTS})
            streamed = client.post("/api/v1/ask", json={"question": IMPORTS, "stream": True})
            chat = client.post("/v1/chat/completions", json=CHAT | {"stream": True})
            called = {"name": "ask_policies", "arguments": {"question": IMPORTS}}
            mcp = client.post(
                "/mcp",
                json={"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": called},
                headers={"accept": "application/json", "mcp-protocol-version": "2025-06-18"},
            )

        sentence = "You may ask 0 questions a minute; ask again in 17 seconds."
        for answered in (whole, streamed, chat):
            assert (answered.status_code, answered.headers["retry-after"]) == (429, "17")
            assert answered.json()["error"]["message"] == sentence
        assert chat.json()["error"]["type"] == "rate_limit_error"
        assert mcp.json()["result"]["isError"] is True
        assert mcp.json()["result"]["content"][0]["text"] == sentence


def test_overflow_is_told_busy_within_a_second_and_nobody_else_is_lost() -> None:
    assistant = HeldAssistant()
    places, more = AT_ONCE + WAITING, 16
    with (
        served(application(assistant)) as address,
        httpx.Client(timeout=30, limits=httpx.Limits(max_connections=None)) as client,
        ThreadPoolExecutor(places + more) as threads,
    ):

        def ask(way_in: int) -> tuple[int, float]:
            path, sent = ("/api/v1/ask", {"question": IMPORTS}) if way_in else ("/v1/chat/completions", CHAT)
            start = time.perf_counter()
            answered = client.post(f"{address}{path}", json=sent)
            if answered.status_code == 503:
                assert answered.headers["retry-after"] == "1"
                assert f"{places} questions are being answered" in answered.json()["error"]["message"]
            return answered.status_code, time.perf_counter() - start

        held = [threads.submit(ask, number % 2) for number in range(places)]
        for _ in range(500):
            told = client.get(f"{address}/api/v1/metrics").text
            if f"policy_assistant_questions_held {places}.0" in told:
                break
            time.sleep(0.02)
        refused = [threads.submit(ask, number % 2).result() for number in range(more)]
        assert client.get(f"{address}/api/v1/health/live").status_code == 200
        assistant.go_on.set()
        answered = [one.result() for one in held]

    assert [status for status, _ in refused] == [503] * more
    assert max(seconds for _, seconds in refused) < 1
    assert [status for status, _ in answered] == [200] * places


def test_who_goes_away_in_the_middle_of_an_answer_leaves_no_work_behind() -> None:
    assistant = EndlessAssistant()
    with served(application(assistant)) as address:
        asked = {"question": IMPORTS, "stream": True}
        with httpx.stream("POST", f"{address}/api/v1/ask", json=asked, timeout=30) as answered:
            lines = answered.iter_lines()
            assert next(lines) == "event: sources"
            assert "held 1.0" in httpx.get(f"{address}/api/v1/metrics").text
        assert assistant.closed.wait(10)
        for _ in range(200):
            if "held 0.0" in httpx.get(f"{address}/api/v1/metrics").text:
                return
            time.sleep(0.02)
    raise AssertionError("the place was not given back")


class TestBreakingOff:
    @pytest.fixture
    def client(self) -> Iterator[TestClient]:
        assistant = HeldAssistant(breaks_after=2)
        assistant.go_on.set()
        with client_of(application(assistant)) as opened:
            yield opened

    def test_a_stream_ends_with_an_error_event_and_no_answer(self, client: TestClient) -> None:
        answered = client.post("/api/v1/ask", json={"question": IMPORTS, "stream": True})

        sent = events(answered.text)
        assert [name for name, _ in sent] == ["sources", "sentence", "error"]
        assert sent[-1][1]["error"]["code"] == "failed"  # type: ignore[index]
        assert "secret" not in answered.text

    def test_a_chat_stream_ends_with_an_error_and_no_finish(self, client: TestClient) -> None:
        answered = client.post("/v1/chat/completions", json=CHAT | {"stream": True})

        sent = [line.removeprefix("data: ") for line in answered.text.split("\n\n") if line]
        assert sent[-1] == "[DONE]"
        assert json.loads(sent[-2])["error"]["type"] == "server_error"
        assert 'finish_reason":"stop' not in answered.text
        assert "secret" not in answered.text


def test_figures_count_requests_outcomes_and_steps_and_hold_no_words() -> None:
    with client_of(application(ScriptedAssistant())) as client:
        client.post("/api/v1/ask", json={"question": IMPORTS})
        client.post("/api/v1/ask", json={"question": "What is not there?"})
        client.post("/api/v1/ask", json={"question": ""})
        client.post("/v1/chat/completions", json=CHAT)
        client.get("/api/v1/documents/0000")
        client.get("/secret-question-in-an-address")
        client.request("BREW", "/")
        told = client.get("/api/v1/metrics").text
        counted = figures(client)

    asks = "policy_assistant_asks_total"
    assert counted[f'{asks}{{outcome="answered",way_in="rest"}}'] == 1
    assert counted[f'{asks}{{outcome="not_in_documents",way_in="rest"}}'] == 1
    assert counted[f'{asks}{{outcome="refused",way_in="rest"}}'] == 1
    assert counted[f'{asks}{{outcome="answered",way_in="openai"}}'] == 1
    requests = "policy_assistant_requests_total"
    route = "/api/v1/documents/{document_id}"
    assert counted[f'{requests}{{method="GET",route="{route}",status="404"}}'] == 1
    assert counted[f'{requests}{{method="GET",route="none",status="404"}}'] == 1
    assert counted[f'{requests}{{method="other",route="page",status="404"}}'] == 1
    assert counted["policy_assistant_questions_held"] == 0
    assert not re.search("secret|favourable|BREW", told)
