"""Errors as programs read them: which status, in which form, and what is never told."""

import json

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from assistant.errors import (
    BadQuestion,
    Busy,
    ModelFault,
    NoSuchDocuments,
    ReceiptUnreadable,
    TooManyQuestions,
)
from assistant.web.api.error_forms import (
    LONGEST_SENTENCE,
    Refusal,
    error_object,
    in_form_of,
    is_below,
    json_text,
    refusal_of,
)
from knowledge.errors import DataFolderUnusable


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [
        (BadQuestion("Why?"), 422, None),
        (NoSuchDocuments("Why?"), 422, None),
        (ReceiptUnreadable("Why?"), 422, None),
        (TooManyQuestions(15, 17), 429, 17),
        (Busy("Why?"), 503, 1),
        (DataFolderUnusable("Why?"), 503, 5),
        (ModelFault("it stalled"), 503, 5),
        (Refusal(409, "Why?"), 409, None),
    ],
)
def test_an_expected_error_has_its_status(error: Exception, status: int, retry_after: int | None) -> None:
    refusal = refusal_of(error)

    assert refusal is not None
    assert (refusal.status, refusal.retry_after) == (status, retry_after)
    assert refusal.sentence == str(error)


def test_a_fault_of_the_program_is_none_that_is_told() -> None:
    assert refusal_of(ValueError("secret")) is None


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/api/v1/ask", {"code": "not_found", "message": "No."}),
        ("/mcp", {"code": "not_found", "message": "No."}),
        (
            "/v1/models/x",
            {"message": "No.", "type": "invalid_request_error", "param": None, "code": "not_found"},
        ),
    ],
)
def test_a_refusal_of_protection_takes_the_form_of_its_address(path: str, told: dict[str, object]) -> None:
    refused = PlainTextResponse("No.", 404, {"www-authenticate": "Bearer"})

    formed = in_form_of(path, refused)

    assert json.loads(bytes(formed.body)) == {"error": told}
    assert (formed.status_code, formed.headers["www-authenticate"]) == (404, "Bearer")
    assert formed.headers["content-length"] == str(len(formed.body))


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/documents", PlainTextResponse("No.", 404)),
        ("/api/v10", PlainTextResponse("No.", 404)),
        ("/api/v1/ask", HTMLResponse("<p>No.</p>", 403)),
        ("/api/v1/ask", RedirectResponse("/login", 303)),
    ],
)
def test_what_is_for_a_browser_stays_as_it_is(path: str, refused: Response) -> None:
    assert in_form_of(path, refused) is refused


def test_a_sentence_that_repeats_what_was_sent_is_cut() -> None:
    told = error_object("/api/v1", Refusal(422, "a" * 10_000))

    assert len(told["error"]["message"]) == LONGEST_SENTENCE


def test_json_is_readable_and_never_fails_on_half_a_character() -> None:
    assert json_text({"a": "条"}) == '{"a":"条"}'
    assert json_text({"a": "\ud800"}) == '{"a":"\\ud800"}'


def test_a_prefix_ends_where_a_part_of_the_address_does() -> None:
    assert [is_below(path, "/v1") for path in ("/v1", "/v1/x", "/v10", "/")] == [True, True, False, False]
