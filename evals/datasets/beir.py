"""BEIR folders: corpus.jsonl, queries.jsonl and qrels/*.tsv.

Format: N. Thakur et al., "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval
Models", NeurIPS 2021. Beyond it, a query may carry "conversation", the turns that went before.
"""

from pathlib import Path

from assistant.json_lines import Record, TaskFileError, numbered_lines, read_json_lines, unique
from evals.datasets.tasks import RetrievalQuery, RetrievalSet, TaskPassage


def read_beir(folder: Path) -> RetrievalSet:
    """The retrieval set of a BEIR folder, with the judgements of all files in its qrels/ (there may be none).

    Raises TaskFileError, naming file, line and field, for what is missing or not understood.
    """
    passages = unique(
        ((_passage(record), record.where) for record in read_json_lines(folder / "corpus.jsonl")), "passage"
    )
    queries = unique(
        ((_query(record), record.where) for record in read_json_lines(folder / "queries.jsonl")), "query"
    )
    qrels: dict[str, dict[str, int]] = {}
    for path in sorted((folder / "qrels").glob("*.tsv")):
        _read_judgements(path, qrels)
    return RetrievalSet(folder.resolve().name, passages, queries, qrels)


def _passage(record: Record) -> TaskPassage:
    return TaskPassage(record.identity("_id"), record.text("text"), record.text("title", default=""))


def _query(record: Record) -> RetrievalQuery:
    return RetrievalQuery(record.identity("_id"), record.text("text"), record.conversation())


def _read_judgements(path: Path, qrels: dict[str, dict[str, int]]) -> None:
    for number, line in numbered_lines(path):
        columns = line.split("\t")
        if number == 1 and not _is_whole(columns[-1]):  # the names of the columns
            continue
        # TREC's own files have a second column, the iteration, that nothing uses.
        if len(columns) not in (3, 4) or not _is_whole(columns[-1]):
            raise TaskFileError(
                f"{path}, line {number}: not a judgement; write query id, passage id and a whole number, "
                "with tabs between them."
            )
        qrels.setdefault(columns[0], {})[columns[-2]] = int(columns[-1])


def _is_whole(text: str) -> bool:
    return text.strip().removeprefix("-").isdecimal()
