"""A comparison of two runs as plain text."""

from evals.report.comparison import ChangedCase, Comparison, FigurePair, MeasuredDifference, RunName
from evals.report.numbers import NOT_APPLICABLE, aligned, number_text, with_interval


def comparison_text(comparison: Comparison) -> str:
    """The comparison as plain text: both runs, their figures, paired differences, and the cases."""
    a, b = comparison.a, comparison.b
    blocks = [
        "\n".join(f"{letter}: {_run_line(run)}" for letter, run in (("A", a), ("B", b))),
        f"{comparison.shared} cases are in both runs. Shares in %, with 95 % bootstrap intervals; "
        f"{NOT_APPLICABLE} means not applicable.",
        aligned(
            [
                ["", "A", "B"],
                *([one.name, with_interval(one.a), with_interval(one.b)] for one in comparison.figures),
            ]
        ),
        "B minus A on the same cases, with a 95 % paired bootstrap interval and the p-value of a sign-flip "
        "permutation test",
        aligned([["", "difference", "p", "cases"], *map(_difference_row, comparison.differences)]),
        _case_list("Newly failing", comparison.newly_failing),
        _case_list("Newly passing", comparison.newly_passing),
        _case_list("Newly crashed", comparison.newly_crashed),
    ]
    return "\n\n".join(blocks) + "\n"


def _run_line(run: RunName) -> str:
    return f"{run.date}, commit {run.commit or 'unknown'}, {run.cases} cases, {run.crashed} crashed"


def _figure_row(pair: FigurePair) -> list[str]:
    return [pair.name, with_interval(pair.a), with_interval(pair.b)]


def _difference_row(measured: MeasuredDifference) -> list[str]:
    found, name = measured.difference, measured.measure
    if found is None:
        return [name, NOT_APPLICABLE, NOT_APPLICABLE, "0"]
    shown = _signed(name, found.mean)
    if found.low is not None and found.high is not None:
        shown += f" [{_signed(name, found.low)}, {_signed(name, found.high)}]"
    return [name, shown, f"{found.p_value:.3f}", str(found.pairs)]


def _signed(name: str, value: float) -> str:
    shown = number_text(name, value)
    digits = shown.lstrip("-")
    if float(digits) == 0:  # what is rounded away has no sign
        return digits
    return shown if value < 0 else f"+{shown}"


def _case_list(heading: str, cases: tuple[ChangedCase, ...]) -> str:
    lines = [f"  {one.id} ({one.why}){f': {one.question}' if one.question else ''}" for one in cases]
    return "\n".join([f"{heading}: {len(cases)}", *lines])
