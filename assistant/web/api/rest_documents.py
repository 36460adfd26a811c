"""Documents under /api/v1/documents: the list, one document, and a clause by its name."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query, Request
from starlette.responses import Response

from assistant.web.api.api_assistant import ApiAssistant
from assistant.web.api.as_objects import clause_object, document_object, page_of, section_object
from assistant.web.api.asking_desk import AskingDesk
from assistant.web.api.error_forms import json_response
from assistant.web.api.reading_clauses import document_of, read_clause
from assistant.web.api.responses import ClauseAnswer, DocumentAnswer, DocumentsAnswer, told
from assistant.web.asker import asker_of
from knowledge.clauses.clause_finding import LONGEST_NAME

_MOST_ON_A_PAGE = 200
_Offset = Annotated[int, Query(ge=0, le=10_000_000)]
_Limit = Annotated[int, Query(ge=1, le=_MOST_ON_A_PAGE)]
_Id = Annotated[str, Path(pattern="^[0-9a-f]{1,64}$")]


def add_document_routes(app: FastAPI, desk: AskingDesk) -> None:
    """The routes; each shows what the asker may read, and anything else is not there."""

    async def answered(request: Request, work: Callable[[ApiAssistant], dict[str, Any]]) -> Response:
        return json_response(await desk.looked_up(asker_of(request.scope), work))

    @app.get("/documents", summary="List the documents", responses=told(DocumentsAnswer))
    async def documents(request: Request, offset: _Offset = 0, limit: _Limit = 50) -> Response:
        def listed(assistant: ApiAssistant) -> dict[str, Any]:
            held = sorted(assistant.library.entries(), key=lambda entry: (entry.facts.title, entry.id))
            page = held[offset : offset + limit]
            shown = [document_object(entry, assistant.validity(entry.id)) for entry in page]
            return {**page_of(held, offset, limit), "documents": shown}

        return await answered(request, listed)

    @app.get(
        "/documents/{document_id}",
        summary="Show a document: facts, validity, sections, text on request",
        responses=told(DocumentAnswer),
    )
    async def document(request: Request, document_id: _Id, text: bool = False) -> Response:
        def shown(assistant: ApiAssistant) -> dict[str, Any]:
            found = document_of(assistant, document_id)
            sections = assistant.library.sections(document_id)
            return {
                **document_object(found, assistant.validity(document_id)),
                "sha256": found.sha256,
                "characters": len(found.text),
                "pages": len(found.layout.pages) or None,
                "sections": [section_object(section) for section in sections],
                **({"text": found.text} if text else {}),
            }

        return await answered(request, shown)

    @app.get(
        "/documents/{document_id}/clauses",
        summary="Read one clause by its name, in either style",
        responses=told(ClauseAnswer),
    )
    async def clause(
        request: Request,
        document_id: _Id,
        locator: Annotated[
            str,
            Query(
                max_length=LONGEST_NAME,
                description="Article 12, paragraph 2(a); 第十二条第二款第（一）项; or a heading.",
            ),
        ],
    ) -> Response:
        return await answered(
            request, lambda assistant: clause_object(read_clause(assistant, document_id, locator))
        )
