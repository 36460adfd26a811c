"""The product as LangChain parts, with the real library, over the seed."""

import re
from dataclasses import replace

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableLambda

from assistant.answer import Answer, Conversation, Outcome, Sentence, Turn
from assistant.answering import Sources
from assistant.assistant import Assistant
from assistant.chain import AnswerChain, Asked, PassageRetriever
from assistant.errors import BadQuestion
from knowledge.policy import Filters
from tests.assistant.small_documents import ENVIRONMENT, SEED_TEXT
from tests.assistant.typed import ROOT

IMPORTS = "How should a favorable environment for service imports be created?"
NOWHERE = "What is the capital of Mongolia?"
NO_CHINESE = Filters(languages=("zh",))  # there is no such document


class Recorder(BaseCallbackHandler):
    """Keeps the names of the chains and retrievers that start and the outputs of those that end."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.ended: list[object] = []

    def on_chain_start(self, serialized: object, inputs: object, **more: object) -> None:
        self.started.append(str(more.get("name")))

    def on_chain_end(self, outputs: object, **_: object) -> None:
        self.ended.append(outputs)


@pytest.fixture
def chain(seed_assistant: Assistant) -> AnswerChain:
    return AnswerChain(seed_assistant)


def untimed(answer: object) -> Answer:
    assert isinstance(answer, Answer)
    return replace(answer, seconds=())


class TestAnswerChain:
    def test_invoke_gives_the_products_own_answer(
        self, chain: AnswerChain, seed_assistant: Assistant
    ) -> None:
        answer = chain.invoke({"question": IMPORTS})

        assert ENVIRONMENT in [sentence.text for sentence in answer.sentences]
        assert untimed(answer) == untimed(seed_assistant.answer(IMPORTS))

    def test_stream_gives_the_sources_first_then_sentences_then_the_answer(self, chain: AnswerChain) -> None:
        sources, *sentences, answer = chain.stream({"question": IMPORTS})

        assert isinstance(sources, Sources)
        assert sources.passages
        assert all(isinstance(sentence, Sentence) for sentence in sentences)
        assert untimed(answer) == untimed(chain.invoke({"question": IMPORTS}))
        assert untimed(answer).sentences == tuple(sentences)

    def test_batch_gives_the_answers_in_the_order_of_the_questions(self, chain: AnswerChain) -> None:
        questions = [IMPORTS, NOWHERE, "服务进口的良好环境应当如何营造？"] * 4

        answers = chain.batch([{"question": question} for question in questions])

        assert [untimed(answer).question for answer in answers] == questions
        assert [untimed(answer) for answer in answers[:3]] * 4 == [untimed(answer) for answer in answers]

    def test_a_conversation_is_taken_into_account(self, chain: AnswerChain) -> None:
        conversation: Conversation = (Turn("user", IMPORTS), Turn("assistant", ENVIRONMENT))

        answer = chain.invoke({"question": "And what about exports?", "conversation": conversation})

        assert answer.standalone_question == IMPORTS.replace("imports", "exports")

    def test_filters_reach_the_search(self, chain: AnswerChain) -> None:
        first = next(chain.stream({"question": IMPORTS, "filters": Filters(languages=("en",))}))

        assert isinstance(first, Sources)
        assert first.passages
        assert next(chain.stream({"question": IMPORTS, "filters": NO_CHINESE})) == Sources(IMPORTS, ())

    @pytest.mark.parametrize("question", ["", "  ", "a" * 10_000, "\ud800?"])
    def test_a_bad_question_is_refused_as_everywhere(self, chain: AnswerChain, question: str) -> None:
        asked: Asked = {"question": question}

        with pytest.raises(BadQuestion):
            chain.invoke(asked)
        with pytest.raises(BadQuestion):
            list(chain.stream(asked))
        both: list[object] = [*chain.batch([{"question": NOWHERE}, asked], return_exceptions=True)]
        good, bad = both
        assert untimed(good).outcome is Outcome.NOT_IN_DOCUMENTS
        assert isinstance(bad, BadQuestion)

    def test_it_can_be_composed_with_other_runnables(self, chain: AnswerChain) -> None:
        outcome = chain | RunnableLambda(lambda answer: untimed(answer).outcome.value)

        assert outcome.invoke({"question": NOWHERE}) == "not_in_documents"

    def test_a_tracer_sees_it_by_name_with_the_whole_answer(self, chain: AnswerChain) -> None:
        recorder = Recorder()

        answer = chain.invoke({"question": IMPORTS}, {"callbacks": [recorder]})
        *_, last = chain.stream({"question": IMPORTS}, {"callbacks": [recorder]})

        assert recorder.started == ["AnswerChain", "AnswerChain"]
        assert recorder.ended == [answer, last]


class TestPassageRetriever:
    def test_it_gives_langchain_documents_with_their_place(self, seed_assistant: Assistant) -> None:
        found = PassageRetriever(assistant=seed_assistant).invoke("negative list for services")

        assert "negative list" in found[0].page_content
        for document in found:
            told = document.metadata
            assert SEED_TEXT[told["start"] : told["end"]] == document.page_content
            assert told["passage_id"] == f"{told['document_id']}:{told['start']}-{told['end']}"
            assert told["title"].startswith("Accelerating the Innovative Development")
            assert told["headings"] == []
        scores = [document.metadata["score"] for document in found]
        assert scores == sorted(scores, reverse=True)

    def test_it_gives_what_search_gives_within_its_limit(self, seed_assistant: Assistant) -> None:
        found = PassageRetriever(assistant=seed_assistant, limit=2).invoke(IMPORTS)

        expected = seed_assistant.search(IMPORTS, limit=2)
        assert [one.metadata["passage_id"] for one in found] == [one.passage.id for one in expected]
        assert len(found) == 2

    def test_its_filters_hold(self, seed_assistant: Assistant) -> None:
        assert PassageRetriever(assistant=seed_assistant, filters=NO_CHINESE).invoke(IMPORTS) == []

    @pytest.mark.parametrize("question", ["", "a" * 10_000, "\ud800"])
    def test_a_bad_question_is_refused_as_everywhere(self, seed_assistant: Assistant, question: str) -> None:
        with pytest.raises(BadQuestion):
            PassageRetriever(assistant=seed_assistant).invoke(question)


@pytest.mark.usefixtures("seed_home")
def test_the_example_in_the_readme_runs() -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)

    names: dict[str, object] = {}
    exec(compile(example, "README.md", "exec"), names)  # noqa: S102 (our own text)

    assert untimed(names["answer"]).sentences
    assert names["passages"]
