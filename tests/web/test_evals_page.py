"""The evals page through the application: added by an entry point, for maintainers, and a case out of it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from assistant.people.person import LOCAL_PERSON, Person, Role
from assistant.web.other_rooms import PageParts, ThumbsDown
from assistant.web.protection import Protection
from evals.page.routes import add_routes
from tests.web.scripted_assistant import ScriptedAssistant, seed_sections

SEED = seed_sections()[0].document
QUOTE = SEED.text[:40]
ANSWER: dict[str, Any] = {
    "question": "What happened?",
    "sentences": [{"citations": [{"quote": QUOTE, "passage_id": f"{SEED.id}:0-40"}]}],
}


def get(path: str, person: Person | None = LOCAL_PERSON) -> httpx.Response:
    app = FastAPI()
    app.add_middleware(Protection, identify=lambda _scope: person)
    queue = [ThumbsDown("7", "2026-01-01T10:00", "not what I asked", ANSWER)]
    add_routes(app, PageParts(ScriptedAssistant(), Path("nowhere"), lambda _person: queue))

    async def sent() -> httpx.Response:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path)

    with ThreadPoolExecutor(1) as thread:  # in this one, other tests may run a loop
        return thread.submit(asyncio.run, sent()).result()


@pytest.mark.parametrize(
    ("person", "status"), [(None, 401), (Person("r", Role.READER), 403), (LOCAL_PERSON, 200)]
)
def test_it_is_for_maintainers(person: Person | None, status: int) -> None:
    assert get("/evals", person).status_code == status


def test_no_script_runs_on_it_and_drawings_are_data() -> None:
    policy = get("/evals").headers["content-security-policy"]

    assert "script-src" not in policy
    assert "img-src 'self' data:" in policy


@pytest.mark.parametrize(("lang", "words"), [("en", "There is no report"), ("zh", "尚无评测报告")])
def test_without_a_report_it_says_so_and_shows_what_people_disliked(lang: str, words: str) -> None:
    html = get(f"/evals?lang={lang}").text

    assert words in html
    assert "not what I asked" in html


def test_a_disliked_answer_becomes_a_line_for_a_file_of_cases() -> None:
    answer = get("/evals/case?answer=7&expected=answered")

    assert answer.status_code == 200
    assert answer.json()["question"] == "What happened?"
    assert answer.json()["gold"] == [QUOTE]


@pytest.mark.parametrize("query", ["answer=8&expected=answered", "answer=7&expected=anything", ""])
def test_what_is_not_there_is_not_made_up(query: str) -> None:
    assert get(f"/evals/case?{query}").status_code == 404
