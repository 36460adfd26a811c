"""MCP over HTTP at /mcp of the application that also serves the page, for the person of each request.

Each request stands alone: there is no session to be stolen or kept. `Protection` refuses foreign hosts and
origins before anything is read.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from assistant.people.person import Person
from assistant.web.api.asking_desk import AskingDesk
from assistant.web.api.error_forms import MCP, Refusal, error_response
from assistant.web.api.mcp_server import policy_server
from assistant.web.asker import asker_of


def add_mcp(app: FastAPI, desk: AskingDesk, version: str) -> None:
    """Add the route, and what has to run as long as the application does."""
    server = policy_server(desk, _sender, version)
    sessions = StreamableHTTPSessionManager(server, stateless=True, json_response=True)
    app.router.routes.append(Route(MCP, _Exchange(sessions)))
    outer = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(running: FastAPI) -> AsyncIterator[Any]:
        async with outer(running) as state, sessions.run():
            yield state

    app.router.lifespan_context = lifespan


class _Exchange:
    """ASGI application: one request, one answer."""

    def __init__(self, sessions: StreamableHTTPSessionManager) -> None:
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":  # there is no stream to listen to, and no session to end
            refusal = Refusal(405, "Send each MCP message with POST; this server opens no stream of its own.")
            await error_response(MCP, refusal)(scope, receive, send)
            return
        await self._sessions.handle_request(scope, receive, send)


def _sender(context: Any) -> Person:
    """Who sent the HTTP request that a message came with."""
    return asker_of(context.request.scope)
