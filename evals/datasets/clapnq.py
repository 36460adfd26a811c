"""CLAP NQ: natural questions over one Wikipedia passage, with the sentences that a person answered from.

Source: S. Rosenthal et al., "CLAPNQ: Cohesive Long-form Answers from Passages in Natural Questions" (2024).
"""

from pathlib import Path
from typing import Any

from evals.datasets.tasks import LabelledTask, Range, ReadingTask, TaskPassage
from evals.datasets.whole_json import read_rows

_FILES = (("clapnq_dev_answerable.jsonl", True), ("clapnq_dev_unanswerable.jsonl", False))


def clapnq(folder: Path) -> list[LabelledTask]:
    """The dev questions, 300 answerable and 300 not; evidence is what the first annotator answered from."""
    return [_task(row, answerable) for name, answerable in _FILES for row in read_rows(folder / name)]


def _task(row: dict[str, Any], answerable: bool) -> LabelledTask:
    given = row["passages"][0]
    passage = TaskPassage(row["id"], given["text"], given["title"])
    marked = {sentence.strip() for sentence in row["output"][0].get("selected_sentences") or []}
    sentences = _places(given["sentences"], given["text"])
    evidence = {at for at, (start, end) in enumerate(sentences) if given["text"][start:end] in marked}
    return LabelledTask(
        ReadingTask(row["id"], row["input"], (passage,)), answerable, sentences, frozenset(evidence)
    )


def _places(sentences: list[str], text: str) -> tuple[Range, ...]:
    """Where the sentences, which follow each other, stand in the text."""
    places: list[Range] = []
    for sentence in (one.strip() for one in sentences):
        start = text.find(sentence, places[-1][1] if places else 0)
        if sentence and start >= 0:
            places.append((start, start + len(sentence)))
    return tuple(places)
