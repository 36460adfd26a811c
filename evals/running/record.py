"""One run as JSON: every figure, every case, and what one needs to repeat it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from assistant.answer import Answer, Citation
from assistant.answer_text import locator
from assistant.calibration import checker_agreement
from evals.cases.case import Case
from evals.figures.cases import RECALL_DEPTHS, Figure, figures_of
from evals.figures.confidence import confidence_figures
from evals.measures.outcome_accuracy import confusion
from evals.measures.recall_at_k import recall_at_k
from evals.running.lost_step import LostStep, SearchDeeper, Texts, holds_gold, lost_step
from evals.running.run import CaseResult, Run, Slice, leave_one_topic_out_of, slices_of
from evals.running.setting import commit_of, documents, machine, models, packages
from knowledge.policy import RetrievedPassage

FORMAT = 2  # 1 had no format, no lost step and no recall of single cases
WITH_CONFIDENCE = ("all", "language", "split")  # kinds of slices; its intervals take a second a slice
_SHORTENED = 300  # characters of a retrieved passage that are kept


def run_record(
    run: Run,
    *,
    cases_path: Path,
    settings: Mapping[str, object],
    date: datetime,
    texts: Texts | None = None,
    embedder: str | None = None,
    deeper: SearchDeeper | None = None,
) -> dict[str, object]:
    """The record of a run, ready for JSON; what does not apply or is not known is null, never 0.

    `texts` are the stored texts of the searched documents by file name, `embedder` is the name that holds
    its weights' hash, and `deeper` searches further down than the answers did, for failing cases alone:
    without them the record says less, see `lost_step`.
    """
    left_out = leave_one_topic_out_of(run)
    lost = [lost_step(result, texts=texts, deeper=deeper) for result in run.results]
    return {
        "format": FORMAT,
        "date": date.isoformat(),
        "commit": commit_of(Path(__file__).parent),
        "machine": machine(),
        "packages": packages(),
        "settings": dict(settings),
        "models": models(embedder),
        "documents": None if texts is None else documents(texts),
        "cases_file": cases_path.name,
        "cases_sha256": hashlib.sha256(cases_path.read_bytes()).hexdigest(),
        "checker_agreement": [asdict(one) for one in checker_agreement()],
        "crashed": len(run.crashed),
        "slices": [_slice(part) for part in slices_of(run)],
        "confusion": [
            asdict(met)
            for met in confusion((one.case, one.answer.outcome) for one in run.results if one.answer)
        ],
        "lost_steps": {str(step): lost.count(step) for step in LostStep if step in lost},
        "leave_one_topic_out": None if left_out is None else asdict(left_out),
        "cases": [_case(result, step) for result, step in zip(run.results, lost, strict=True)],
    }


def write_record(record: Mapping[str, object], path: Path) -> None:
    """Write the record as UTF-8 JSON, settings that JSON does not know as text; may raise OSError."""
    text = json.dumps(record, ensure_ascii=False, indent=1, default=str)
    # A lone surrogate, in an error's message say, has no UTF-8: as the escape \udXXX it is valid JSON.
    path.write_text(text + "\n", encoding="utf-8", errors="backslashreplace", newline="\n")


def _slice(part: Slice) -> dict[str, object]:
    figures = figures_of(part.results)
    if part.kind in WITH_CONFIDENCE:
        figures += confidence_figures(part.results)
    return {
        "kind": part.kind,
        "name": part.name,
        "cases": len(part.results),
        "crashed": sum(result.failure is not None for result in part.results),
        "figures": {figure.name: _figure(figure) for figure in figures},
    }


def _figure(figure: Figure) -> dict[str, object]:
    low, high = figure.interval or (None, None)
    return {"value": figure.value, "low": low, "high": high, "cases": figure.cases}


def _case(result: CaseResult, lost: LostStep | None) -> dict[str, object]:
    case, answer, quotes = result.case, result.answer, result.quotes
    return {
        "id": case.id,
        "split": case.split,
        "language": case.language,
        "topic": case.topic,
        "tags": list(case.tags),
        "question": case.question,
        "expected": case.outcome,
        "outcome": answer.outcome if answer else None,
        "outcome_right": result.outcome_is_right,
        "failure": result.failure,
        "passed": result.passed,
        "confidence": answer.confidence if answer else None,
        "seconds": result.seconds,
        "quotes": [citation.quote for citation in answer.citations] if answer else None,
        "measures": asdict(quotes) if quotes else None,
        "recall": _recall(case, answer) if answer else None,
        "lost_step": lost,
        "failing": None if lost is None else _failing(case, answer),
    }


def _recall(case: Case, answer: Answer) -> dict[str, float | None]:
    return {str(depth): recall_at_k(case, answer.considered, depth) for depth in RECALL_DEPTHS}


def _failing(case: Case, answer: Answer | None) -> dict[str, object]:
    """What a person needs to see why a case failed."""
    return {
        "conversation": [{"role": turn.role, "text": turn.text} for turn in case.conversation],
        "documents": list(case.documents),
        "gold": list(case.gold),
        "gold_clauses": list(case.gold_clauses),
        "facts": [list(spellings) for spellings in case.facts],
        "standalone_question": answer.standalone_question if answer else None,
        "quoted": [_quoted(citation) for citation in answer.citations] if answer else None,
        "withheld": answer.withheld if answer else None,
        "retrieved": [_retrieved(case, one) for one in answer.considered] if answer else None,
    }


def _quoted(citation: Citation) -> dict[str, object]:
    return {"quote": citation.quote, "place": _place(citation), "holds": citation.holds}


def _retrieved(case: Case, found: RetrievedPassage) -> dict[str, object]:
    passage = found.passage
    text = " ".join(passage.text.split())
    return {
        "passage_id": passage.id,
        "place": _place(Citation(1, passage, passage.text, passage.start, passage.end)),
        "score": found.score,
        "found_by": sorted(found.found_by),
        "holds_gold": holds_gold(case, [found]),
        "text": text if len(text) <= _SHORTENED else f"{text[: _SHORTENED - 1]}…",
    }


def _place(citation: Citation) -> str:
    return f"{citation.document.title}, {locator(citation, 'en')}"
