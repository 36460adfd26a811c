"""The one call behind `policy-assistant evals run`: check the cases, ask them, write and show the report."""

import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from evals.cases.case import Split, check_cases, load_cases
from evals.report.files import write_reports
from evals.report.text import report_text
from evals.running.lost_step import SearchDeeper
from evals.running.record import run_record, write_record
from evals.running.run import AnswerQuestion, Clock, run_cases


def run_and_report(
    cases_path: Path,
    texts: Mapping[str, tuple[str, ...]],
    answer: AnswerQuestion,
    out_folder: Path,
    settings: Mapping[str, object],
    *,
    split: Split | None = None,
    embedder: str | None = None,
    deeper: SearchDeeper | None = None,
    show: Callable[[str], object] = sys.stdout.write,
    clock: Clock = time.perf_counter,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> int:
    """Run the cases, show the report and write it with its page and JSON; return 0, or 1 if a case crashed.

    `texts` maps file names to the stored texts of the searched documents of that name. The files
    are named by the date: run-20260131T120000Z.txt, .json, .html and .md. Raises CaseError before
    anything is asked when the cases do not fit the texts, and OSError when the folder cannot be written.
    """
    cases = load_cases(cases_path)
    check_cases(cases, texts)
    out_folder.mkdir(parents=True, exist_ok=True)
    date = now()
    run = run_cases([case for case in cases if split in (None, case.split)], answer, clock=clock)
    record = run_record(
        run,
        cases_path=cases_path,
        settings=settings,
        date=date,
        texts=texts,
        embedder=embedder,
        deeper=deeper,
    )
    report = report_text(
        run, f"Evals of {cases_path.name}, {date.isoformat()}, commit {record['commit'] or 'unknown'}"
    )
    stem = date.astimezone(UTC).strftime("run-%Y%m%dT%H%M%SZ")
    text_path, record_path = out_folder / f"{stem}.txt", out_folder / f"{stem}.json"
    write_record(record, record_path)
    text_path.write_text(report, encoding="utf-8", errors="backslashreplace", newline="\n")
    reports = write_reports(run, record, out_folder, stem)
    show(f"{report}\nWritten: {', '.join(map(str, (text_path, record_path, *reports)))}\n")
    return 1 if run.crashed else 0
