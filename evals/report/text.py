"""A run as plain text that a person reads: figures with intervals, then every case that failed."""

from collections.abc import Sequence
from dataclasses import asdict

from assistant.calibration import checker_agreement
from evals.figures.cases import figures_of
from evals.figures.confidence import confidence_figures
from evals.measures.leave_one_topic_out import LeaveOneTopicOut
from evals.measures.outcome_accuracy import confusion
from evals.report.checker_line import checker_line
from evals.report.numbers import NOT_APPLICABLE, aligned, value_text, with_interval
from evals.running.run import (
    CaseResult,
    Run,
    Slice,
    leave_one_topic_out_of,
    slices_of,
)

BRIEF_FIGURES = (
    "gold among the quotes",
    "all gold quoted",
    "stray sentences",
    "answerable declined",
    "unanswerable declined",
)


def report_text(run: Run, heading: str) -> str:
    """Figures by language, brief ones by split, topic, tag and document, then each case that failed."""
    slices = slices_of(run)
    # The tuning cases of a language have no column of their own: the table must fit a wide terminal.
    wide = [part for part in slices if part.kind in ("all", "language")]
    wide += [part for part in slices if part.kind == "language and split" and part.name.endswith("held_out")]
    narrow = [part for part in slices if part.kind in ("split", "topic", "tag", "document")]
    failing = [result for result in run.results if not result.passed]
    checker = checker_line([asdict(one) for one in checker_agreement()])
    blocks = [
        heading,
        f"{len(run.results)} cases, {len(run.crashed)} crashed, {len(failing)} not passed. "
        "Shares in %, with 95 % bootstrap intervals; – means not applicable.",
        aligned(_wide_rows(wide)),
        checker,
        aligned(_narrow_rows(narrow)),
        _outcome_lines(run),
        _topic_lines(leave_one_topic_out_of(run)),
        f"Cases that did not pass: {len(failing)}",
        *(_case_lines(result) for result in failing),
    ]
    return "\n\n".join(blocks) + "\n"


def _wide_rows(slices: Sequence[Slice]) -> list[list[str]]:
    columns = [(*figures_of(part.results), *confidence_figures(part.results)) for part in slices]
    header = ["", *(part.name for part in slices)]
    sizes = ["cases", *(str(len(part.results)) for part in slices)]
    crashed = ["crashed", *(str(sum(one.failure is not None for one in part.results)) for part in slices)]
    rows = [[row[0].name, *(with_interval(figure) for figure in row)] for row in zip(*columns, strict=True)]
    return [header, sizes, crashed, *rows]


def _narrow_rows(slices: Sequence[Slice]) -> list[list[str]]:
    rows = [["", "cases", *BRIEF_FIGURES]]
    for part in slices:
        figures = {figure.name: figure for figure in figures_of(part.results)}
        rows.append(
            [
                f"{part.kind} {part.name}",
                str(len(part.results)),
                *(value_text(figures[n]) for n in BRIEF_FIGURES),
            ]
        )
    return rows


def _outcome_lines(run: Run) -> str:
    met = confusion((one.case, one.answer.outcome) for one in run.results if one.answer)
    return "\n".join(["Outcomes", *(f"  expected {one.expected}, got {one.got}: {one.cases}" for one in met)])


def _topic_lines(left_out: LeaveOneTopicOut | None) -> str:
    if left_out is None:
        return (
            "Leave one topic out (tuning cases): not applicable, a topic's others hold one kind of case only."
        )
    shares = {
        "outcome right": left_out.accuracy,
        "answerable answered": left_out.answerable_answered,
        "unanswerable declined": left_out.unanswerable_declined,
    }
    summary = ", ".join(
        f"{name} {NOT_APPLICABLE if share is None else f'{100 * share:.1f} %'}"
        for name, share in shares.items()
    )
    lines = (
        f"  {one.topic}: {one.right} of {one.cases} (threshold {one.threshold:.3f})"
        for one in left_out.topics
    )
    return "\n".join([f"Leave one topic out (tuning cases, threshold on the confidence): {summary}", *lines])


def _case_lines(result: CaseResult) -> str:
    case, answer = result.case, result.answer
    lines = [f"{case.id} ({case.split}, {case.topic}: {', '.join(case.tags)})"]
    lines += [f"  {turn.role}: {turn.text}" for turn in case.conversation]
    lines += [f"  question: {case.question}", f"  expected: {case.outcome}"]
    lines += [f"    gold: {sentence}" for sentence in case.gold]
    if answer is None:
        return "\n".join([*lines, f"  crashed: {result.failure}"])
    lines.append(f"  got: {answer.outcome}, confidence {answer.confidence:.3f}")
    lines += [f"    quote: {citation.quote}" for citation in answer.citations]
    return "\n".join(lines)
