"""REST under /api/v1: questions, searches, guidance, checks and receipts; see also `rest_documents`."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from assistant.answer import Answer, Sentence
from assistant.answer_text import as_json as answer_as_json
from assistant.answer_text import sentence_as_json
from assistant.answering import Sources
from assistant.guidance.table_json import as_json as guidance_as_json
from assistant.people.person import Person
from assistant.receipts.receipt_file import as_object as receipt_as_object
from assistant.receipts.receipt_file import receipt_from
from assistant.web.api.api_assistant import ApiAssistant
from assistant.web.api.as_objects import found_object, sources_object
from assistant.web.api.asking_desk import AskingDesk, check_filters
from assistant.web.api.checking_claims import checked_claim
from assistant.web.api.error_forms import json_response
from assistant.web.api.event_stream import MEDIA_TYPE, asks_for_events, event, streamed
from assistant.web.api.requests import Ask, Check, Guide, SearchFields, Verify, conversation_of
from assistant.web.api.responses import AnswerAnswer, CheckAnswer, SearchAnswer, VerifyAnswer, told
from assistant.web.api.rest_documents import add_document_routes
from assistant.web.api.rest_feedback import add_feedback, check_keeps, kept
from assistant.web.api.running import add_running_routes
from assistant.web.api.telling_errors import tell_errors
from assistant.web.asker import asker_of
from knowledge.language import language_of

_DESCRIPTION = (
    "Answers questions about policy documents in the documents' own words: every sentence is quoted with its "
    "document, its clause and its character offsets. docs/api.md tells each route with an example."
)
_EVENTS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The answer; as server-sent events: sources, one sentence after another, answer.",
        "content": {MEDIA_TYPE: {"schema": {"type": "string"}}},
        "model": AnswerAnswer,
    }
}


def rest_app(desk: AskingDesk, version: str) -> FastAPI:
    """The application to be mounted at /api/v1; it tells itself at /api/v1/openapi.json."""
    app = FastAPI(
        title="Policy Assistant",
        version=version,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    tell_errors(app)
    _add_questions(app, desk)
    _add_checks(app, desk)
    add_document_routes(app, desk)
    add_feedback(app, desk)
    add_running_routes(app, desk)
    return app


def _add_questions(app: FastAPI, desk: AskingDesk) -> None:
    @app.post("/ask", summary="Answer a question", responses=told() | _EVENTS)
    async def ask(request: Request, sent: Ask) -> Response:
        person = asker_of(request.scope)
        if sent.keep:
            check_keeps(desk)
        if sent.stream or asks_for_events(request.headers.get("accept", "")):
            return await streamed(request.scope["path"], _events(desk, person, sent))
        conversation, filters = conversation_of(sent.conversation), sent.filters.filters()
        answer = await desk.answer(person, "rest", sent.question, conversation, filters)
        return json_response(await _whole(desk, person, sent, answer))

    @app.post("/search", summary="Find passages", responses=told(SearchAnswer))
    async def search(request: Request, sent: SearchFields) -> Response:
        filters = sent.filters.filters()

        def find(assistant: ApiAssistant) -> list[dict[str, Any]]:
            check_filters(assistant, filters)
            return [found_object(one) for one in assistant.found(sent.question, filters, sent.limit)]

        passages = await desk.asked(asker_of(request.scope), "rest", find)
        return json_response({"question": sent.question, "passages": passages})

    @app.post(
        "/guidance", summary="Say what the documents lay down on a described business", responses=told()
    )
    async def guidance(request: Request, sent: Guide) -> Response:
        filters = sent.filters.filters()

        def guide(assistant: ApiAssistant) -> dict[str, Any]:
            check_filters(assistant, filters)
            return guidance_as_json(assistant.guidance(sent.description, filters))

        return json_response(await desk.asked(asker_of(request.scope), "rest", guide))


def _add_checks(app: FastAPI, desk: AskingDesk) -> None:
    @app.post(
        "/check", summary="Say whether passages, or the library, support a claim", responses=told(CheckAnswer)
    )
    async def check(request: Request, sent: Check) -> Response:
        def judge(assistant: ApiAssistant) -> dict[str, Any]:
            return checked_claim(assistant, sent)

        return json_response(await desk.asked(asker_of(request.scope), "rest", judge))

    @app.post("/verify", summary="Say what no longer holds of a receipt", responses=told(VerifyAnswer))
    async def verify(request: Request, sent: Verify) -> Response:
        receipt = receipt_from(sent.receipt, "The receipt")
        lost = await desk.looked_up(
            asker_of(request.scope), lambda assistant: assistant.no_longer_holds(receipt)
        )
        return json_response({"holds": not lost, "no_longer_holds": lost})


async def _events(desk: AskingDesk, person: Person, sent: Ask) -> AsyncGenerator[str, None]:
    conversation, filters = conversation_of(sent.conversation), sent.filters.filters()
    language, found = language_of(sent.question), Sources("", ()).passages
    async with aclosing(desk.steps(person, "rest", sent.question, conversation, filters)) as steps:
        async for step in steps:
            match step:
                case Sources():
                    found = step.passages
                    yield event("sources", sources_object(step))
                case Sentence():
                    yield event("sentence", sentence_as_json(step, language, found))
                case Answer():
                    yield event("answer", await _whole(desk, person, sent, step))


async def _whole(desk: AskingDesk, person: Person, sent: Ask, answer: Answer) -> dict[str, Any]:
    """The answer as `ask --json` prints it, with its receipt and where it is kept if that was asked for."""
    told: dict[str, Any] = answer_as_json(answer)
    if sent.keep:
        told |= await kept(desk, person, sent.question, answer, sent.filters.filters())
    if sent.receipt:
        as_of = sent.filters.as_of
        receipt = await desk.looked_up(person, lambda assistant: assistant.receipt(answer, as_of))
        told["receipt"] = receipt_as_object(receipt)
    return told
