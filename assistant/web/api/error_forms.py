"""Errors as programs read them: one JSON form for REST, OpenAI's own under /v1, a sentence in each."""

import json
from typing import Any

from starlette.responses import Response

from assistant.errors import (
    AssistantError,
    BadQuestion,
    Busy,
    NoSuchDocuments,
    ReceiptUnreadable,
    TooManyQuestions,
)
from knowledge.errors import KnowledgeError

REST, OPENAI, MCP = "/api/v1", "/v1", "/mcp"
FAILED = "The question could not be answered because of a fault of the program; its log says more."
LONGEST_SENTENCE = 600  # characters; it may repeat what was sent

_CODES = {
    400: "bad_request",
    401: "not_logged_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "not_clear",
    413: "too_large",
    415: "not_json",
    422: "invalid",
    429: "too_many",
    500: "failed",
    503: "unavailable",
}
_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


class Refusal(Exception):
    """An answer other than 200, with its sentence."""

    def __init__(self, status: int, sentence: str, retry_after: int | None = None) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.retry_after = status, sentence, retry_after


def refusal_of(error: Exception) -> Refusal | None:
    """What an error means for who asked; None for a fault of the program."""
    if isinstance(error, Refusal):
        return error
    if isinstance(error, Busy):
        return Refusal(503, str(error), error.retry_after)
    if isinstance(error, TooManyQuestions):
        return Refusal(429, str(error), error.seconds)
    if isinstance(error, BadQuestion | NoSuchDocuments | ReceiptUnreadable):
        return Refusal(422, str(error))
    if isinstance(error, AssistantError | KnowledgeError):
        return Refusal(503, str(error), 5)
    return None


def json_response(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """An answer in JSON that no cache keeps; what UTF-8 cannot hold is written as an escape."""
    return Response(
        json_text(value), status, headers=_PRIVATE | (headers or {}), media_type="application/json"
    )


def json_text(value: Any) -> str:
    """JSON on one line, readable where UTF-8 holds every character of it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair, from a file or from who asked
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text


def error_response(path: str, refusal: Refusal) -> Response:
    """The answer to a refused request, in the form of the address that was asked."""
    headers = {} if refusal.retry_after is None else {"retry-after": str(refusal.retry_after)}
    return json_response(error_object(path, refusal), refusal.status, headers)


def error_object(path: str, refusal: Refusal) -> dict[str, Any]:
    """The error as a JSON object."""
    sentence = refusal.sentence[:LONGEST_SENTENCE]
    code = _CODES.get(refusal.status, "refused")
    if is_below(path, OPENAI):
        kind = _TYPES.get(
            refusal.status, "server_error" if refusal.status >= 500 else "invalid_request_error"
        )
        return {"error": {"message": sentence, "type": kind, "param": None, "code": code}}
    return {"error": {"code": code, "message": sentence}}


def in_form_of(path: str, refused: Response) -> Response:
    """A refusal in plain text, in the form of the address that was asked; any other stays as it is."""
    below = any(is_below(path, way_in) for way_in in (REST, OPENAI, MCP))
    if not below or refused.media_type != "text/plain":  # a page, or the way to one
        return refused
    refusal = Refusal(refused.status_code, bytes(refused.body).decode("utf-8", "replace"))
    kept = {
        name: value
        for name, value in refused.headers.items()
        if name not in ("content-length", "content-type")
    }
    return json_response(error_object(path, refusal), refusal.status, kept)


def is_below(path: str, prefix: str) -> bool:
    """Whether an address is the prefix or lies below it."""
    return path == prefix or path.startswith(f"{prefix}/")


_PRIVATE = {"cache-control": "no-store"}
