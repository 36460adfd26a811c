"""S8: nothing of a collection reaches who may not read it, by any route for programs or guessed id."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from assistant.assistant import Assistant
from assistant.people.person import LOCAL_PERSON, Person
from knowledge.dictionary import ChineseDictionary
from tests.web.api.kept_apart import COLLECTIONS, PEOPLE, about, assistant_over_collections, secret
from tests.web.api.served_app import application, client_of

_MCP = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory, dictionary: ChineseDictionary) -> Iterator[Assistant]:
    with assistant_over_collections(tmp_path_factory.mktemp("apart") / "home", dictionary) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with client_of(application(assistant, *PEOPLE)) as opened:
        yield opened


@pytest.fixture(scope="module")
def ids(assistant: Assistant) -> dict[str, list[str]]:
    """The ids of the documents of each collection."""
    held: dict[str, list[str]] = {collection: [] for collection in COLLECTIONS}
    for entry in assistant.library.entries():
        held[entry.collection].append(entry.id)
    return held


class Asking:
    """One person's requests, and every answer that came, to be searched for what must not be in it."""

    def __init__(self, client: TestClient, person: Person) -> None:
        self._client, self._headers = client, {"x-person": person.name}
        self.answers: list[str] = []

    def get(self, path: str, **query: Any) -> Any:
        return self._kept(self._client.get(path, params=query, headers=self._headers))

    def post(self, path: str, sent: Any) -> Any:
        return self._kept(self._client.post(path, json=sent, headers=self._headers))

    def mcp(self, method: str, **params: Any) -> Any:
        sent = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        return self._kept(self._client.post("/mcp", json=sent, headers=self._headers | _MCP))

    def tool(self, name: str, **arguments: Any) -> Any:
        return self.mcp("tools/call", name=name, arguments=arguments)

    def _kept(self, answered: Any) -> Any:
        assert answered.status_code < 500, answered.text
        self.answers.append(answered.text)
        return answered


def ask_everywhere(asking: Asking, collection: str, number: int) -> None:
    """A question on a collection, by one way in after the other; searched and checked by each."""
    question = about(collection)
    chat = {"model": "policy-assistant", "messages": [{"role": "user", "content": question}]}
    ways_to_ask = [
        lambda: asking.post("/api/v1/ask", {"question": question, "receipt": True}),
        lambda: asking.post("/api/v1/ask", {"question": question, "stream": True}),
        lambda: asking.post("/v1/chat/completions", chat),
        lambda: asking.post("/v1/chat/completions", chat | {"stream": True}),
        lambda: asking.tool("ask_policies", question=question, filters={"superseded": True}),
    ]
    ways_to_ask[number % len(ways_to_ask)]()
    ways_to_look = [
        lambda: asking.post("/api/v1/search", {"question": question, "limit": 50}),
        lambda: asking.tool("search_policies", question=question, limit=50, filters={"superseded": True}),
        lambda: asking.post("/api/v1/check", {"claim": question}),
        lambda: asking.tool("check_claim", claim=question),
        lambda: asking.post("/api/v1/guidance", {"description": question}),
    ]
    ways_to_look[number % len(ways_to_look)]()


def guess(asking: Asking, document_ids: list[str]) -> list[int]:
    """The status of every address that would show a document, and of filters that name it."""
    statuses = []
    for document_id in document_ids:
        path = f"/api/v1/documents/{document_id}"
        statuses += [
            asking.get(path, text=True).status_code,
            asking.get(f"{path}/clauses", locator="Article 1").status_code,
            asking.post(
                "/api/v1/search", {"question": "permit", "filters": {"documents": [document_id]}}
            ).status_code,
        ]
        asking.tool("read_clause", document_id=document_id, locator="Article 1")
        asking.mcp("resources/read", uri=f"policy-assistant://documents/{document_id}")
    return statuses


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_nothing_of_another_collection_comes_through(
    client: TestClient, ids: dict[str, list[str]], person: Person
) -> None:
    assert person.collections is not None
    asking = Asking(client, person)
    for number, collection in enumerate(COLLECTIONS):
        for turn in range(2):
            ask_everywhere(asking, collection, number + 3 * turn)
    listed = asking.get("/api/v1/documents", limit=200).json()
    resources = asking.mcp("resources/list").json()["result"]["resources"]

    said = "\n".join(asking.answers)
    for collection in set(COLLECTIONS) - person.collections:
        assert secret(collection) not in said, f"{person.name} was told of {collection}"
        assert not [one for one in ids[collection] if one in said]
    assert listed["total"] == len(resources) == 2 * len(person.collections)
    # The other way round, or nothing would be shown by the silence above.
    for collection in person.collections:
        assert said.count(secret(collection)) > 20


@pytest.mark.parametrize("person", PEOPLE[:4], ids=lambda person: person.name)
def test_guessed_ids_lead_nowhere(client: TestClient, ids: dict[str, list[str]], person: Person) -> None:
    assert person.collections is not None
    others = [
        one for collection in COLLECTIONS if collection not in person.collections for one in ids[collection]
    ]
    own = [one for collection in person.collections for one in ids[collection]]
    guessing, reading, inventing = (Asking(client, person) for _ in range(3))

    assert set(guess(guessing, others)) == {404, 422}
    assert set(guess(reading, own)) == {200}
    # An id that exists for somebody else is told by nothing from one that nobody has.
    guess(inventing, ["0123456789abcdef"])
    told = {answer.replace(one, "ID") for one in others for answer in guessing.answers if one in answer}
    assert told <= {answer.replace("0123456789abcdef", "ID") for answer in inventing.answers}
    assert {answer for answer in guessing.answers if not any(one in answer for one in others)} <= {
        *inventing.answers
    }


def test_a_receipt_of_somebody_else_tells_nothing_more(client: TestClient) -> None:
    owner, other = PEOPLE[0], PEOPLE[1]
    assert owner.collections is not None
    assert other.collections is not None
    (collection, *_) = sorted(owner.collections - other.collections)
    receipt = (
        Asking(client, owner)
        .post("/api/v1/ask", {"question": about(collection), "receipt": True})
        .json()["receipt"]
    )

    told = Asking(client, other).post("/api/v1/verify", {"receipt": receipt}).json()

    assert secret(collection) in json.dumps(receipt)
    assert told["holds"] is False
    assert all("is no longer in the library" in sentence for sentence in told["no_longer_holds"])


def test_a_document_that_ends_another_is_not_named_to_who_may_not_read_it(
    client: TestClient, assistant: Assistant, ids: dict[str, list[str]]
) -> None:
    for person in PEOPLE:
        assert person.collections is not None
        asking = Asking(client, person)
        for collection in sorted(person.collections):
            for document_id in ids[collection]:
                validity = asking.get(f"/api/v1/documents/{document_id}").json()["validity"]
                by = validity["by_document_id"]
                assert by is None or by in {one for held in person.collections for one in ids[held]}
    ended = [entry for entry in assistant.library.entries() if assistant.validity(entry.id).by is not None]
    assert len(ended) == len(COLLECTIONS)


def test_every_quote_is_the_stored_text_at_its_offsets(
    assistant: Assistant, ids: dict[str, list[str]]
) -> None:
    """S6, for what programs get: answers by each way in, evidence of claims, provisions and clauses."""
    texts = {one.id: one.text for one in assistant.library.documents()}
    seen = 0

    def look(value: Any) -> None:
        nonlocal seen
        if isinstance(value, dict):
            if {"document_id", "start", "end"} <= value.keys():
                words = value.get("quote", value.get("text"))
                assert texts[value["document_id"]][value["start"] : value["end"]] == words
                seen += 1
            for one in value.values():
                look(one)
        elif isinstance(value, list):
            for one in value:
                look(one)

    with client_of(application(assistant)) as client:
        asking = Asking(client, LOCAL_PERSON)
        for collection in COLLECTIONS:
            question = about(collection)
            filters = {"superseded": True}
            chat = {"messages": [{"role": "user", "content": question}], "filters": filters}
            look(asking.post("/api/v1/ask", {"question": question, "receipt": True}).json())
            look(asking.post("/v1/chat/completions", chat).json())
            look(asking.tool("ask_policies", question=question, filters=filters).json())
            look(asking.post("/api/v1/search", {"question": question, "filters": filters}).json())
            look(asking.post("/api/v1/check", {"claim": question, "filters": filters}).json())
            look(asking.post("/api/v1/guidance", {"description": question, "filters": filters}).json())
            for document_id in ids[collection]:
                look(asking.get(f"/api/v1/documents/{document_id}/clauses", locator="第1条").json())
    assert seen > 300


def test_who_is_not_known_gets_nothing(client: TestClient) -> None:
    for path in ("/api/v1/documents", "/api/v1/openapi.json", "/api/v1/metrics", "/v1/models"):
        answered = client.get(path)
        assert answered.status_code == 401
        assert answered.json()["error"]["message"] == "Log in first."
    for path in ("/api/v1/ask", "/v1/chat/completions", "/mcp"):
        assert client.post(path, json={}).status_code == 401


def test_figures_are_for_an_admin(client: TestClient) -> None:
    answered = client.get("/api/v1/metrics", headers={"x-person": PEOPLE[0].name})

    assert answered.status_code == 403
    assert answered.json()["error"]["code"] == "not_allowed"
