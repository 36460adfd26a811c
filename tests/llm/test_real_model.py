"""Questions through a real model that invents freely: nothing that it invents is shown."""

from collections import Counter

import pytest

from assistant.answer import Answer, Outcome, Verdict
from assistant.assistant import Assistant
from assistant.chat_model import ChatModel
from assistant.checking import word_for_word
from tests.assistant.drafting_assistant import drafting

pytestmark = pytest.mark.llm

SECONDS = 60
ANSWERABLE = (
    "How should a favorable environment for service imports be created?",
    "Why is the innovative development of service trade important?",
    "What should be done with the negative list for cross-border service trade?",
    "How can exports in emerging service sectors be promoted?",
    "What is the effect of visa-free policies?",
    "How should service imports drive the domestic service industry?",
    "如何扩大服务出口？",
    "服务进口的良好环境应当如何营造？",
    "服务业市场准入有哪些要求？",
    "如何消除隐性壁垒？",
    "免签政策有什么作用？",
    "新兴服务领域的出口应如何促进？",
)
# Their words stand in the document or near it, their answers do not.
UNANSWERABLE = (
    "What is the tax rebate rate for service exports?",
    "By how many items must the negative list for cross-border service trade be shortened?",
    "Which countries have visa-free access under the policy?",
    "How much money is set aside for digital service trade?",
    "By which year must market access in the service sector be relaxed?",
    "Which ministry issues licences for cross-border data flows?",
    "服务出口的退税率是多少？",
    "负面清单须在哪一年缩减？",
    "哪个部门负责跨境数据流动许可？",
    "支持数字服务贸易的资金有多少？",
)


def check_everything_shown_is_supported(answer: Answer) -> None:
    found = {one.passage.id for one in answer.considered}
    for sentence in answer.sentences:
        assert sentence.verdict is not Verdict.UNSUPPORTED
        assert sentence.citations
        assert word_for_word(sentence).verdict is Verdict.QUOTED or sentence.verdict is Verdict.SUPPORTED
    assert all(citation.holds and citation.passage.id in found for citation in answer.citations)
    assert bool(answer.sentences) == (answer.outcome in (Outcome.ANSWERED, Outcome.MODEL_UNAVAILABLE))


def test_nothing_unsupported_is_shown(seed_assistant: Assistant, real_model_url: str) -> None:
    model = ChatModel("openai:smollm2", real_model_url, SECONDS)
    assistant = drafting(seed_assistant, model, seconds=SECONDS, tokens=1_000)
    ended: Counter[str] = Counter()
    shown = withheld = 0
    for question in (*ANSWERABLE, *UNANSWERABLE):
        answer = assistant.answer(question)
        check_everything_shown_is_supported(answer)
        ended[answer.wording if answer.outcome is Outcome.ANSWERED else answer.outcome] += 1
        shown += len(answer.sentences)
        withheld += answer.withheld
        waited = dict(answer.seconds).get("drafting", 0)
        told = (
            f"{answer.outcome}, {answer.wording}, {waited:.0f} s, {answer.withheld} withheld {answer.fault}"
        )
        print(f"{told}: {question}")  # noqa: T201
    print(f"{dict(ended)}; sentences: {shown} shown, {withheld} withheld")  # noqa: T201
