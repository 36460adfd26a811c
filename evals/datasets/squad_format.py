"""Reading sets in SQuAD's JSON: articles of paragraphs, each with questions and the spans that answer.

SQuAD 2.0 (P. Rajpurkar et al., 2018), where half of the questions have no answer; DRCD (C. C. Shao et al.,
2018), Traditional Chinese; CMRC 2018 (Y. Cui et al., 2019), Simplified Chinese.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.datasets.tasks import LabelledTask, ReadingTask, RetrievalQuery, RetrievalSet, TaskPassage
from evals.datasets.whole_json import read_json


def drcd(folder: Path) -> RetrievalSet:
    """DRCD dev: which of 1,000 paragraphs does a question belong to?"""
    return _retrieval("drcd dev", folder / "DRCD_dev.json")


def cmrc2018(folder: Path) -> RetrievalSet:
    """CMRC 2018 trial: which of 256 paragraphs does a question belong to?"""
    return _retrieval("cmrc2018 trial", folder / "cmrc2018_trial.json")


def squad2(folder: Path) -> list[LabelledTask]:
    """SQuAD 2.0 dev: each question over its own paragraph, which may not answer it."""
    return [
        LabelledTask(
            ReadingTask(asked["id"], asked["question"].strip(), (passage,)),
            answerable=not asked["is_impossible"],
        )
        for passage, questions in _paragraphs(folder / "dev-v2.0.json")
        for asked in questions
    ]


def _retrieval(name: str, path: Path) -> RetrievalSet:
    paragraphs = list(_paragraphs(path))
    return RetrievalSet(
        name,
        tuple(passage for passage, _questions in paragraphs),
        tuple(
            RetrievalQuery(asked["id"], asked["question"])
            for _passage, questions in paragraphs
            for asked in questions
        ),
        {asked["id"]: {passage.id: 1} for passage, questions in paragraphs for asked in questions},
    )


def _paragraphs(path: Path) -> Iterator[tuple[TaskPassage, list[dict[str, Any]]]]:
    for number, article in enumerate(read_json(path)["data"], start=1):
        title = article["title"].replace("_", " ")
        for place, paragraph in enumerate(article["paragraphs"], start=1):
            yield TaskPassage(f"{number}-{place}", paragraph["context"], title), paragraph["qas"]
