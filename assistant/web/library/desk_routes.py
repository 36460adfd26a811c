"""The addresses of the desk: a page to look at for each GET, one thing done for each POST."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from assistant.desk.desk import Desk
from assistant.desk.jobs import Job
from assistant.errors import AssistantError, DeskBusy, NotAtTheDesk
from assistant.people.person import Person
from assistant.web.asker import asker_of
from assistant.web.error_text import error_text
from assistant.web.library.desk_page import desk_page, findings_page, refused_page
from assistant.web.library.job_page import job_page, job_part
from assistant.web.library.review_page import review_page
from assistant.web.library.sent_files import Refused, SentForm, sent_form
from assistant.web.navigation import bar
from assistant.web.words import Words, words_of
from knowledge.errors import KnowledgeError
from knowledge.facts.corrections import CORRECTABLE, fault_in

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

# What is done with a form of a person: the job to look at, or an address to go to.
Done = Job | str


def add_desk(app: "FastAPI", desk: Desk) -> None:
    """Add the addresses of the desk."""
    _add_pages(app, desk)
    _add_actions(app, desk)


def _add_pages(app: "FastAPI", desk: Desk) -> None:
    from fastapi import Request
    from fastapi.responses import HTMLResponse

    @app.get("/library/desk")
    def desk_of(request: Request) -> HTMLResponse:
        words, person = _asked(request)
        shelves = desk.shelf(person, "waiting"), desk.shelf(person, "removed")
        here = _bar(request, words, person)
        return HTMLResponse(desk_page(*shelves, desk.jobs(person), desk.collections(person), words, here))

    @app.get("/library/desk/findings")
    def findings(request: Request) -> HTMLResponse:
        words, person = _asked(request)
        stores, documents = desk.findings(person, date.today())
        return HTMLResponse(findings_page(stores, documents, words, _bar(request, words, person)))

    @app.get("/library/desk/jobs/{job_id}")
    def job(request: Request, job_id: int, part: str = "") -> HTMLResponse:
        words, person = _asked(request)
        here = _bar(request, words, person)
        try:
            shown = desk.job(person, job_id)
        except NotAtTheDesk as error:
            return HTMLResponse(refused_page(error_text(error, words), words, here), 404)
        return HTMLResponse(job_part(shown, words) if part else job_page(shown, words, here))

    @app.get("/library/desk/documents/{document_id}")
    def review(request: Request, document_id: str, saved: str = "") -> HTMLResponse:
        words, person = _asked(request)
        here = _bar(request, words, person)
        try:
            one = desk.document(person, document_id)
        except NotAtTheDesk:
            return HTMLResponse(refused_page(words("desk_not_there"), words, here), 404)
        return HTMLResponse(review_page(one, desk.collections(person), words, here, saved=bool(saved)))


def _add_actions(app: "FastAPI", desk: Desk) -> None:
    from fastapi import Request

    @app.post("/library/desk/upload")
    async def upload(request: Request) -> "Response":
        def send(person: Person, form: SentForm, words: Words) -> Done:
            if not form.files:
                raise Refused(422, words("desk_no_file"))
            return desk.send(person, form.files, _collection(form, words))

        return await _act(request, send)

    @app.post("/library/desk/index")
    async def index_all(request: Request) -> "Response":
        return await _act(request, lambda person, _form, _words: desk.index_anew(person))

    @app.post("/library/desk/{verb}")
    async def with_chosen(request: Request, verb: str) -> "Response":
        def decide(person: Person, form: SentForm, words: Words) -> Done:
            if not form.chosen:
                raise Refused(422, words("desk_none_chosen"))
            if verb == "approve":
                return desk.approve(person, form.chosen)
            desk.discard(person, form.chosen)
            return "/library/desk"

        return await _act(request, decide)

    @app.post("/library/desk/documents/{document_id}/{verb}")
    async def with_one(request: Request, document_id: str, verb: str) -> "Response":
        return await _act(request, partial(_decide, desk, document_id, verb))


def _decide(desk: Desk, document_id: str, verb: str, person: Person, form: SentForm, words: Words) -> Done:
    """Do with one document what the address says; the rules of the addresses let no other word through."""
    match verb:
        case "approve":
            return desk.approve(person, [document_id], form.fields.get("instead_of") or None)
        case "correct":
            return _correct(desk, document_id, person, form, words)
        case "index":
            return desk.index_anew(person, [document_id])
        case "remove":
            return desk.remove(person, document_id)
        case "restore":
            return desk.restore(person, document_id)
    desk.discard(person, [document_id])
    return "/library/desk"


def _correct(desk: Desk, document_id: str, person: Person, form: SentForm, words: Words) -> Done:
    """State facts; what cannot be so is told in the same form once more."""
    stated = {name: form.fields.get(name, "").strip() or None for name in CORRECTABLE}
    fault = fault_in(stated)
    if fault is not None:
        one, here = desk.document(person, document_id), bar(words, person, "desk")
        collections = desk.collections(person)
        raise _Again(review_page(one, collections, words, here, typed=form.fields, fault=fault))
    done = desk.correct(person, document_id, stated)
    return done if isinstance(done, Job) else f"/library/desk/documents/{done}?saved=1"


async def _act(request: "Request", what: Callable[[Person, SentForm, Words], Done]) -> "Response":
    """Do one thing with a form, then lead to its job or to a page; a refusal is one sentence."""
    from fastapi.concurrency import run_in_threadpool
    from fastapi.responses import HTMLResponse, RedirectResponse

    words, person = _asked(request)
    try:
        async with sent_form(request, words) as form:
            done = await run_in_threadpool(what, person, form, words)
    except _Again as again:
        return HTMLResponse(str(again), 422)
    except (Refused, AssistantError, KnowledgeError) as error:
        status, told = _refusal(error, words)
        return HTMLResponse(refused_page(told, words, bar(words, person, "desk")), status)
    address = f"/library/desk/jobs/{done.id}" if isinstance(done, Job) else done
    sign = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{sign}lang={words.language}", 303)


def _refusal(error: Refused | AssistantError | KnowledgeError, words: Words) -> tuple[int, str]:
    """The status and the sentence of a refusal, in the language of the page."""
    match error:
        case Refused():
            return error.status, str(error)
        case NotAtTheDesk():
            return 404, error_text(error, words)
        case DeskBusy():
            return 429, words("desk_busy")
    return 422, error_text(error, words)


class _Again(Exception):
    """The same form once more, with what is wrong in it."""


def _asked(request: "Request") -> tuple[Words, Person]:
    return words_of(request.query_params.get("lang", "en")), asker_of(request.scope)


def _bar(request: "Request", words: Words, person: Person) -> str:
    asked = {**request.query_params, "lang": words.other_language}
    return bar(words, person, "desk", switch=f"{request.url.path}?{urlencode(asked)}")


def _collection(form: SentForm, words: Words) -> str:
    collection = form.fields.get("collection", "").strip()
    fault = fault_in({"title": "-", "collection": collection or None})
    if not collection or fault is not None:
        raise Refused(422, words("desk_no_collection"))
    return collection
