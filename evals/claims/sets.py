"""Claims that people judged against passages: readers of wice, begin, qags and ocnli.

What counts as supported differs between them, and is decided here: in WiCE only "supported" is (a partly
supported claim is not), in BEGIN only "Fully attributable" (a generic answer says nothing that could be
supported), in QAGS what most of three people said, in OCNLI entailment (pairs without a gold label are left
out). Sources: WiCE arXiv:2303.01432, BEGIN arXiv:2105.00071, QAGS arXiv:2004.04228, OCNLI arXiv:2010.05444.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from assistant.claims.claim_alignment import SourceText
from evals.claims.labelled import LabelledClaim

BEGIN_PARTS = ("wow", "cmu", "tc")
SENTENCES_APART = "\n\n"  # so that each line of a WiCE page stays a sentence of its own


def wice(public: Path) -> Iterator[LabelledClaim]:
    """WiCE dev: sentences of Wikipedia against the web page they cite, with supporting sentences."""
    for number, row in enumerate(_json_lines(public / "wice" / "dev.jsonl")):
        starts = [0]
        for sentence in row["evidence"]:
            starts.append(starts[-1] + len(sentence) + len(SENTENCES_APART))
        spans = [
            (start, start + len(sentence)) for start, sentence in zip(starts, row["evidence"], strict=False)
        ]
        source = SourceText(f"page {number}", SENTENCES_APART.join(row["evidence"]))
        evidence = tuple(tuple(spans[i] for i in marked) for marked in row["supporting_sentences"] if marked)
        yield LabelledClaim(
            row["claim"], (source,), row["label"] == "supported", row["meta"]["claim_title"], evidence
        )


def begin(public: Path, part: str) -> Iterator[LabelledClaim]:
    """BEGIN dev, one of BEGIN_PARTS: answers of dialogue systems against the knowledge they were given."""
    with (public / "begin" / f"begin_dev_{part}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            knowledge = row["knowledge"]
            yield LabelledClaim(
                row["response"],
                (SourceText("knowledge", knowledge),),
                row["begin_label"] == "Fully attributable",
                _digest(knowledge),
            )


def qags(public: Path) -> Iterator[LabelledClaim]:
    """QAGS on CNN/DailyMail: each sentence of 235 summaries against the article, three people each."""
    for row in _json_lines(public / "qags" / "mturk_cnndm.jsonl"):
        source = SourceText("article", row["article"])
        for sentence in row["summary_sentences"]:
            said = [response["response"] == "yes" for response in sentence["responses"]]
            yield LabelledClaim(
                sentence["sentence"], (source,), 2 * sum(said) > len(said), _digest(row["article"])
            )


def ocnli(public: Path) -> Iterator[LabelledClaim]:
    """OCNLI: 3,000 Chinese sentence pairs."""
    for row in _json_lines(public / "ocnli" / "train.3k.json"):
        if row["label"] != "-":
            yield LabelledClaim(
                row["sentence2"],
                (SourceText("premise", row["sentence1"]),),
                row["label"] == "entailment",
                row["prem_id"],
            )


CLAIM_SETS: dict[str, tuple[Callable[[Path], Iterator[LabelledClaim]], str]] = {
    "wice": (wice, "wice/dev.jsonl"),
    "begin (wow)": (lambda public: begin(public, "wow"), "begin/begin_dev_wow.tsv"),
    "begin (cmu)": (lambda public: begin(public, "cmu"), "begin/begin_dev_cmu.tsv"),
    "begin (tc)": (lambda public: begin(public, "tc"), "begin/begin_dev_tc.tsv"),
    "qags": (qags, "qags/mturk_cnndm.jsonl"),
    "ocnli": (ocnli, "ocnli/train.3k.json"),
}


def _json_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
