"""The OpenAI protocol, used by the official client against a served application."""

import json
from collections.abc import Iterator

import openai
import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletionMessageParam

from assistant.web.api.openai_requests import MODEL
from tests.web.api.served_app import application, client_of, served
from tests.web.api.test_rest import IMPORTS, whole_answer
from tests.web.scripted_assistant import ANSWERS, ScriptedAssistant

FEE = "What is the fee?"


@pytest.fixture(scope="module")
def client() -> Iterator[OpenAI]:
    with (
        served(application(ScriptedAssistant())) as address,
        OpenAI(base_url=f"{address}/v1", api_key="none", max_retries=0) as opened,
    ):
        yield opened


def asked(*texts: str) -> list[ChatCompletionMessageParam]:
    """A conversation in which the user and the assistant speak by turns."""
    return [
        {"role": "assistant", "content": text} if number % 2 else {"role": "user", "content": text}
        for number, text in enumerate(texts)
    ]


def content(client: OpenAI, *texts: str) -> str:
    answered = client.chat.completions.create(model=MODEL, messages=asked(*texts))
    return answered.choices[0].message.content or ""


def test_the_one_model_is_listed(client: OpenAI) -> None:
    assert [one.id for one in client.models.list()] == [MODEL]
    assert client.models.retrieve(MODEL).owned_by == "policy-assistant"


def test_the_content_has_the_sentences_with_marks_and_the_sources_below(client: OpenAI) -> None:
    answered = client.chat.completions.create(model=MODEL, messages=asked(IMPORTS), temperature=0.2)

    said, listed = (answered.choices[0].message.content or "").split("\n\n---\nSources:\n\n")
    assert answered.choices[0].finish_reason == "stop"
    assert said == " ".join(f"{quote} [{mark}]" for mark, quote in enumerate(ANSWERS[IMPORTS], 1))
    assert [line[:3] for line in listed.split("\n\n")] == ["[1]", "[2]"]
    assert f"{str(client.base_url).removesuffix('/v1/')}/documents/" in listed


def test_the_extension_field_holds_the_quotes_and_where_they_stand(client: OpenAI) -> None:
    answered = client.chat.completions.create(model=MODEL, messages=asked(IMPORTS))

    assert answered.model_extra is not None
    cited = answered.model_extra["policy_assistant"]["sentences"][0]["citations"][0]
    citation = whole_answer(IMPORTS).citations[0]
    assert (cited["quote"], cited["start"], cited["end"]) == (citation.quote, citation.start, citation.end)


def test_a_stream_gives_the_same_content_and_the_extension_in_its_last_chunk(client: OpenAI) -> None:
    chunks = list(
        client.chat.completions.create(
            model=MODEL, messages=asked(IMPORTS), stream=True, stream_options={"include_usage": True}
        )
    )

    pieces = [one.choices[0].delta.content or "" for one in chunks if one.choices]
    finished = next(one for one in chunks if one.choices and one.choices[0].finish_reason)
    assert "".join(pieces) == content(client, IMPORTS)
    assert len([piece for piece in pieces if piece]) == 3
    assert finished.model_extra is not None
    assert finished.model_extra["policy_assistant"]["outcome"] == "answered"
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.total_tokens > chunks[-1].usage.completion_tokens > 50


def test_usage_counts_what_was_sent_and_what_was_said(client: OpenAI) -> None:
    answered = client.chat.completions.create(model=MODEL, messages=asked(IMPORTS))

    assert answered.usage is not None
    assert answered.usage.prompt_tokens == 11
    assert answered.usage.total_tokens == answered.usage.prompt_tokens + answered.usage.completion_tokens


def test_messages_before_the_last_are_the_conversation(client: OpenAI) -> None:
    answered = client.chat.completions.create(
        model=MODEL,
        messages=[
            {"role": "system", "content": "Answer as a pirate."},
            *asked(IMPORTS, content(client, IMPORTS), "What about service exports?"),
        ],
    )

    assert answered.model_extra is not None
    extension = answered.model_extra["policy_assistant"]
    assert extension["standalone_question"] == "How should service exports be strengthened?"


def test_what_is_not_in_the_documents_is_said_not_to_be(client: OpenAI) -> None:
    said = content(client, "What is not there?")

    assert said.startswith("The documents at hand do not answer this question")
    assert "\n\n---\nYou may look at:\n\n- " in said


def test_the_words_of_a_document_draw_no_picture_and_open_no_link(client: OpenAI) -> None:
    said = content(client, FEE)

    assert r"\<img src=x" in said
    assert r"\<b>waived\</b>" in said
    assert not [place for place, sign in enumerate(said) if sign == "<" and said[place - 1] != "\\"]


def test_text_parts_are_read_and_other_parts_refused(client: OpenAI) -> None:
    part = {"type": "text", "text": IMPORTS}
    answered = client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": [part]}])  # type: ignore[list-item, misc]
    picture = {"type": "image_url", "image_url": {"url": "data:,"}}

    assert answered.choices[0].message.content == content(client, IMPORTS)
    with pytest.raises(openai.UnprocessableEntityError, match="no image_url"):
        client.chat.completions.create(model=MODEL, messages=[{"role": "user", "content": [picture]}])  # type: ignore[list-item, misc]


class TestRefusals:
    def test_another_model_is_not_there(self, client: OpenAI) -> None:
        with pytest.raises(openai.NotFoundError, match="the only one is 'policy-assistant'"):
            client.chat.completions.create(model="gpt-5", messages=asked("x"))
        with pytest.raises(openai.NotFoundError, match="the only one is 'policy-assistant'"):
            client.models.retrieve("gpt-5")

    @pytest.mark.parametrize("streamed", [False, True])
    def test_a_question_that_is_too_long_is_refused_with_the_number(
        self, client: OpenAI, streamed: bool
    ) -> None:
        with pytest.raises(
            openai.UnprocessableEntityError, match="2,001 characters; 2,000 are allowed"
        ) as told:
            client.chat.completions.create(model=MODEL, messages=asked("a" * 2_001), stream=streamed)

        assert told.value.body == {
            "message": "The question has 2,001 characters; 2,000 are allowed. Ask for one thing at a time.",
            "type": "invalid_request_error",
            "param": None,
            "code": "invalid",
        }

    def test_the_last_message_is_the_question(self, client: OpenAI) -> None:
        with pytest.raises(openai.UnprocessableEntityError, match="must have the role 'user'"):
            client.chat.completions.create(model=MODEL, messages=asked("x", "y"))

    def test_one_answer_is_given(self, client: OpenAI) -> None:
        with pytest.raises(openai.UnprocessableEntityError, match="send 1"):
            client.chat.completions.create(model=MODEL, messages=asked("x"), n=2)

    def test_a_fault_gives_nothing_away(self, client: OpenAI) -> None:
        with pytest.raises(openai.InternalServerError, match="fault of the program"):
            client.chat.completions.create(model=MODEL, messages=asked("crash"))

    def test_errors_have_the_form_of_openai(self) -> None:
        with client_of(application(ScriptedAssistant())) as plain:
            told = plain.post("/v1/chat/completions", json={"messages": []}).json()

        assert set(told["error"]) == {"message", "type", "param", "code"}
        assert json.dumps(told)
