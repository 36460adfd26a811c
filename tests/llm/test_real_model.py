"""Questions through a real model that invents freely: nothing that it invents is shown."""

from collections import Counter
from collections.abc import Sequence

import pytest

from assistant.answer import Answer, Outcome, Verdict
from assistant.assistant import Assistant
from assistant.chat_model import ChatModel
from assistant.checking import word_for_word
from assistant.claims.claim_weights import claim_weights
from assistant.claims.sentence_checker import SentenceChecker
from tests.assistant.drafting_assistant import drafting
from tests.assistant.eager_answers import asked
from tests.assistant.hard_questions import HARD_QUESTIONS

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


@pytest.fixture(scope="module")
def assistant(seed_assistant: Assistant, real_model_url: str) -> Assistant:
    model = ChatModel("openai:smollm2", real_model_url, SECONDS)
    embedder, dictionary = seed_assistant.search.embedder, seed_assistant.search.dictionary
    checker = SentenceChecker(embedder, dictionary, claim_weights())
    return drafting(seed_assistant, model, checker=checker, seconds=SECONDS, tokens=1_000)


def test_nothing_unsupported_is_shown(assistant: Assistant) -> None:
    report([assistant.answer(question) for question in (*ANSWERABLE, *UNANSWERABLE)])


def test_nothing_unsupported_is_shown_on_hard_questions(assistant: Assistant) -> None:
    """The model is asked every time, also where the product would decline without it."""
    assert len(HARD_QUESTIONS) >= 200
    report([asked(assistant, question) for question in HARD_QUESTIONS])


def report(answers: Sequence[Answer]) -> None:
    """Check every answer; print how they ended and, to be read by a person, what is shown in own words."""
    for answer in answers:
        check_everything_shown_is_supported(answer)
    ended = Counter(one.wording if one.outcome is Outcome.ANSWERED else one.outcome for one in answers)
    own_words = [
        (answer, one) for answer in answers for one in answer.sentences if one.verdict is not Verdict.QUOTED
    ]
    for answer, sentence in own_words:
        cited = " / ".join(citation.quote for citation in sentence.citations)
        print(f"\n? {answer.question}\n> {sentence.text}\n= {cited}")  # noqa: T201
    shown, withheld = sum(len(one.sentences) for one in answers), sum(one.withheld for one in answers)
    print(  # noqa: T201
        f"\n{len(answers)} questions, {dict(ended)}; sentences: {shown} shown, {len(own_words)} of them in "
        f"the model's own words, {withheld} withheld"
    )
