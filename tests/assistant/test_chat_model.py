"""The setting of a language model: what is refused before anything is asked of it."""

import sys
import time
from pathlib import Path

import pytest

from assistant.assembly import open_model
from assistant.chat_model import PROVIDERS, ChatModel
from assistant.errors import ModelFault, SettingsError
from assistant.language_model import Deadline
from assistant.settings import Settings
from assistant.streaming import arriving
from tests.assistant.typed import typed_apart

LOCAL = "http://127.0.0.1:8080/v1"


@pytest.mark.parametrize(
    ("name", "url", "said"),
    [
        ("gpt-4o", LOCAL, "write the provider and the model"),
        ("openai:", LOCAL, "write the provider and the model"),
        ("nobody:model", LOCAL, "one of: openai, anthropic, ollama"),
        ("openai:m", "127.0.0.1:8080", "model_url is no address"),
        ("openai:m", "ftp://127.0.0.1", "model_url is no address"),
        ("openai:m", "http://", "model_url is no address"),
        ("openai:m", "http://127.0.0.1:99999/v1", "model_url is no address"),
        ("openai:m", "http://me:secret@127.0.0.1/v1", "keys go in the environment"),
        ("openai:m", "http://127.0.0.1/v1?key=secret", "keys go in the environment"),
        ("openai:m", None, "OPENAI_API_KEY"),
    ],
)
def test_a_setting_that_cannot_work_is_refused_by_name(
    name: str, url: str | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    with pytest.raises(SettingsError, match=said) as refused:
        ChatModel(name, url, 1)

    assert "secret" not in str(refused.value)


def test_a_package_that_is_missing_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, PROVIDERS["ollama"].module, raising=False)

    with pytest.raises(SettingsError, match="pip install langchain-ollama"):
        ChatModel("ollama:qwen", None, 1)


def test_none_is_no_model_and_an_address_alone_is_a_mistake(tmp_path: Path) -> None:
    assert open_model(Settings(tmp_path)) is None
    with pytest.raises(SettingsError, match="model_url is set but model is not"):
        open_model(Settings(tmp_path, model_url=LOCAL))


def test_a_model_that_is_named_is_opened_without_loading_anything(tmp_path: Path) -> None:
    model = open_model(Settings(tmp_path, model="openai:m", model_url=LOCAL, model_timeout=7))

    assert model == ChatModel("openai:m", LOCAL, 7)


def test_naming_a_model_loads_langchain_only_when_it_is_asked() -> None:
    program = (
        "import sys; from assistant.chat_model import ChatModel;"
        f" model = ChatModel('openai:m', '{LOCAL}', 1);"
        " before = 'langchain' in sys.modules; model.prepare();"
        " print(before, 'langchain' in sys.modules); code = 0"
    )

    assert typed_apart(program=program).out.split() == ["False", "True"]


class TestArriving:
    def test_pieces_come_in_order_until_the_end(self) -> None:
        assert list(arriving(lambda: iter(["a", "b"]), Deadline(1))) == ["a", "b"]

    def test_a_fault_comes_after_the_pieces_before_it(self) -> None:
        def broken():  # type: ignore[no-untyped-def]
            yield "a"
            raise ModelFault("its text broke off")

        pieces = arriving(broken, Deadline(1))

        assert next(pieces) == "a"
        with pytest.raises(ModelFault, match="broke off"):
            next(pieces)

    def test_time_runs_out_however_slowly_pieces_drip(self) -> None:
        def dripping():  # type: ignore[no-untyped-def]
            while True:
                time.sleep(0.01)
                yield "a"

        start = time.monotonic()
        with pytest.raises(ModelFault, match="in time"):
            list(arriving(dripping, Deadline(0.2)))

        assert time.monotonic() - start < 0.5
