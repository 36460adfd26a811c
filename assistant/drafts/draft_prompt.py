"""What a model is asked: numbered passages, their words datamarked, within a number of tokens."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import prompts
from assistant.answer import Sentence
from assistant.drafts.datamarking import MARKER, datamarked
from assistant.errors import ModelFault
from knowledge.policy import Language, Passage, RetrievedPassage
from knowledge.token_count import count_tokens

MOST_SENTENCES = 8  # of one draft
_PASSAGES_A_DOCUMENT = 2  # so that no document crowds the others out


@dataclass(frozen=True, slots=True)
class Task:
    """One question with the passages that a model may cite: mark n stands for `passages[n - 1]`."""

    question: str
    language: Language  # of the answer
    passages: tuple[Passage, ...]

    @property
    def system(self) -> str:
        """The rules."""
        return prompts.fill(f"draft.{self.language}", most=str(MOST_SENTENCES), marker=MARKER)

    @property
    def to_draft(self) -> str:
        """The request for a draft."""
        return prompts.fill(
            f"draft_task.{self.language}", passages=self._numbered, question=_on_one_line(self.question)
        )

    def to_repair(self, failed: Sequence[Sentence]) -> str:
        """The request to write sentences again; the n-th of them is called Sn."""
        told = (
            f"S{number}: {sentence.text} ({sentence.reason or 'the passages do not say so'})"
            for number, sentence in enumerate(failed, start=1)
        )
        return prompts.fill(
            f"repair.{self.language}",
            passages=self._numbered,
            question=_on_one_line(self.question),
            failed="\n".join(told),
        )

    def named(self, mark: int) -> Passage | None:
        """The passage that a mark stands for; None when it names nothing."""
        return self.passages[mark - 1] if 1 <= mark <= len(self.passages) else None

    @property
    def _numbered(self) -> str:
        return "\n\n".join(_shown(number, passage) for number, passage in enumerate(self.passages, start=1))


def task_within(
    tokens: int,
    question: str,
    language: Language,
    retrieved: Sequence[RetrievedPassage],
    quotes: Sequence[Sentence],
) -> Task:
    """The task with as many passages as fit: those that are quoted, then the best of the others.

    Raises ModelFault when not even one fits beside the question.
    """
    passages = _best(retrieved, quotes)
    while passages:
        task = Task(question, language, passages)
        if count_tokens(task.system) + count_tokens(task.to_draft) <= tokens:
            return task
        passages = passages[:-1]
    raise ModelFault(f"the question and one passage are longer than {tokens:,} tokens")


def _best(retrieved: Sequence[RetrievedPassage], quotes: Sequence[Sentence]) -> tuple[Passage, ...]:
    quoted = [citation.passage for sentence in quotes for citation in sentence.citations]
    best_first = dict.fromkeys((*quoted, *(one.passage for one in retrieved)))
    if len({passage.document.id for passage in best_first}) == 1:
        return tuple(best_first)
    taken: Counter[str] = Counter()
    chosen = []
    for passage in best_first:
        taken[passage.document.id] += 1
        if taken[passage.document.id] <= _PASSAGES_A_DOCUMENT:
            chosen.append(passage)
    return tuple(chosen)


def _shown(number: int, passage: Passage) -> str:
    facts = passage.document.facts
    head = (facts.title, facts.date or "", *passage.section.heading_path)
    return f"[{number}] {datamarked(' · '.join(filter(None, head)))}\n{datamarked(passage.text)}"


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
