"""What is read of a request for a chat completion; fields for a language model are passed over."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Conversation, Turn
from assistant.answering import LONGEST_QUESTION
from assistant.web.api.chat_content import without_sources
from assistant.web.api.error_forms import Refusal
from assistant.web.api.requests import LONGEST_TURN, FilterFields

MODEL = "policy-assistant"
MOST_MESSAGES = 100
_TURNS_KEPT = 40
_ROLES: dict[str, Literal["user", "assistant"]] = {"user": "user", "assistant": "assistant"}


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore")


class Part(_Read):
    """One part of a message's content; only text is read."""

    type: str
    text: Annotated[str, Field(max_length=LONGEST_TURN)] = ""


class Message(_Read):
    """One message of the conversation."""

    role: Annotated[str, Field(max_length=20)]
    content: Annotated[str, Field(max_length=LONGEST_TURN)] | list[Part] | None = None

    @property
    def text(self) -> str:
        """Its words."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(_Read):
    """What a stream ends with."""

    include_usage: bool = False


class ChatRequest(_Read):
    """The last message is the question; the others are the conversation before it."""

    messages: Annotated[list[Message], Field(min_length=1, max_length=MOST_MESSAGES)]
    model: Annotated[str, Field(max_length=200)] = MODEL
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = 1
    filters: FilterFields = FilterFields()

    def checked(self) -> "ChatRequest":
        """The request, if it can be answered; raises Refusal saying what to change."""
        if self.model != MODEL:
            raise Refusal(404, f"There is no model {self.model[:80]!r}; the only one is {MODEL!r}.")
        if self.n not in (None, 1):
            raise Refusal(422, "One answer is given to a question: leave n out, or send 1.")
        if self.messages[-1].role != "user":
            raise Refusal(422, "The last message must have the role 'user': it is the question.")
        unread = [part.type for part in self._parts() if part.type != "text"]
        if unread:
            raise Refusal(422, f"Only text is read in a question, no {unread[0][:40]}; send its words.")
        if len(self.question) > LONGEST_QUESTION:
            raise Refusal(
                422,
                f"The question has {len(self.question):,} characters; {LONGEST_QUESTION:,} are allowed. "
                "Ask for one thing at a time.",
            )
        return self

    @property
    def question(self) -> str:
        """The words of the last message."""
        return self.messages[-1].text

    @property
    def conversation(self) -> Conversation:
        """What was said before; instructions to a language model are no part of it."""
        before = [
            Turn(_ROLES[one.role], without_sources(one.text))
            for one in self.messages[:-1]
            if one.role in _ROLES
        ]
        return tuple(before[-_TURNS_KEPT:])

    def _parts(self) -> list[Part]:
        content = self.messages[-1].content
        return content if isinstance(content, list) else []
