"""The assistant as LangChain parts: a Runnable for answers and a BaseRetriever for passages.

The only module that imports LangChain; the product itself does not need it.
"""

from collections.abc import Iterator
from typing import Any, NotRequired, TypedDict, cast

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableConfig

from assistant.answer import Answer, Conversation
from assistant.answering import Step, accepted_question
from assistant.assistant import Assistant
from knowledge.policy import Filters, RetrievedPassage


class Asked(TypedDict):
    """The input of the chain; only `question` is required."""

    question: str
    conversation: NotRequired[Conversation]
    filters: NotRequired[Filters]


class AnswerChain(Runnable[Asked, Step]):
    """A Runnable over the assistant: `invoke` and `batch` give the Answer, `stream` gives every step.

    The steps are Sources, then each checked Sentence, then the Answer. Raises BadQuestion like the product.
    """

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **_: Any) -> Answer:  # noqa: A002 (LangChain's name)
        """The checked answer to one question."""
        return cast(Answer, self._call_with_config(self._answer, input, config, run_type="chain"))

    def stream(self, input: Asked, config: RunnableConfig | None = None, **_: Any) -> Iterator[Step]:  # noqa: A002
        """The answer step by step."""
        yield from self._transform_stream_with_config(iter([input]), self._steps, config, run_type="chain")

    def _answer(self, asked: Asked) -> Answer:
        return self._assistant.answer(
            asked["question"], asked.get("conversation", ()), asked.get("filters", Filters())
        )

    def _steps(self, asked: Iterator[Asked]) -> Iterator[Step]:
        for one in asked:
            yield from self._assistant.steps(
                one["question"], one.get("conversation", ()), one.get("filters", Filters())
            )


class PassageRetriever(BaseRetriever):
    """A LangChain retriever over the library: a question in, LangChain documents out, best first.

    Metadata of each: passage_id, document_id, title, headings, start, end, score, and validity, which is
    "superseded", "repealed", … where the document is not in force. Raises BadQuestion.
    """

    limit: int = 5
    filters: Filters = Filters()
    _assistant: Assistant  # private, because pydantic would look into it and not understand its parts

    def __init__(self, assistant: Assistant, **fields: Any) -> None:
        super().__init__(**fields)
        self._assistant = assistant

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 (LangChain's signature)
    ) -> list[LangChainDocument]:
        found = self._assistant.search.distinct(
            accepted_question(query), limit=self.limit, filters=self.filters
        )
        return [_as_langchain(retrieved) for retrieved in found]


def _as_langchain(retrieved: RetrievedPassage) -> LangChainDocument:
    passage = retrieved.passage
    metadata: dict[str, Any] = {
        "passage_id": passage.id,
        "document_id": passage.document.id,
        "title": passage.document.title,
        "headings": list(passage.section.heading_path),
        "start": passage.start,
        "end": passage.end,
        "score": retrieved.score,
        "validity": retrieved.validity.status,
    }
    return LangChainDocument(page_content=passage.text, metadata=metadata)
