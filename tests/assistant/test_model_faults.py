"""R9: fifteen faults of a language model, through the real LangChain client and a server on this machine."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assistant.answer import Answer, Outcome, Sentence, Verdict, Wording
from assistant.answer_text import as_text, framing
from assistant.assistant import Assistant
from assistant.chat_model import ChatModel
from assistant.errors import ModelFault
from tests.assistant.drafting_assistant import drafting
from tests.assistant.model_server import KEY, Answering, model_server
from tests.assistant.small_documents import ENVIRONMENT

QUESTION = "How should a favorable environment for service imports be created?"
# The first sentence stands in the document; the second is cut in half by the faults that cut.
REPLY = f"{ENVIRONMENT} [1]\nIt was pointed out that fees are abolished for all and for ever. [1]\n"
FAULTS = (
    "refused", "dns", "timeout", "401", "429", "500", "503", "html", "bad_json", "empty", "cut", "stall",
    "endless", "wrong_language", "two_megabytes",
)  # fmt: skip
WROTE = {"wrong_language", "two_megabytes"}  # the model is there, but what it writes is of no use
SECONDS = 1


@pytest.fixture(scope="module")
def server() -> Iterator[Answering]:
    with model_server(REPLY) as started:
        yield started


@pytest.fixture
def address(server: Answering, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Where a model has a fault; for two of them there is no server at all."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def of(fault: str) -> str:
        if fault == "refused":
            with socket.create_server(("127.0.0.1", 0)) as free:
                return f"http://127.0.0.1:{free.getsockname()[1]}/v1"
        if fault == "dns":
            monkeypatch.setattr(socket, "getaddrinfo", _no_such_host)
            return "http://models.example/v1"
        return server.address(fault)

    return of


def _no_such_host(*_: object, **__: object) -> None:
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def model_at(url: str) -> ChatModel:
    model = ChatModel("openai:m", url, SECONDS)
    model.prepare()  # importing LangChain is not what is timed
    return model


def asked(assistant: Assistant) -> tuple[Answer, list[Sentence], float]:
    """The answer, the sentences that were shown on the way, and the seconds it took."""
    start = time.monotonic()
    _sources, *shown, answer = assistant.steps(QUESTION)
    took = time.monotonic() - start
    assert isinstance(answer, Answer)
    return answer, [one for one in shown if isinstance(one, Sentence)], took


def check_is_labelled_quotes(answer: Answer, fault: str) -> None:
    assert answer.sentences
    assert all(sentence.verdict is Verdict.QUOTED for sentence in answer.sentences)
    assert all(citation.holds for citation in answer.citations)
    assert answer.fault or fault == "wrong_language"
    wrote = answer.wording is Wording.DRAFT_NOT_USED
    assert wrote == (fault in WROTE)
    assert answer.outcome is (Outcome.ANSWERED if wrote else Outcome.MODEL_UNAVAILABLE)
    assert "language model" in framing(answer)
    assert as_text(answer).startswith(framing(answer))


def check_fault(fault: str, url: str, seed_assistant: Assistant) -> None:
    plain = seed_assistant.answer(QUESTION)
    answer, shown, took = asked(drafting(seed_assistant, model_at(url), seconds=SECONDS))

    check_is_labelled_quotes(answer, fault)
    assert answer.sentences == plain.sentences
    assert all(sentence.verdict is not Verdict.UNSUPPORTED for sentence in shown)
    assert took <= SECONDS + 2


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_ends_in_quotes_that_say_so_and_in_time(
    fault: str,
    seed_assistant: Assistant,
    address: Callable[[str], str],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)

    check_fault(fault, address(fault), seed_assistant)

    told = capfd.readouterr()
    said = caplog.text + told.out + told.err
    assert KEY not in said
    assert "Traceback" not in said


def test_a_whole_draft_is_shown_as_far_as_it_stands(
    seed_assistant: Assistant, address: Callable[[str], str], server: Answering
) -> None:
    answer, shown, took = asked(drafting(seed_assistant, model_at(address("none")), seconds=SECONDS))

    assert [sentence.text for sentence in answer.sentences] == [ENVIRONMENT]
    assert shown == list(answer.sentences)
    assert (answer.outcome, answer.wording, answer.withheld, answer.fault) == (
        Outcome.ANSWERED,
        Wording.QUOTED,
        1,
        "",
    )
    assert took <= SECONDS + 2
    assert server.keys[-1] == f"Bearer {KEY}"
    assert server.requests[-1]["temperature"] == 0


def test_a_draft_that_the_limit_of_tokens_cuts_is_not_shown_as_whole(
    seed_assistant: Assistant, address: Callable[[str], str]
) -> None:
    answer, _shown, _took = asked(drafting(seed_assistant, model_at(address("length")), seconds=SECONDS))

    assert answer.wording is Wording.DRAFT_NOT_USED
    assert answer.sentences == seed_assistant.answer(QUESTION).sentences


@pytest.mark.parametrize(("fault", "tries"), [("401", 1), ("404", 1), ("500", 3), ("429", 3), ("html", 1)])
def test_only_what_may_succeed_a_moment_later_is_tried_again(
    fault: str, tries: int, address: Callable[[str], str], server: Answering
) -> None:
    model = replace(model_at(address(fault)), seconds=10)
    before = len(server.requests)

    with pytest.raises(ModelFault) as raised:
        list(model.stream("rules", "question"))

    assert len(server.requests) - before == tries
    assert raised.value.retryable == (tries > 1)
    assert KEY not in str(raised.value)


def test_a_stalled_model_holds_no_thread_for_long(address: Callable[[str], str]) -> None:
    for _ in range(3):
        with pytest.raises(ModelFault, match="did not answer in time"):
            list(model_at(address("stall")).stream("rules", "question", seconds=0.2))

    for _ in range(50):
        if not any(thread.name == "model" for thread in threading.enumerate()):
            return
        time.sleep(0.1)
    pytest.fail("A thread still waits for a model that nobody waits for.")


@pytest.mark.torture
def test_each_fault_twenty_times(seed_assistant: Assistant, address: Callable[[str], str]) -> None:
    slowest = 0.0
    for fault in FAULTS:
        if fault == "dns":  # the name server is taken away for good once it is tried
            continue
        for _ in range(20):
            start = time.monotonic()
            check_fault(fault, address(fault), seed_assistant)
            slowest = max(slowest, time.monotonic() - start)
    for _ in range(20):
        check_fault("dns", address("dns"), seed_assistant)
    print(f"\n{20 * len(FAULTS)} of {20 * len(FAULTS)} in labelled quotes; slowest {slowest:.2f} s")  # noqa: T201
