"""A language model behind LangChain's `init_chat_model`; the only module that knows of providers.

LangChain takes seconds to import, so that happens at the first use, before the clock of an answer runs.
Keys come from the environment variables that the providers' own clients read, and are handed to nothing else.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import ModelFault, SettingsError
from assistant.language_model import Deadline
from assistant.streaming import arriving

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

LONGEST_ANSWER = 8_000  # characters; a draft of a dozen long sentences has 3,000
MOST_TOKENS = 1_000  # that a model may write in answer to one request
_WAITS = (0.3, 0.6)  # seconds before the second and the third try
# Where clients say why a text ended; without any of them the stream was cut.
_ENDINGS = ("finish_reason", "stop_reason", "done_reason")
_CUT_BY_LENGTH = frozenset({"length", "max_tokens", "MAX_TOKENS"})


@dataclass(frozen=True, slots=True)
class Provider:
    """What a provider's client is called, needs and calls its settings."""

    module: str
    package: str
    key: str | None  # the environment variable of its key

    def options(self, seconds: float) -> dict[str, Any]:
        """The limits in the client's own words."""
        if self.module == "langchain_ollama":
            return {"num_predict": MOST_TOKENS, "client_kwargs": {"timeout": seconds}}
        return {"max_tokens": MOST_TOKENS, "timeout": seconds, "max_retries": 0}


PROVIDERS = {
    "openai": Provider("langchain_openai", "langchain-openai", "OPENAI_API_KEY"),
    "anthropic": Provider("langchain_anthropic", "langchain-anthropic", "ANTHROPIC_API_KEY"),
    "ollama": Provider("langchain_ollama", "langchain-ollama", None),
}
_NO_KEY = "not-needed"  # local servers want none, but the clients refuse an empty one


@dataclass(frozen=True)
class ChatModel:
    """A model named "provider:name", at the provider's own address or at `url`.

    Raises SettingsError when the name, the address, the key or the package is not what is needed.
    """

    name: str
    url: str | None
    seconds: float  # for everything that one question asks of it
    setting: str = "model"  # what names it, for messages

    def __post_init__(self) -> None:
        provider, _, model = self.name.partition(":")
        known = PROVIDERS.get(provider)
        if known is None or not model:
            raise SettingsError(
                f"The setting {self.setting} is {self.name!r}; "
                f"write the provider and the model, such as openai:NAME "
                f"(also for any server that speaks OpenAI's protocol, with {self.setting}_url), "
                f"with one of: {', '.join(PROVIDERS)}."
            )
        if find_spec(known.module) is None:
            raise SettingsError(
                f"The model {self.name} needs the package {known.package}; "
                f"install it with: pip install {known.package}"
            )
        if self.url is not None:
            _check_address(self.url, f"{self.setting}_url")
        elif known.key and not os.environ.get(known.key):
            raise SettingsError(f"The model {self.name} needs a key in the environment variable {known.key}.")

    def prepare(self) -> None:
        """Load the client, which takes seconds; it speaks to no server yet."""
        with _LOADING:
            _ = self._client

    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        """The model's text piece by piece; see `LanguageModel.stream`."""
        self.prepare()
        deadline = Deadline(self.seconds if seconds is None else min(seconds, self.seconds))
        for wait in (*_WAITS, None):
            begun = False
            try:
                for piece in arriving(lambda: self._pieces(system, user), deadline):
                    begun = True
                    yield piece
            except ModelFault as fault:
                if begun or not fault.retryable or wait is None or deadline.left <= wait:
                    raise
                deadline.pause(wait)
            else:
                return

    def _pieces(self, system: str, user: str) -> Iterator[str]:
        """What one request brings; raises ModelFault unless it ends as a whole text does."""
        ending, written = "", 0
        for chunk in self._chunks(system, user):
            ending = _ending(chunk) or ending
            text = str(chunk.text)
            written += len(text)
            if written > LONGEST_ANSWER:
                raise ModelFault(f"it wrote more than {LONGEST_ANSWER:,} characters", wrote=True)
            if text:
                yield text
        if not written:
            raise ModelFault("it sent no text")
        if ending in _CUT_BY_LENGTH:
            raise ModelFault(f"it had not ended after {MOST_TOKENS:,} tokens", wrote=True)
        if not ending:
            raise ModelFault("its text broke off")

    def _chunks(self, system: str, user: str) -> Iterator["AIMessageChunk"]:
        try:
            told = [("system", system)] if system else []
            yield from self._client.stream([*told, ("user", user)])
        except Exception as error:  # noqa: BLE001 (a client may raise anything over what a server sends)
            raise _fault(error) from None  # its text may hold what was sent, the key included

    @cached_property
    def _client(self) -> "BaseChatModel":
        from langchain.chat_models import init_chat_model

        provider = PROVIDERS[self.name.partition(":")[0]]
        options = provider.options(self.seconds)
        if self.url is not None:
            options["base_url"] = self.url
            if provider.key and not os.environ.get(provider.key):
                options["api_key"] = _NO_KEY
        client: BaseChatModel = init_chat_model(self.name, temperature=0, **options)
        return client


_LOADING = Lock()


def _check_address(url: str, setting: str) -> None:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise SettingsError(f"The setting {setting} is no address; write it like http://127.0.0.1:8080/v1.")
    if parts.username or parts.password or parts.query:
        raise SettingsError(f"The setting {setting} holds more than an address; keys go in the environment.")


def _ending(chunk: "AIMessageChunk") -> str:
    said = (chunk.response_metadata.get(key) for key in _ENDINGS)
    return next((str(reason) for reason in said if reason), "")


def _fault(error: Exception) -> ModelFault:
    from langchain_core import exceptions as known

    reasons: list[tuple[type[known.ModelError], str]] = [
        (known.ModelTimeoutError, "it did not answer in time"),
        (known.ModelConnectionError, "it cannot be reached"),
        (known.ModelAuthenticationError, "it does not accept the key"),
        (known.ModelPermissionDeniedError, "the key does not allow this model"),
        (known.ModelNotFoundError, "there is no such model or address"),
        (known.ModelRateLimitError, "it takes no more requests for now"),
        (known.ContextOverflowError, "the question and its passages are too long for it"),
        (known.ModelInvalidRequestError, "it does not accept the request"),
        (known.ModelAPIError, "its server failed"),
    ]
    for kind, reason in reasons:
        if isinstance(error, kind):
            return ModelFault(reason, retryable=error.is_retryable)
    return ModelFault("what it sent is not what a model sends")
