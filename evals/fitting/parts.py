"""The parts of the product that are fitted: what each is fitted on, and the file that the product loads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.claims.sets import CLAIM_SETS
from evals.claims.texts import TEXT_FILES
from evals.fitting.data_files import data_sha256
from evals.fitting.fit_claims import fit_claims
from evals.fitting.fit_evidence import fit_answers_and_sentences
from evals.fitting.workbench import Workbench

ROOT = Path(__file__).resolve().parents[2]
COMMAND = "policy-assistant evals calibrate"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of weights."""

    name: str  # as the command knows it
    told: str  # what is fitted
    target: Path
    public_files: tuple[str, ...]  # read of the public data; a folder stands for its Markdown files
    own_files: tuple[str, ...]  # read of the checkout
    fit: Callable[[Workbench], dict[str, Any]]  # the weights, what they were fitted on, figures and curve


ANSWERS = Part(
    "answers",
    "when to answer or decline, and which sentences to quote",
    ROOT / "assistant" / "quotes" / "evidence_weights.json",
    (
        "clapnq/clapnq_dev_answerable.jsonl",
        "clapnq/clapnq_dev_unanswerable.jsonl",
        "squad2/dev-v2.0.json",
        "drcd/DRCD_dev.json",
        "mtrag_un/passages.jsonl",
        "mtrag_un/tasks.jsonl",
        "or_sharc/id2snippet.json",
        "zh_trade_laws",
    ),
    (
        "knowledge/reader.onnx",
        "evals/cases/seed.jsonl",
        "evals/datasets/law_questions.jsonl",
        "evals/datasets/policy_questions.jsonl",
        *(f"seeds/{path.name}" for path in sorted((ROOT / "seeds").glob("*.*"))),
    ),
    fit_answers_and_sentences,
)
CLAIMS = Part(
    "claims",
    "when passages support a claim, and which sentences are evidence",
    ROOT / "assistant" / "claims" / "claim_weights.json",
    (*(file for _read, file in CLAIM_SETS.values()), *TEXT_FILES),
    (),
    fit_claims,
)
PARTS = {part.name: part for part in (ANSWERS, CLAIMS)}


def calibrated(part: Part, bench: Workbench, today: date) -> dict[str, Any]:
    """The part fitted anew, as its file holds it: with the command, the date and the data's hashes."""
    hashes = {**data_sha256(bench.public, part.public_files), **data_sha256(ROOT, part.own_files)}
    known = {"written_by": f"{COMMAND} {part.name}", "date": today.isoformat(), "data_sha256": hashes}
    return {**known, **part.fit(bench)}
