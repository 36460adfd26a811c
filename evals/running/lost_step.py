"""For a case that failed: the step of the way from document to answer that lost it."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from assistant.answer import Answer
from evals.cases.case import Case
from evals.measures.gold_clauses import stands_in_a_gold_clause
from evals.measures.outcome_accuracy import ANSWERED, DECLINED
from evals.measures.recall_at_k import holds_sentence
from evals.running.run import CaseResult
from knowledge.policy import RetrievedPassage

SearchDeeper = Callable[[Answer], Sequence[RetrievedPassage]]  # more passages for the same question
Texts = Mapping[str, tuple[str, ...]]  # file name -> stored texts of the documents of that name


class LostStep(StrEnum):
    """The first step, in this order, at which the way to the right answer ended."""

    CRASHED = "crashed"
    NOT_READ = "not read"  # no gold sentence stands in an indexed document
    NOT_RETRIEVED = "not retrieved"
    RANKED_LOW = "ranked low"  # search has it, but below the passages that an answer is looked for in
    UNSUPPORTED = "unsupported"  # the checker withheld what was drafted, or should have
    REFUSED_WRONGLY = "refused wrongly"
    NOT_QUOTED = "not quoted"
    ANSWERED_UNANSWERABLE = "answered though unanswerable"
    OTHER_OUTCOME = "neither answered nor declined"  # a question back, a model that is down


def lost_step(
    result: CaseResult, *, texts: Texts | None = None, deeper: SearchDeeper | None = None
) -> LostStep | None:
    """The step that lost a failing case; None for a case that passed.

    Without `texts` gold counts as read; without `deeper` a gold sentence that search ranked low counts as
    not retrieved, as an answer holds only the passages that it looked at.
    """
    if result.passed:
        return None
    case, answer = result.case, result.answer
    if answer is None:
        return LostStep.CRASHED
    if not case.answerable:
        answered = answer.outcome in ANSWERED
        return LostStep.ANSWERED_UNANSWERABLE if answered else LostStep.OTHER_OUTCOME
    if texts is not None and not _is_read(case, texts):
        return LostStep.NOT_READ
    if not holds_gold(case, answer.considered):
        found_below = deeper is not None and holds_gold(case, deeper(answer))
        return LostStep.RANKED_LOW if found_below else LostStep.NOT_RETRIEVED
    return _lost_in_writing(answer)


def holds_gold(case: Case, passages: Sequence[RetrievedPassage]) -> bool:
    """Whether one of the passages covers a gold sentence or stands in a gold clause of the case."""
    return any(
        any(holds_sentence(case, one, sentence) for sentence in case.gold)
        or stands_in_a_gold_clause(case, one.passage)
        for one in passages
    )


def _lost_in_writing(answer: Answer) -> LostStep:
    if answer.withheld or not all(citation.holds for citation in answer.citations):
        return LostStep.UNSUPPORTED
    if answer.outcome in DECLINED:
        return LostStep.REFUSED_WRONGLY
    return LostStep.NOT_QUOTED if answer.outcome in ANSWERED else LostStep.OTHER_OUTCOME


def _is_read(case: Case, texts: Texts) -> bool:
    held = [text for name in case.documents for text in texts.get(name, ())]
    if not case.gold:  # a clause alone: that its document is there is all that can be told from a text
        return bool(held)
    return any(sentence in text for sentence in case.gold for text in held)
