"""ObliQA and ObliQA-MP: what 40 regulations of a financial market oblige to, in numbered passages.

Source: T. Gokhan et al., "RegNLP in Action" (2024). The questions of ObliQA-MP need several passages; both
sets are over the regulations that ObliQA carries.
"""

from pathlib import Path
from typing import Any

from assistant.json_lines import TaskFileError
from evals.datasets.tasks import RetrievalQuery, RetrievalSet, TaskPassage
from evals.datasets.whole_json import read_json


def obliqa(folder: Path) -> RetrievalSet:
    """The 2,788 dev questions over all passages."""
    return _set("obliqa dev", folder, folder / "ObliQA_dev.json")


def obliqa_mp(folder: Path, regulations: Path) -> RetrievalSet:
    """The 427 dev questions that need several passages; `regulations` is the folder of ObliQA."""
    return _set("obliqa_mp dev", regulations, folder / "ObliQA_MultiPassage_val.json")


def _set(name: str, folder: Path, questions: Path) -> RetrievalSet:
    files = sorted((folder / "documents").glob("*.json"))
    if not files:
        raise TaskFileError(f"{folder / 'documents'} holds no regulations; fetch the data set again.")
    rows = [row for path in files for row in read_json(path)]
    by_number: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        by_number.setdefault(_number(row), []).append(row)
    asked = read_json(questions)
    return RetrievalSet(
        name,
        tuple(TaskPassage(row["ID"], row["Passage"]) for row in rows),
        tuple(RetrievalQuery(row["QuestionID"], row["Question"]) for row in asked),
        {row["QuestionID"]: {_id(right, by_number): 1 for right in row["Passages"]} for row in asked},
    )


def _number(row: dict[str, Any]) -> tuple[str, str]:
    return str(row["DocumentID"]), row["PassageID"]


def _id(right: dict[str, Any], by_number: dict[tuple[str, str], list[dict[str, Any]]]) -> str:
    # Some numbers stand twice in a regulation; the text then tells which passage is meant.
    rows = by_number[_number(right)]
    return str(next((row["ID"] for row in rows if row["Passage"] == right["Passage"]), rows[0]["ID"]))
