"""The gate: what the product does with the seed cases now, against the committed baseline.

A figure fails when it is worse than the baseline by more than the baseline's own 95 % interval. A crash, or a
quote that does not stand in a document where it says, fails whatever the figures are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer, Verdict
from evals.figures.cases import LOWER_IS_BETTER, Figure, figures_of
from evals.gate.checker import Checker, checker_figures
from evals.running.run import CaseResult, Run, slices_of

_SLICES = ("all", "language", "split")
# Another machine is no worse product, and answering more often is neither better nor worse.
NOT_GATED = frozenset({"seconds, p50", "seconds, p95", "answer rate"})
_SLACK = 1e-6  # the file of the baseline rounds to six digits


@dataclass(frozen=True, slots=True)
class CaseState:
    """What became of one case."""

    outcome: str | None  # None when the product crashed
    passed: bool


@dataclass(frozen=True, slots=True)
class Baseline:
    """One run as the gate compares it."""

    settings: Mapping[str, str]
    data: Mapping[str, str]  # file -> sha256: the cases and every file of the seed folder
    figures: Mapping[str, Mapping[str, Figure]]  # slice -> name -> figure
    cases: Mapping[str, CaseState]  # by id


def baseline_of(
    run: Run, checker: Checker, *, settings: Mapping[str, str], data: Mapping[str, str]
) -> Baseline:
    """What the gate keeps of a run: the figures of the whole, of each language and of each split."""
    figures = {
        part.name: {one.name: one for one in figures_of(part.results) if one.name not in NOT_GATED}
        for part in slices_of(run)
        if part.kind in _SLICES
    }
    answers = [result.answer for result in run.results if result.answer]
    figures["checker"] = {one.name: one for one in checker_figures(answers, checker)}
    return Baseline(settings, data, figures, {one.case.id: _state(one) for one in run.results})


def _state(result: CaseResult) -> CaseState:
    return CaseState(result.answer.outcome.value if result.answer else None, result.passed)


def changed_data(now: Mapping[str, str], baseline: Mapping[str, str]) -> list[str]:
    """The files that are not what they were when the baseline was taken, one sentence each."""
    return [
        f"{file} {_change(file, now, baseline)} since the baseline was taken. "
        "If that is meant, take a new one with: policy-assistant evals gate --update"
        for file in sorted({*now, *baseline})
        if now.get(file) != baseline.get(file)
    ]


def _change(file: str, now: Mapping[str, str], baseline: Mapping[str, str]) -> str:
    if file in now and file in baseline:
        return "has changed"
    return "is new" if file in now else "is gone"


def faults(run: Run, now: Baseline, baseline: Baseline, texts: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Everything for which the gate fails, one sentence each; `texts` are the stored texts by file name."""
    return [
        *(f"case {one.case.id} crashed: {one.failure}" for one in run.crashed),
        *_wrong_quotes(run, texts),
        *_dropped(now.figures, baseline.figures),
    ]


def cases_that_changed(now: Baseline, baseline: Baseline) -> list[str]:
    """The cases that passed and no longer do, then those that do now, one line each."""
    both = [
        (case_id, baseline.cases[case_id], now.cases[case_id])
        for case_id in now.cases
        if case_id in baseline.cases
    ]
    lost = [
        f"{name}: passed, now {after.outcome or 'crashed'}"
        for name, before, after in both
        if before.passed > after.passed
    ]
    won = [f"{name}: passes now" for name, before, after in both if before.passed < after.passed]
    return lost + won


def figures_that_changed(now: Baseline, baseline: Baseline) -> list[str]:
    """Every figure whose value is another one than in the baseline, better or worse, one line each."""
    return [
        f"{name} ({part}): {_number(before)} before, {_number(after)} now"
        for part, name, before, after in _pairs(now.figures, baseline.figures)
        if _number(before) != _number(after)
    ]


def _wrong_quotes(run: Run, texts: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for result in run.results:
        wrong = _wrong_quote(result.answer, texts) if result.answer else None
        if wrong is not None:
            yield f"case {result.case.id} shows what stands nowhere: {wrong!r}"


def _wrong_quote(answer: Answer, texts: Mapping[str, tuple[str, ...]]) -> str | None:
    for sentence in answer.sentences:
        for cited in sentence.citations:
            held = texts.get(Path(cited.document.path).name, ())
            if not any(text[cited.start : cited.end] == cited.quote for text in held):
                return cited.quote
        verbatim = sentence.text == " ".join(cited.quote for cited in sentence.citations)
        if not sentence.citations or (sentence.verdict is Verdict.QUOTED and not verbatim):
            return sentence.text
    return None


def _dropped(
    now: Mapping[str, Mapping[str, Figure]], baseline: Mapping[str, Mapping[str, Figure]]
) -> Iterator[str]:
    for part, name, before, after in _pairs(now, baseline):
        if before is None or before.value is None:
            continue  # nothing to fall below; --update takes it in
        if after is None or after.value is None:
            yield f"{name} ({part}) was {_number(before)} and is not measured any more"
            continue
        low, high = before.interval or (before.value, before.value)
        worse = after.value > high + _SLACK if name in LOWER_IS_BETTER else after.value < low - _SLACK
        if worse:
            bound = f"above {high:.3f}" if name in LOWER_IS_BETTER else f"below {low:.3f}"
            yield (
                f"{name} ({part}) is {after.value:.3f} now, {bound}: the baseline is {before.value:.3f} "
                f"[{low:.3f}, {high:.3f}]"
            )


def _pairs(
    now: Mapping[str, Mapping[str, Figure]], baseline: Mapping[str, Mapping[str, Figure]]
) -> Iterator[tuple[str, str, Figure | None, Figure | None]]:
    for part in dict.fromkeys((*baseline, *now)):
        before, after = baseline.get(part, {}), now.get(part, {})
        for name in dict.fromkeys((*before, *after)):
            yield part, name, before.get(name), after.get(name)


def _number(figure: Figure | None) -> str:
    return "not measured" if figure is None or figure.value is None else f"{figure.value:.3f}"
