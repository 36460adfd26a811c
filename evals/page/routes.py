"""The addresses of the evals page; an entry point of the group "policy_assistant.pages" adds them."""

import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from assistant.web.asker import asker_of
from assistant.web.navigation import bar
from assistant.web.other_rooms import PageParts
from assistant.web.words import words_of
from evals.cases.add import Given, case_from_answer
from evals.cases.case import CaseError
from evals.page.report_page import report_page
from evals.page.reports import read_report, report_stems

if TYPE_CHECKING:
    from fastapi import FastAPI

_EXPECTED = ("answered", "not_in_documents")


def add_routes(app: "FastAPI", parts: PageParts) -> None:
    """Add the page and the cases that are made of disliked answers."""
    from fastapi import Request
    from fastapi.responses import HTMLResponse, PlainTextResponse, Response

    @app.get("/evals")
    def evals(request: Request, lang: str = "en", run: str = "") -> HTMLResponse:
        words, person = words_of(lang), asker_of(request.scope)
        stems = report_stems(parts.evals_folder)
        report = read_report(parts.evals_folder, run or next(iter(stems), ""))
        switch = "/evals?" + urlencode(({"run": run} if run else {}) | {"lang": words.other_language})
        here = bar(words, person, "evals", switch=switch)
        folder = str(parts.evals_folder)
        return HTMLResponse(report_page(report, stems, parts.feedback(person), folder, words, here))

    @app.get("/evals/case")
    def case(request: Request, answer: str = "", expected: str = "answered") -> Response:
        """One line for a file of cases, made of a disliked answer."""
        person = asker_of(request.scope)
        known = next((one for one in parts.feedback(person) if one.id == answer), None)
        if known is None or expected not in _EXPECTED:
            return PlainTextResponse("There is nothing at this address.", 404)
        documents = parts.assistant.for_collections(person.collections).library.documents()
        try:
            made = case_from_answer(dict(known.answer), Given(expected), documents)
        except CaseError as error:
            return PlainTextResponse(str(error), 422)
        text = json.dumps(made, ensure_ascii=False) + "\n"
        headers = {"content-disposition": 'attachment; filename="case.jsonl"'}
        return Response(text, media_type="application/jsonl; charset=utf-8", headers=headers)
