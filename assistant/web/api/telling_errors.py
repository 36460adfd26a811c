"""Every error of an application for programs, told in the form of its address."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from assistant.errors import AssistantError
from assistant.web.api.error_forms import FAILED, Refusal, error_response, refusal_of
from assistant.web.api.unfit_fields import sentence_on
from knowledge.errors import KnowledgeError


def tell_errors(app: FastAPI) -> None:
    """Add the handlers; what is no expected error is also logged with its traceback by the server."""

    async def of_fields(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 (registered for it; narrows the type)
        return error_response(request.scope["path"], Refusal(*sentence_on(error.errors())))

    async def of_routes(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101
        return error_response(request.scope["path"], Refusal(error.status_code, f"{error.detail}."))

    async def of_the_desk(request: Request, error: Exception) -> Response:
        return error_response(request.scope["path"], refusal_of(error) or Refusal(500, FAILED))

    app.add_exception_handler(RequestValidationError, of_fields)
    app.add_exception_handler(HTTPException, of_routes)
    for kind in (Refusal, AssistantError, KnowledgeError, Exception):
        app.add_exception_handler(kind, of_the_desk)
