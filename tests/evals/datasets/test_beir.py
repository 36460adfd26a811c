import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.json_lines import TaskFileError
from evals.datasets.beir import read_beir
from evals.datasets.tasks import RetrievalQuery, TaskPassage


def beir(folder: Path, corpus: str, queries: str, **qrels: str) -> Path:
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(corpus, "utf-8")
    (folder / "queries.jsonl").write_text(queries, "utf-8")
    for name, text in qrels.items():
        (folder / "qrels" / f"{name}.tsv").write_text(text, "utf-8")
    return folder


def lines(*objects: object) -> str:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects)


PASSAGE = {"_id": "p", "text": "words"}
QUERY = {"_id": "q", "text": "which?"}


def test_passages_queries_and_judgements_are_read_as_they_stand(tmp_path: Path) -> None:
    folder = beir(
        tmp_path / "set",
        lines({"_id": "a/b c", "title": "Tax", "text": " two\u2028lines "}, {"_id": "条", "text": ""}),
        lines(
            {"_id": "1", "text": "And then?", "conversation": [{"role": "user", "text": "First?"}]},
            {"_id": 2, "text": "谁？", "metadata": {}},
        ),
        dev="query-id\tcorpus-id\tscore\n1\ta/b c\t1\n",
        test="query-id\tcorpus-id\tscore\n1\t条\t2\n2\t条\t0\n",
    )
    read = read_beir(folder)
    assert read.name == "set"
    assert read.passages == (TaskPassage("a/b c", " two\u2028lines ", "Tax"), TaskPassage("条", ""))
    assert read.queries == (
        RetrievalQuery("1", "And then?", (Turn("user", "First?"),)),
        RetrievalQuery("2", "谁？"),
    )
    assert read.qrels == {"1": {"a/b c": 1, "条": 2}, "2": {"条": 0}}


def test_judgements_may_be_missing_or_in_the_form_of_trec(tmp_path: Path) -> None:
    assert read_beir(beir(tmp_path / "none", lines(PASSAGE), lines(QUERY))).qrels == {}
    trec = beir(tmp_path / "trec", lines(PASSAGE), lines(QUERY), test="q\t0\tp\t1\n")
    assert read_beir(trec).qrels == {"q": {"p": 1}}


def test_a_line_that_stands_twice_counts_once_and_an_id_of_two_passages_is_refused(tmp_path: Path) -> None:
    same = beir(tmp_path / "same", lines(PASSAGE, PASSAGE), lines(QUERY))
    assert len(read_beir(same).passages) == 1
    other = beir(tmp_path / "other", lines(PASSAGE, PASSAGE | {"text": "else"}), lines(QUERY))
    with pytest.raises(TaskFileError, match=r"corpus\.jsonl, line 2: another passage has the id 'p'"):
        read_beir(other)


@pytest.mark.parametrize(
    ("corpus", "queries", "judged", "message"),
    [
        ('{"_id": "p"}', lines(QUERY), "", r"corpus\.jsonl, line 1: field 'text' is missing"),
        (lines(PASSAGE) + "\n{oops", lines(QUERY), "", r"corpus\.jsonl, line 3: not JSON"),
        (lines(PASSAGE), "[1]", "", r"queries\.jsonl, line 1: a list instead of an object"),
        (lines(PASSAGE), '{"_id": true, "text": ""}', "", r"line 1: field '_id' must be a text"),
        (lines(PASSAGE), '{"_id": "q", "text": "\\ud800"}', "", r"field 'text' must hold only characters"),
        (lines(PASSAGE), lines(QUERY), "q\tp\t1\nq p 1\n", r"dev\.tsv, line 2: not a judgement"),
        (
            lines(PASSAGE),
            lines(QUERY | {"conversation": [{"role": "bot", "text": ""}]}),
            "",
            r"queries\.jsonl, line 1, conversation 1: field 'role' must be 'user' or 'assistant'",
        ),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(
    tmp_path: Path, corpus: str, queries: str, judged: str, message: str
) -> None:
    with pytest.raises(TaskFileError, match=message):
        read_beir(beir(tmp_path / "set", corpus, queries, dev=judged))


def test_a_folder_without_a_corpus_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(TaskFileError, match=r"corpus\.jsonl cannot be read"):
        read_beir(tmp_path)
