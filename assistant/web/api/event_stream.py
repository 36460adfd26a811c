"""Server-sent events: each step of an answer as soon as it is there."""

import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing

from starlette.responses import StreamingResponse

from assistant.web.api.error_forms import FAILED, Refusal, error_object, json_text, refusal_of

MEDIA_TYPE = "text/event-stream"
# A proxy must neither keep an event back nor keep an answer for somebody else.
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}

log = logging.getLogger(__name__)


def asks_for_events(accept: str) -> bool:
    """Whether an Accept header names server-sent events, and not JSON beside them."""
    return MEDIA_TYPE in accept and "application/json" not in accept


def event(name: str, value: object) -> str:
    """One event with a name and a JSON value."""
    return f"event: {name}\ndata: {json_text(value)}\n\n"


async def streamed(
    path: str, events: AsyncGenerator[str, None], failed_event: str = "error", last: str = ""
) -> StreamingResponse:
    """The response that sends the events; what goes wrong before the first of them is raised instead.

    What goes wrong later is told in one more event named `failed_event`, without a name if that is empty.
    """
    # Taken before any header is sent, so that a refused question is refused with its own status.
    first = await anext(events)

    async def sent() -> AsyncGenerator[str, None]:
        try:
            async with aclosing(events):  # whoever goes away leaves no work behind
                yield first
                async for one in events:
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
