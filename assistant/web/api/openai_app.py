"""The protocol of OpenAI's chat completions under /v1, so that chat front ends can sit on checked answers.

The content is Markdown with marks and a list of sources; the answer as `ask --json` prints it stands in the
extension field `policy_assistant`, in a stream in its last chunk.
"""

import time
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import Response

from assistant.answer import Answer, Sentence
from assistant.answer_text import as_json as answer_as_json
from assistant.people.person import Person
from assistant.web.api.asking_desk import AskingDesk
from assistant.web.api.chat_content import closing_content, sentence_content
from assistant.web.api.error_forms import Refusal, json_response, json_text
from assistant.web.api.event_stream import streamed
from assistant.web.api.openai_requests import MODEL, ChatRequest
from assistant.web.api.telling_errors import tell_errors
from assistant.web.asker import asker_of
from knowledge.token_count import count_tokens

EXTENSION = "policy_assistant"
_DONE = "data: [DONE]\n\n"
_MODEL_CARD = {"id": MODEL, "object": "model", "created": 1_735_689_600, "owned_by": "policy-assistant"}


def openai_app(desk: AskingDesk) -> FastAPI:
    """The application to be mounted at /v1."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    tell_errors(app)

    @app.get("/models")
    def models() -> Response:
        return json_response({"object": "list", "data": [_MODEL_CARD]})

    @app.get("/models/{name}")
    def model(name: str) -> Response:
        if name != MODEL:
            raise Refusal(404, f"There is no model of that name; the only one is {MODEL!r}.")
        return json_response(_MODEL_CARD)

    @app.post("/chat/completions")
    async def complete(request: Request, sent: ChatRequest) -> Response:
        asked = _Asked(desk, asker_of(request.scope), sent.checked(), str(request.base_url).rstrip("/"))
        if sent.stream:
            return await streamed(request.scope["path"], asked.chunks(), failed_event="", last=_DONE)
        return json_response(await asked.completion())

    return app


class _Asked:
    """One completion: the same pieces of content, whole or as they come."""

    def __init__(self, desk: AskingDesk, person: Person, sent: ChatRequest, base: str) -> None:
        self._desk, self._person, self._sent, self._base = desk, person, sent, base
        self._frame = {"id": f"chatcmpl-{uuid.uuid4().hex}", "created": int(time.time()), "model": MODEL}

    async def completion(self) -> dict[str, Any]:
        """The whole answer."""
        pieces = [piece async for piece in self._pieces()]
        content = "".join(piece for piece in pieces if isinstance(piece, str))
        (answer,) = (piece for piece in pieces if isinstance(piece, Answer))
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": content, "refusal": None},
            "logprobs": None,
            "finish_reason": "stop",
        }
        return {
            **self._frame,
            "object": "chat.completion",
            "choices": [choice],
            "usage": self._usage(content),
            EXTENSION: answer_as_json(answer),
        }

    async def chunks(self) -> AsyncGenerator[str, None]:
        """The same as server-sent chunks, sentence by sentence."""
        content = ""
        with_usage = self._sent.stream_options is not None and self._sent.stream_options.include_usage
        async with aclosing(self._pieces()) as pieces:
            async for piece in pieces:
                if isinstance(piece, Answer):
                    yield self._chunk({}, "stop", {EXTENSION: answer_as_json(piece)})
                    continue
                if not content:
                    yield self._chunk({"role": "assistant", "content": ""})
                content += piece
                yield self._chunk({"content": piece})
        if with_usage:
            held = {**self._frame, "object": "chat.completion.chunk", "choices": []}
            yield f"data: {json_text({**held, 'usage': self._usage(content)})}\n\n"

    async def _pieces(self) -> AsyncGenerator[str | Answer, None]:
        """The content piece by piece, then the answer."""
        shown: tuple[Sentence, ...] = ()
        sent = self._sent
        asked = sent.question, sent.conversation, sent.filters.filters()
        async with aclosing(self._desk.steps(self._person, "openai", *asked)) as steps:
            async for step in steps:
                if isinstance(step, Sentence):
                    yield sentence_content(step, first=not shown)
                    shown += (step,)
                elif isinstance(step, Answer):
                    yield closing_content(step, shown, self._base)
                    yield step

    def _chunk(
        self, delta: dict[str, Any], finish_reason: str | None = None, more: dict[str, Any] | None = None
    ) -> str:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        held = {**self._frame, "object": "chat.completion.chunk", "choices": [choice], **(more or {})}
        return f"data: {json_text(held)}\n\n"

    def _usage(self, content: str) -> dict[str, int]:
        asked = sum(count_tokens(message.text) for message in self._sent.messages)
        answered = count_tokens(content)
        return {
            "prompt_tokens": asked,
            "completion_tokens": answered,
            "total_tokens": asked + answered,
        }
