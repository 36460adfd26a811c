"""Two runs of the same cases, case by case: which figures moved, whether by more than chance, and where."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from evals.figures.cases import BOOTSTRAP_SEED
from evals.measures.paired_significance import PairedDifference, paired_difference
from evals.report.comparison import ChangedCase, Comparison, FigurePair, MeasuredDifference, RunName
from evals.report.comparison_text import comparison_text
from evals.report.numbers import figure_of_record

__all__ = ["MEASURES", "Comparison", "NotComparable", "compare_records", "comparison_text"]

Case = Mapping[str, Any]  # one entry of a record's "cases"


class NotComparable(Exception):
    """Two records that cannot be set against each other; the message says why and what to do."""


def _outcome_right(case: Case) -> float | None:
    right = case.get("outcome_right")
    return None if right is None else float(right)


def _gold_quoted(case: Case) -> float | None:
    measures = case.get("measures")
    return float(measures["gold_quoted"] > 0) if measures else None


def _strays(case: Case) -> float | None:
    measures = case.get("measures")
    return float(measures["strays"]) if measures else None


def _recall_at(depth: int) -> Callable[[Case], float | None]:
    def recall(case: Case) -> float | None:
        found = (case.get("recall") or {}).get(str(depth))
        return None if found is None else float(found)

    return recall


# Of answerable cases, all but the first: a declined one has no gold among its quotes and no stray.
MEASURES: dict[str, Callable[[Case], float | None]] = {
    "outcome right": _outcome_right,
    "gold among the quotes": _gold_quoted,
    "strays a case": _strays,
    **{f"recall@{depth}": _recall_at(depth) for depth in (1, 5, 10)},
}


def compare_records(a: Mapping[str, Any], b: Mapping[str, Any]) -> Comparison:
    """Set run b against run a, as `run_record` gave them or as JSON read them back.

    A case that crashed in either run has no measure to compare; it still counts as failing. Raises
    NotComparable when one is no record of a run, when their cases files differ, and when they share no case.
    """
    _check_comparable(a, b)
    cases_a, cases_b = ({case["id"]: case for case in record["cases"]} for record in (a, b))
    shared = [(case, cases_b[name]) for name, case in cases_a.items() if name in cases_b]
    if not shared:
        raise NotComparable(
            "The two runs share no case, so nothing can be compared; run both on the same split."
        )
    return Comparison(
        a=_name(a),
        b=_name(b),
        shared=len(shared),
        figures=_figure_pairs(a, b),
        differences=tuple(
            MeasuredDifference(name, _difference([(value_of(x), value_of(y)) for x, y in shared]))
            for name, value_of in MEASURES.items()
        ),
        newly_failing=tuple(_changed(y) for x, y in shared if x["passed"] and not y["passed"]),
        newly_passing=tuple(_changed(x, shown=y) for x, y in shared if y["passed"] and not x["passed"]),
        newly_crashed=tuple(_changed(y) for x, y in shared if y["failure"] and not x["failure"]),
    )


def _check_comparable(a: Mapping[str, Any], b: Mapping[str, Any]) -> None:
    for record, which in ((a, "first"), (b, "second")):
        missing = [key for key in ("date", "cases", "slices", "cases_sha256") if key not in record]
        if missing:
            raise NotComparable(
                f"The {which} file is no record of a run, it has no {missing[0]!r}; name the run-….json that "
                "`policy-assistant evals run` wrote."
            )
    if a["cases_sha256"] != b["cases_sha256"]:
        raise NotComparable(
            f"The two runs asked different versions of their cases ({a.get('cases_file')} "
            f"{a['cases_sha256'][:12]}, {b.get('cases_file')} {b['cases_sha256'][:12]}); "
            "run both on the same file."
        )


def _name(record: Mapping[str, Any]) -> RunName:
    return RunName(
        record["date"], record.get("commit"), len(record["cases"]), int(record.get("crashed") or 0)
    )


def _figure_pairs(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[FigurePair, ...]:
    of_a, of_b = (record["slices"][0]["figures"] for record in (a, b))
    names = dict.fromkeys((*of_a, *of_b))
    return tuple(
        FigurePair(name, figure_of_record(name, of_a.get(name)), figure_of_record(name, of_b.get(name)))
        for name in names
    )


def _difference(pairs: list[tuple[float | None, float | None]]) -> PairedDifference | None:
    both = [(x, y) for x, y in pairs if x is not None and y is not None]
    if not both:
        return None
    generator = np.random.default_rng(BOOTSTRAP_SEED)
    return paired_difference([x for x, _ in both], [y for _, y in both], generator)


def _changed(failing: Case, shown: Case | None = None) -> ChangedCase:
    question = failing.get("question") or (shown or {}).get("question")
    why = failing.get("lost_step") or (
        "crashed" if failing.get("failure") else f"got {failing.get('outcome')}"
    )
    return ChangedCase(failing["id"], question, why)
