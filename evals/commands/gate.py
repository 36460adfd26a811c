"""`policy-assistant evals gate`: the seed cases on a throw-away library of seeds/, against the baseline."""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import Settings, load_settings
from evals.cases.case import SEED_CASES, CaseError

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from assistant.assistant import Assistant
    from evals.gate.gate import Baseline

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"
BASELINE = ROOT / "evals" / "baseline" / "seed.json"
_OF_ONE_MACHINE = {"home", "host", "port", "language"}  # settings that change no answer


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals gate` to the command line."""
    gate = commands.add_parser(
        "gate",
        help="fail when the assistant answers the seed cases worse than the committed baseline",
        description=(
            "Run the seed cases on a throw-away library of seeds/, with the default settings, and compare "
            "every figure with the baseline. Exit code 1 when a figure is worse by more than its interval, "
            "a case crashed, a quote stands nowhere, or the cases or the seeds have changed."
        ),
        epilog="Example: policy-assistant evals gate",
    )
    gate.add_argument("--baseline", type=Path, default=BASELINE, help="the baseline to compare with")
    gate.add_argument("--update", action="store_true", help="write this run as the new baseline")
    gate.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not SEEDS.is_dir():
        raise AssistantError(f"There is no folder {SEEDS}; run the gate in a checkout of the project.")
    cache = load_settings().home / "cache" / "gate"
    try:
        return run_gate(SEED_CASES, SEEDS, options.baseline, cache=cache, update=options.update)
    except CaseError as error:
        raise AssistantError(str(error)) from error


def run_gate(cases_path: Path, documents: Path, baseline_path: Path, *, cache: Path, update: bool) -> int:
    """Compare the product's answers to the cases on a folder of documents with a baseline; 1 for a fault.

    With `update` the baseline is written, unless a case crashed or a quote stands nowhere. Prints what it
    found. Raises AssistantError when the baseline cannot be read, and CaseError for cases that do not fit.
    """
    from evals.gate.baseline import BaselineError, read_baseline, sha256_of
    from evals.gate.gate import Baseline, changed_data

    files = [file for file in documents.rglob("*") if file.is_file()]
    data = {**sha256_of([cases_path], cases_path.parent), **sha256_of(files, documents.parent)}
    try:
        baseline = read_baseline(baseline_path)
    except BaselineError as error:
        if not update:
            raise AssistantError(str(error)) from error
        baseline = Baseline({}, data, {}, {})
    changed = changed_data(data, baseline.data)
    if changed and not update:
        return _told(["The gate fails:", *(f"  {line}" for line in changed)], 1)

    started = time.perf_counter()
    now, found = _measured(cases_path, documents, cache, data, None if update else baseline)
    took = f"{len(now.cases)} cases in {time.perf_counter() - started:.0f} s"
    return _tell(now, baseline, found, took, baseline_path if update else None)


def _measured(
    cases_path: Path, documents: Path, cache: Path, data: dict[str, str], baseline: "Baseline | None"
) -> tuple["Baseline", list[str]]:
    """What the product does now, and the faults; without a baseline, those that any run can have."""
    from assistant.checking import checked
    from evals.cases.case import check_cases, load_cases, texts_by_name
    from evals.gate.gate import baseline_of, faults
    from evals.running.run import run_cases

    cases = load_cases(cases_path)
    with throwaway_assistant(documents, cache) as (assistant, used):
        texts = texts_by_name(assistant.library.documents())
        check_cases(cases, texts)
        run = run_cases(cases, assistant.answer, clock=time.perf_counter)
    settings = {name: str(value) for name, value in asdict(used).items() if name not in _OF_ONE_MACHINE}
    now = baseline_of(run, checked, settings=settings, data=data)
    return now, faults(run, now, baseline or now, texts)


def _tell(now: "Baseline", baseline: "Baseline", found: list[str], took: str, update: Path | None) -> int:
    from evals.gate.baseline import write_baseline
    from evals.gate.gate import cases_that_changed, figures_that_changed

    changes = [*figures_that_changed(now, baseline), *cases_that_changed(now, baseline)]
    if baseline.cases and now.settings != baseline.settings:
        changes.insert(0, f"settings: {dict(baseline.settings)} before, {dict(now.settings)} now")
    since = ["Changed since the baseline:", *(f"  {line}" for line in changes or ["nothing"])]
    if found:
        return _told([f"The gate fails ({took}):", *(f"  {line}" for line in found), *since], 1)
    if update:
        write_baseline(now, update)
        return _told([f"Written: {update} ({took}).", *(since if baseline.cases else [])], 0)
    passes = f"The gate passes ({took}): no figure is worse than the baseline by more than its interval."
    return _told([passes, *since], 0)


@contextmanager
def throwaway_assistant(documents: Path, cache: Path) -> Iterator[tuple["Assistant", Settings]]:
    """The product with default settings over a folder of documents, in a data folder deleted afterwards.

    Only the cache stays, with the vectors in it. Raises AssistantError when a document cannot be read.
    """
    from assistant.assembly import assemble, open_stores
    from knowledge.indexing import index_paths
    from knowledge.quote_preparation import prepare_quotes

    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="policy-assistant-gate-") as home:
        (Path(home) / "cache").symlink_to(cache.absolute(), target_is_directory=True)
        settings = Settings(Path(home))
        with open_stores(settings, "evals gate") as stores:
            report = index_paths([documents], stores, lambda _done, _total: None)
            if report.failed:
                raise AssistantError(" ".join(report.failed))
            prepare_quotes(stores, lambda _done, _total: None)
            yield assemble(stores, settings), settings


def _told(lines: list[str], code: int) -> int:
    sys.stdout.write("\n".join(lines) + "\n")
    return code
