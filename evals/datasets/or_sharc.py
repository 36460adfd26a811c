"""OR-ShARC: government rule texts, and what people in a described situation ask of them.

Source: Y. Gao et al., "Open-Retrieval Conversational Machine Reading" (2021). Each question belongs to one
rule text.
"""

from pathlib import Path

from evals.datasets.tasks import RetrievalQuery, RetrievalSet, TaskPassage
from evals.datasets.whole_json import read_json, read_rows


def or_sharc(folder: Path, *, with_scenario: bool) -> RetrievalSet:
    """The dev questions over the rule texts, each question alone or led by the asker's scenario."""
    texts = read_json(folder / "id2snippet.json")
    rows = read_rows(folder / "open_retrieval_sharc_dev.json")
    queries = [
        RetrievalQuery(
            row["utterance_id"],
            f"{row['scenario']} {row['question']}".strip() if with_scenario else row["question"],
        )
        for row in rows
    ]
    return RetrievalSet(
        "or_sharc with scenario" if with_scenario else "or_sharc question only",
        tuple(TaskPassage(id_, text) for id_, text in texts.items()),
        tuple(queries),
        {row["utterance_id"]: {row["gold_snippet_id"]: 1} for row in rows},
    )
