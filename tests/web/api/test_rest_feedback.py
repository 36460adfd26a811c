"""An answer that is kept for a program, and what it says of it; each person reaches their own alone."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.admission import Admission
from assistant.people.person import Person, Role
from assistant.records.records import Records
from tests.web.api.served_app import WHO, application, client_of
from tests.web.scripted_assistant import ANSWERS, ScriptedAssistant

IMPORTS, *_ = ANSWERS
ANN, BEN = Person("ann", Role.READER), Person("ben", Role.READER)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with closing(Records(tmp_path / "records.sqlite", 90)) as records:
        yield records


@pytest.fixture
def client(records: Records) -> Iterator[TestClient]:
    with client_of(application(ScriptedAssistant(), ANN, BEN, records=records)) as opened:
        yield opened


def post(client: TestClient, path: str, sent: dict[str, Any], person: Person = ANN) -> Any:
    return client.post(f"/api/v1{path}", json=sent, headers={WHO.decode(): person.name})


def test_an_answer_is_kept_when_that_is_asked_for_and_not_else(client: TestClient, records: Records) -> None:
    assert "exchange" not in post(client, "/ask", {"question": IMPORTS}).json()
    assert records.conversations("ann") == []

    kept = post(client, "/ask", {"question": IMPORTS, "keep": True}).json()

    (exchange,) = records.exchanges("ann", kept["conversation"])
    assert exchange.id == kept["exchange"]
    assert [one.text for one in exchange.answer.sentences] == [one["text"] for one in kept["sentences"]]


def test_what_is_said_of_an_answer_is_put_down_and_taken_back(client: TestClient, records: Records) -> None:
    id_ = post(client, "/ask", {"question": IMPORTS, "keep": True}).json()["exchange"]
    said = {"exchange": id_, "rating": "down", "reason": "out_of_date", "comment": "It is 13 %."}

    assert post(client, "/feedback", said).json() == {"exchange": id_, "rating": "down"}
    (disliked,) = records.feedback.disliked()
    assert disliked.exchange.feedback is not None
    assert (disliked.exchange.feedback.reason, disliked.exchange.feedback.comment) == (
        "out_of_date",
        "It is 13 %.",
    )

    assert post(client, "/feedback", {"exchange": id_, "rating": None}).json()["rating"] is None
    assert records.feedback.disliked() == []


def test_what_is_kept_for_another_is_not_there(client: TestClient, records: Records) -> None:
    id_ = post(client, "/ask", {"question": IMPORTS, "keep": True}).json()["exchange"]

    refused = post(client, "/feedback", {"exchange": id_, "rating": "down"}, BEN)
    unknown = post(client, "/feedback", {"exchange": "0" * 32, "rating": "down"}, BEN)

    assert (refused.status_code, refused.json()) == (404, unknown.json())
    assert records.feedback.disliked() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": "good"},
        {"reason": "bored"},
        {"exchange": "../x"},
        {"comment": "x" * 2_001},
        {"mood": "bad"},
    ],
)
def test_what_is_not_known_is_refused(client: TestClient, wrong: dict[str, str]) -> None:
    said = {"exchange": "0" * 32, "rating": "up"} | wrong

    assert post(client, "/feedback", said).status_code == 422


def test_where_nothing_is_kept_that_is_said_before_a_question_is_answered() -> None:
    with client_of(application(ScriptedAssistant())) as client:
        for path, sent in (
            ("/ask", {"question": IMPORTS, "keep": True}),
            ("/feedback", {"exchange": "0" * 32, "rating": "up"}),
        ):
            refused = client.post(f"/api/v1{path}", json=sent)
            assert refused.status_code == 422
            assert "Nothing is kept here" in refused.json()["error"]["message"]


def test_while_it_stops_it_is_neither_live_nor_ready() -> None:
    door = Admission(1, 1)
    with client_of(application(ScriptedAssistant(), door=door)) as client:
        assert client.get("/api/v1/health/live").json() == {"live": True}
        door.close(0)

        for path in ("/health/live", "/health"):
            told = client.get(f"/api/v1{path}")
            assert (told.status_code, told.json()["live"]) == (503, False)
