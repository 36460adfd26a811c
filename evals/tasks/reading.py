"""Ask the product questions over given passages, and say where in them its quotes stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, Citation, Outcome
from assistant.answering import Writer, answer_question
from assistant.errors import BadQuestion
from evals.datasets.tasks import ReadingTask, TaskPassage
from evals.tasks.throwaway_library import cut, document_of
from knowledge.embedder import Embedder
from knowledge.passage_sentences import sentence_texts
from knowledge.policy import Passage, RetrievedPassage

_TASKS_TOGETHER = 256  # whose sentences are embedded in one go
_EMBEDDED_TOGETHER = 1024  # sentences


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """What the product answered to a task; no answer where it refused the question as it was sent."""

    task: ReadingTask
    answer: Answer | None
    refusal: str = ""  # the sentence that says why, for the asker
    passage_ids: tuple[tuple[str, str], ...] = ()  # (document id, passage id of the task)

    @property
    def outcome(self) -> Outcome:
        """The answer's outcome; a refused question needs to be asked otherwise."""
        return self.answer.outcome if self.answer else Outcome.NEEDS_CLARIFICATION

    @property
    def confidence(self) -> float:
        """How sure it is, 0..1, that the passages answer."""
        return self.answer.confidence if self.answer else 0.0

    def passage_id(self, citation: Citation) -> str:
        """The id that the task gives the cited passage."""
        return dict(self.passage_ids)[citation.document.id]


def read_tasks(tasks: Sequence[ReadingTask], *, writer: Writer, embedder: Embedder) -> Iterator[TaskAnswer]:
    """Answer every task from its own passages, in order, each as a user's question is answered.

    The passages stand in for what search finds: cut as the product cuts documents, in the order given. A
    citation's offsets are offsets into the given passage's text.
    """
    for first in range(0, len(tasks), _TASKS_TOGETHER):
        together = [(task, *_given(task.passages)) for task in tasks[first : first + _TASKS_TOGETHER]]
        embed_sentences([passage for _task, passages, _ids in together for passage in passages], embedder)
        for task, passages, ids in together:
            try:
                answer = _answer(task, passages, writer)
            except BadQuestion as refusal:
                yield TaskAnswer(task, None, str(refusal), ids)
            else:
                yield TaskAnswer(task, answer, "", ids)


def _answer(task: ReadingTask, passages: Sequence[Passage], writer: Writer) -> Answer:
    retrieved = [RetrievedPassage(one, 1 / rank, frozenset()) for rank, one in enumerate(passages, start=1)]
    return answer_question(task.question, task.conversation, search=lambda _: retrieved, writer=writer)


def embed_sentences(passages: Sequence[Passage], embedder: Embedder) -> None:
    """Embed all sentences of the passages in large batches, for an embedder that remembers them.

    Indexing does the same; one question at a time would take many times as long.
    """
    texts = sorted(
        {text for passage in passages for text in sentence_texts(passage)}, key=lambda t: (len(t), t)
    )
    for first in range(0, len(texts), _EMBEDDED_TOGETHER):
        embedder.embed_passages(texts[first : first + _EMBEDDED_TOGETHER])


def as_json(read: TaskAnswer) -> dict[str, Any]:
    """The answer in the format of reading tasks; "error" only where the question was refused."""
    sentences = read.answer.sentences if read.answer else ()
    line: dict[str, Any] = {
        "id": read.task.id,
        "outcome": read.outcome.value,
        "confidence": round(read.confidence, 6),
        "text": " ".join(sentence.text for sentence in sentences),
        "sentences": [
            {
                "text": sentence.text,
                "citations": [
                    {
                        "passage_id": read.passage_id(citation),
                        "quote": citation.quote,
                        "start": citation.start,
                        "end": citation.end,
                    }
                    for citation in sentence.citations
                ],
                "verdict": sentence.verdict.value,
            }
            for sentence in sentences
        ],
    }
    return line | ({"error": read.refusal} if read.refusal else {})


def _given(given: Sequence[TaskPassage]) -> tuple[list[Passage], tuple[tuple[str, str], ...]]:
    documents = [document_of(passage) for passage in given]
    ids = tuple((document.id, passage.id) for document, passage in zip(documents, given, strict=True))
    return [passage for document in documents for passage in cut(document)[1]], ids
