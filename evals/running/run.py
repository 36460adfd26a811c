"""Ask every case of the product's own function and keep what came back, crashes included."""

import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer, Conversation
from evals.cases.case import Case, Split
from evals.measures.gold_clauses import stands_in_a_gold_clause
from evals.measures.leave_one_topic_out import LeaveOneTopicOut, ScoredCase, leave_one_topic_out
from evals.measures.outcome_accuracy import outcome_is_right
from evals.measures.quote_precision_recall import QuoteMeasures, measure_quotes

AnswerQuestion = Callable[[str, Conversation], Answer]
Clock = Callable[[], float]  # seconds, never going back; time.perf_counter


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case: an answer, or the error that the product raised instead."""

    case: Case
    answer: Answer | None
    failure: str | None  # "ErrorClass: message (file.py:12)"; None when there is an answer
    seconds: float  # wall clock, until the answer or the error

    @property
    def quotes(self) -> QuoteMeasures | None:
        """The measures of its quotes; None for an unanswerable or crashed case."""
        return measure_quotes(self.case, self.answer) if self.answer else None

    @property
    def outcome_is_right(self) -> bool | None:
        """Whether it answered or declined as expected; None for a crashed case."""
        return outcome_is_right(self.case, self.answer.outcome) if self.answer else None

    @property
    def passed(self) -> bool:
        """No crash, the right outcome and, where there is gold, a quote of a gold sentence or clause."""
        if not self.outcome_is_right or self.answer is None:
            return False
        if self.quotes is None:
            return not self.case.gold_clauses or self._quotes_a_gold_clause(self.answer)
        return self.quotes.gold_among_quotes

    def _quotes_a_gold_clause(self, answer: Answer) -> bool:
        return any(
            citation.holds and stands_in_a_gold_clause(self.case, citation.passage)
            for citation in answer.citations
        )


@dataclass(frozen=True, slots=True)
class Run:
    """The results of one run, in the order of its cases."""

    results: tuple[CaseResult, ...]

    @property
    def crashed(self) -> tuple[CaseResult, ...]:
        """The cases at which the product raised an error."""
        return tuple(result for result in self.results if result.failure is not None)


@dataclass(frozen=True, slots=True)
class Slice:
    """The results that share one language, split, topic, tag or document."""

    kind: str  # "all", "language", "split", "language and split", "topic", "tag", "document"
    name: str
    results: tuple[CaseResult, ...]


def run_cases(cases: Iterable[Case], answer: AnswerQuestion, *, clock: Clock) -> Run:
    """Ask each case once, in order; an error of the product becomes that case's failure and ends nothing."""
    return Run(tuple(_result_of(case, answer, clock) for case in cases))


def slices_of(run: Run) -> tuple[Slice, ...]:
    """The whole run first, then every part of it by language, split, both of them, topic, tag and document.

    A case of several documents is in the slice of each, one that names none in no slice of that kind.
    """
    parts: dict[tuple[str, str], list[CaseResult]] = {}
    for result in run.results:
        for key in _keys(result.case):
            parts.setdefault(key, []).append(result)
    kinds = ("language", "split", "language and split", "topic", "tag", "document")
    ordered = sorted(parts, key=lambda key: (kinds.index(key[0]), key[1]))
    whole = Slice("all", "all", run.results)
    return (whole, *(Slice(kind, name, tuple(parts[kind, name])) for kind, name in ordered))


def leave_one_topic_out_of(
    run: Run, *, split: Split = "tuning", fit: Callable[[Sequence[ScoredCase]], float] | None = None
) -> LeaveOneTopicOut | None:
    """The leave-one-topic-out figure for the confidences that the product gave; crashed cases are left out.

    None when a topic cannot be left out because the others do not hold both kinds of case.
    """
    scored = [
        ScoredCase(result.case.topic, result.case.answerable, result.answer.confidence)
        for result in run.results
        if result.answer is not None and result.case.split == split
    ]
    try:
        return leave_one_topic_out(scored, fit) if fit else leave_one_topic_out(scored)
    except ValueError:
        return None


def _result_of(case: Case, answer: AnswerQuestion, clock: Clock) -> CaseResult:
    start = clock()
    try:
        given = answer(case.question, case.conversation)
        if not 0 <= given.confidence <= 1:  # also catches a confidence that is not a number
            raise ValueError(f"the answer's confidence is {given.confidence}, not between 0 and 1")  # noqa: TRY301
    except Exception as error:  # noqa: BLE001 - whatever the product raises is a finding, not the end of the run
        return CaseResult(case, None, _describe(error), clock() - start)
    return CaseResult(case, given, None, clock() - start)


def _describe(error: Exception) -> str:
    message = " ".join(str(error).split())
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {message}{place}"


def _keys(case: Case) -> list[tuple[str, str]]:
    return [
        ("language", case.language),
        ("split", case.split),
        ("language and split", f"{case.language} {case.split}"),
        ("topic", case.topic),
        *(("tag", tag) for tag in case.tags),
        *(("document", name) for name in dict.fromkeys(case.documents)),
    ]
