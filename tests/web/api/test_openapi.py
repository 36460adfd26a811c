"""The OpenAPI document: every route is in it, and real answers have the form that it tells."""

from collections.abc import Iterator
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from starlette.testclient import TestClient

from assistant.answer import Difference, Disagreement
from assistant.disagreement_text import disagreement_as_json
from assistant.web.api.responses import DisagreementAnswer
from tests.web.api.served_app import application, client_of
from tests.web.api.test_rest import IMPORTS, LAW, whole_answer
from tests.web.scripted_assistant import ScriptedAssistant


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of(application(ScriptedAssistant())) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(client: TestClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/api/v1/openapi.json").json()
    return document


def agrees(told: dict[str, Any], path: str, method: str, answered: Any) -> None:
    """The answer has the form that is told of the route for its status."""
    responses = told["paths"][path][method]["responses"]
    status = answered.status_code
    response = responses.get(str(status)) or responses[f"{status // 100}XX"]
    schema = response["content"]["application/json"]["schema"] | {"components": told["components"]}
    jsonschema.validate(answered.json(), schema)


def test_every_route_is_told_with_a_summary_and_its_refusals(told: dict[str, Any]) -> None:
    assert set(told["paths"]) == {
        *("/ask", "/search", "/guidance", "/check", "/verify", "/feedback"),
        *("/health", "/health/live", "/metrics"),
        *("/documents", "/documents/{document_id}", "/documents/{document_id}/clauses"),
    }
    assert told["servers"] == [{"url": "/api/v1"}]
    for path, methods in told["paths"].items():
        for operation in methods.values():
            assert operation["summary"], path
            assert "HTTPValidationError" not in str(operation)


def test_limits_are_told(told: dict[str, Any]) -> None:
    fields = told["components"]["schemas"]["Ask"]["properties"]

    assert fields["question"]["maxLength"] == 2_000
    assert told["components"]["schemas"]["Ask"]["additionalProperties"] is False


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/ask", {"question": IMPORTS}),
        ("/ask", {"question": IMPORTS, "receipt": True}),
        ("/ask", {"question": "What is not there?"}),
        ("/ask", {"question": ""}),
        ("/ask", {"question": "crash"}),
        ("/search", {"question": IMPORTS}),
        ("/search", {"question": IMPORTS, "limit": 0}),
        ("/check", {"claim": "It is free."}),
        ("/check", {"claim": "It is free.", "passages": [{"id": "1", "text": "It is free."}]}),
        ("/verify", {"receipt": {}}),
        ("/ask", {"question": IMPORTS, "keep": True}),
        ("/feedback", {"exchange": "0" * 32, "rating": "up"}),
        ("/feedback", {"exchange": "0", "rating": "up"}),
    ],
)
def test_an_answer_has_the_form_that_is_told(
    client: TestClient, told: dict[str, Any], path: str, sent: dict[str, Any]
) -> None:
    agrees(told, path, "post", client.post(f"/api/v1{path}", json=sent))


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/documents", ""),
        ("/documents/{document_id}", ""),
        ("/documents/{document_id}", "?text=true"),
        ("/documents/{document_id}/clauses", "?locator=第二条"),
        ("/documents/{document_id}/clauses", "?locator=第九条"),
        ("/health", ""),
        ("/health/live", ""),
    ],
)
def test_so_has_what_is_looked_up(client: TestClient, told: dict[str, Any], path: str, query: str) -> None:
    answered = client.get(f"/api/v1{path.format(document_id=LAW.id)}{query}")

    agrees(told, path, "get", answered)


def test_a_disagreement_has_the_fields_that_are_told() -> None:
    first, second = whole_answer(IMPORTS).citations

    held = disagreement_as_json(Disagreement(first, second, (Difference.CONTENT,)), "en")

    DisagreementAnswer.model_validate(held)


def test_metrics_are_text(client: TestClient, told: dict[str, Any]) -> None:
    assert client.get("/api/v1/metrics").headers["content-type"].startswith("text/plain")
