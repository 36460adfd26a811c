"""Did the product answer what the documents answer, and decline what they do not?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Outcome
from evals.cases.case import Case

ANSWERED = frozenset({Outcome.ANSWERED, Outcome.PARTLY_ANSWERED})
DECLINED = frozenset({Outcome.NOT_IN_DOCUMENTS, Outcome.OUT_OF_SCOPE})
# The remaining outcomes (a question back, a model that is down) are right for no case.


def outcome_is_right(case: Case, outcome: Outcome) -> bool:
    """Whether an answerable case was answered or an unanswerable one declined."""
    return outcome in (ANSWERED if case.answerable else DECLINED)


@dataclass(frozen=True, slots=True)
class Met:
    """How many cases expected one outcome and got another, or the same."""

    expected: Outcome
    got: Outcome
    cases: int


def confusion(outcomes: Iterable[tuple[Case, Outcome]]) -> tuple[Met, ...]:
    """Count what each case expected against what it got; pairs that never met are left out."""
    counts = Counter((case.outcome, outcome) for case, outcome in outcomes)
    return tuple(Met(expected, got, count) for (expected, got), count in sorted(counts.items()))
