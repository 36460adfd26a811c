"""The addresses of the history: the list with its actions, exports, and what the chat page says of an answer.

Each reaches the records of the asker alone; an id of another's answers like one that does not exist.
"""

import json
from typing import TYPE_CHECKING, Annotated

from assistant.records.exporting import as_json, as_markdown
from assistant.records.records import Records
from assistant.records.reopening import Reopened, reopened
from assistant.records.stored import Rating, Reason, StoredConversation
from assistant.web.asker import asker_of
from assistant.web.chat.exchange import PageAssistant
from assistant.web.history.conversations_page import (
    ON_A_PAGE,
    Listing,
    conversations_page,
    nothing_kept_page,
)
from assistant.web.words import words_of

if TYPE_CHECKING:
    from fastapi import FastAPI

_MOST_EXPORTED = 10_000  # conversations in one file
_UNKNOWN = "There is nothing at this address."
_FORMS = {"md": "text/markdown; charset=utf-8", "json": "application/json"}


def add_history(app: "FastAPI", assistant: PageAssistant, records: Records | None) -> None:
    """Add the addresses; where nothing is kept there is only a page that says so."""
    _add_list(app, records)
    if records is not None:
        _add_changes(app, records)
        _add_exports(app, assistant, records)
        _add_feedback(app, records)


def _add_list(app: "FastAPI", records: Records | None) -> None:
    from fastapi import Request
    from fastapi.responses import HTMLResponse

    @app.get("/conversations")
    def conversations(
        request: Request, lang: str = "en", q: str = "", page: str = "1", done: str = ""
    ) -> HTMLResponse:
        words = words_of(lang)
        if records is None:
            return HTMLResponse(nothing_kept_page(words, asker_of(request.scope)))
        number = int(page) if page.isdecimal() and 0 < len(page) < 7 else 1
        wanted, person = q[:200], asker_of(request.scope)
        name = person.name
        after = (max(number, 1) - 1) * ON_A_PAGE
        found = records.conversations(name, wanted, most=ON_A_PAGE + 1, after=after)
        came_from = request.query_params.get("from", "")
        known = came_from if came_from and records.conversation(name, came_from) else ""
        more = len(found) > ON_A_PAGE
        listing = Listing(found[:ON_A_PAGE], records.keep_days, wanted, max(number, 1), more, done, known)
        return HTMLResponse(conversations_page(listing, words, person))


def _add_changes(app: "FastAPI", records: Records) -> None:
    from fastapi import Form, Request, Response
    from fastapi.responses import RedirectResponse

    def back(lang: str, done: str) -> Response:
        return RedirectResponse(f"/conversations?lang={words_of(lang).language}&done={done}", 303)

    @app.post("/conversations/delete-all")
    def delete_all(request: Request, lang: Annotated[str, Form()] = "en") -> Response:
        records.delete_all(asker_of(request.scope).name)
        return back(lang, "deleted_all")

    @app.post("/conversations/{conversation}/rename")
    def rename(
        request: Request,
        conversation: str,
        title: Annotated[str, Form()] = "",
        lang: Annotated[str, Form()] = "en",
    ) -> Response:
        if not records.rename(asker_of(request.scope).name, conversation, title):
            return _nothing_here()
        return back(lang, "renamed")

    @app.post("/conversations/{conversation}/delete")
    def delete(request: Request, conversation: str, lang: Annotated[str, Form()] = "en") -> Response:
        if not records.delete(asker_of(request.scope).name, conversation):
            return _nothing_here()
        return back(lang, "deleted")

    def _nothing_here() -> Response:
        return Response(_UNKNOWN, 404, media_type="text/plain")


def _add_exports(app: "FastAPI", assistant: PageAssistant, records: Records) -> None:
    from fastapi import Request, Response

    def exported(request: Request, conversations: list[StoredConversation], form: str, lang: str) -> Response:
        if form not in _FORMS or not conversations:
            return Response(_UNKNOWN, 404, media_type="text/plain")
        person = asker_of(request.scope)
        seen = assistant.for_collections(person.collections)

        def again(conversation: StoredConversation) -> list[Reopened]:
            stored = records.exchanges(person.name, conversation.id)
            return [reopened(one, seen.library, seen.validity) for one in stored]

        all_ = [(conversation, again(conversation)) for conversation in conversations]
        if form == "md":
            text = as_markdown(all_, words_of(lang).language)
        else:
            text = json.dumps(as_json(all_), ensure_ascii=False, indent=2) + "\n"
        headers = {"content-disposition": f'attachment; filename="conversations.{form}"'}
        return Response(text, media_type=_FORMS[form], headers=headers)

    @app.get("/conversations/export")
    def export_all(request: Request, form: str = "", lang: str = "en") -> Response:
        own = records.conversations(asker_of(request.scope).name, most=_MOST_EXPORTED)
        return exported(request, own, form, lang)

    @app.get("/conversations/{conversation}/export")
    def export(request: Request, conversation: str, form: str = "", lang: str = "en") -> Response:
        own = records.conversation(asker_of(request.scope).name, conversation)
        return exported(request, [own] if own else [], form, lang)


def _add_feedback(app: "FastAPI", records: Records) -> None:
    from fastapi import Body, Request, Response

    @app.post("/exchanges/{exchange}/feedback")
    def give(request: Request, exchange: str, said: Annotated[dict[str, str | None], Body()]) -> Response:
        person, reason = asker_of(request.scope).name, said.get("reason")
        if said.get("rating") is None:
            records.feedback.take_back(person, exchange)
            return Response(status_code=204)
        if said["rating"] not in list(Rating) or (reason and reason not in list(Reason)):
            return Response(
                "A rating is up or down, with a reason that is known.", 422, media_type="text/plain"
            )
        rating = Rating(said["rating"])
        why = Reason(reason) if reason else None
        done = records.feedback.give(person, exchange, rating, why, said.get("comment") or "")
        return Response(status_code=204) if done else Response(_UNKNOWN, 404, media_type="text/plain")

    @app.post("/exchanges/{exchange}/forget")
    def forget(request: Request, exchange: str) -> Response:
        done = records.delete_exchange(asker_of(request.scope).name, exchange)
        return Response(status_code=204) if done else Response(_UNKNOWN, 404, media_type="text/plain")
