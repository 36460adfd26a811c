"""Everything for other programs, added to the application that serves the page."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.types import Lifespan

from assistant.admission import Admission as Door
from assistant.records.records import Records
from assistant.web.api.answer_threads import AnswerThreads
from assistant.web.api.api_assistant import ApiAssistant
from assistant.web.api.asking_desk import Admission, AskingDesk, everybody
from assistant.web.api.counting import CountingRequests
from assistant.web.api.error_forms import OPENAI, REST
from assistant.web.api.mcp_http import add_mcp
from assistant.web.api.metrics import Metrics
from assistant.web.api.openai_app import openai_app
from assistant.web.api.rest import rest_app
from assistant.web.api.software import software_version


def add_api(
    app: FastAPI,
    assistant: ApiAssistant,
    admit: Admission = everybody,
    *,
    records: Records | None = None,
    door: Door | None = None,
) -> AskingDesk:
    """Add REST, the OpenAI protocol and MCP; `admit` is asked before each question.

    Answers are kept in `records` for who wants that; the program is live while `door` is open.

    Called after `Protection` is added and before the page is mounted at the root, which would take every
    address.
    """
    threads = AnswerThreads()
    desk = AskingDesk(assistant, threads, Metrics(lambda: threads.held), admit, records, door)
    app.mount(REST, rest_app(desk, software_version()))
    app.mount(OPENAI, openai_app(desk))
    add_mcp(app, desk, software_version())
    app.router.lifespan_context = _then(app.router.lifespan_context, threads.close)
    app.add_middleware(CountingRequests, metrics=desk.metrics)  # around `Protection`: refusals count too
    return desk


def _then(lifespan: Lifespan[Any], close: Callable[[], None]) -> Lifespan[Any]:
    """The same, and in the end something is closed."""

    @asynccontextmanager
    async def whole(app: Any) -> AsyncIterator[Any]:
        try:
            async with lifespan(app) as state:
                yield state
        finally:
            close()

    return whole
