"""The types of a comparison of two runs; all are frozen and do no I/O."""

from dataclasses import dataclass

from evals.figures.cases import Figure
from evals.measures.paired_significance import PairedDifference


@dataclass(frozen=True, slots=True)
class RunName:
    """Which run it was."""

    date: str
    commit: str | None
    cases: int
    crashed: int


@dataclass(frozen=True, slots=True)
class FigurePair:
    """The same figure of both runs, over all cases of each."""

    name: str
    a: Figure
    b: Figure


@dataclass(frozen=True, slots=True)
class MeasuredDifference:
    """A measure over the cases that have it in both runs; None when none has."""

    measure: str
    difference: PairedDifference | None  # b minus a


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A case that passed in one run and failed in the other."""

    id: str
    question: str | None  # a record of an older version does not hold it
    why: str  # the step that lost it in the run in which it failed


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that `comparison_text` says of two runs."""

    a: RunName
    b: RunName
    shared: int  # cases in both
    figures: tuple[FigurePair, ...]
    differences: tuple[MeasuredDifference, ...]
    newly_failing: tuple[ChangedCase, ...]
    newly_passing: tuple[ChangedCase, ...]
    newly_crashed: tuple[ChangedCase, ...]  # whether they passed before or not
