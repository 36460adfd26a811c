"""Server-sent events: each step of an answer as soon as it is there."""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator

from starlette.responses import StreamingResponse

from assistant.web.api.error_forms import FAILED, Refusal, error_object, json_text, refusal_of

MEDIA_TYPE = "text/event-stream"
# A proxy must neither keep an event back nor keep an answer for somebody else.
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
_SILENT = 10.0  # seconds after which a comment keeps the connection open while a language model writes

log = logging.getLogger(__name__)


def asks_for_events(accept: str) -> bool:
    """Whether an Accept header names server-sent events, and not JSON beside them."""
    return MEDIA_TYPE in accept and "application/json" not in accept


def event(name: str, value: object) -> str:
    """One event with a name and a JSON value."""
    return f"event: {name}\ndata: {json_text(value)}\n\n"


async def streamed(
    path: str, events: AsyncIterator[str], failed_event: str = "error", last: str = ""
) -> StreamingResponse:
    """The response that sends the events; what goes wrong before the first of them is raised instead.

    What goes wrong later is told in one more event named `failed_event`, without a name if that is empty.
    """
    # Taken before any header is sent, so that a refused question is refused with its own status.
    first = await anext(events)

    async def sent() -> AsyncGenerator[str, None]:
        yield first
        try:
            async for one in _kept_open(events):
                yield one
        except Exception as error:
            refusal = refusal_of(error)
            if refusal is None:
                log.exception("An answer broke off.")
                refusal = Refusal(500, FAILED)
            told = error_object(path, refusal)
            yield event(failed_event, told) if failed_event else f"data: {json_text(told)}\n\n"
        if last:
            yield last

    return StreamingResponse(sent(), media_type=MEDIA_TYPE, headers=_HEADERS)


async def _kept_open(events: AsyncIterator[str]) -> AsyncGenerator[str, None]:
    """The events, with a comment wherever none has come for a while."""
    coming: asyncio.Task[str] | None = None
    try:
        while True:
            coming = coming or asyncio.ensure_future(_next(events))
            done, _ = await asyncio.wait({coming}, timeout=_SILENT)
            if not done:
                yield ": still working\n\n"
                continue
            try:
                one = coming.result()
            except StopAsyncIteration:
                return
            coming = None
            yield one
    finally:
        if coming is not None:
            coming.cancel()


async def _next(events: AsyncIterator[str]) -> str:
    return await anext(events)
