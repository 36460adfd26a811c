import json
from pathlib import Path

import pytest

from assistant.answer import Turn
from assistant.command_line import main
from evals.datasets.tasks import RetrievalQuery, RetrievalSet, TaskPassage
from evals.tasks.retrieval import retrieval_figures, search_set, write_trec_run
from knowledge.dictionary import ChineseDictionary
from tests.fakes import BagOfTermsEmbedder

PASSAGES = (TaskPassage("steel", "Steel may be exported."), TaskPassage("sugar", "Sugar may be exported."))
QRELS = {"1": {"steel": 1}, "2": {"sugar": 1, "steel": 0}, "unjudged": {"steel": 0}, "gone": {"steel": 1}}


def test_every_query_is_searched_and_a_follow_up_with_what_it_leans_on(dictionary: ChineseDictionary) -> None:
    talk = (Turn("user", "May steel be exported?"), Turn("assistant", "Yes."))
    queries = (RetrievalQuery("1", "And when is it?", talk), RetrievalQuery("2", "sugar"))
    found = search_set(
        RetrievalSet("tiny", PASSAGES, queries, QRELS),
        embedder=BagOfTermsEmbedder(),
        dictionary=dictionary,
        depth=1,
    )
    assert {query: [id_ for id_, _score in run] for query, run in found.items()} == {
        "1": ["steel"],
        "2": ["sugar"],
    }


def test_two_rankings_of_a_question_that_goes_on_count_as_one(dictionary: ChineseDictionary) -> None:
    talk = (Turn("user", "May steel be exported?"), Turn("assistant", "Yes."))
    queries = (RetrievalQuery("1", "Export licences", talk),)
    found = search_set(
        RetrievalSet("tiny", PASSAGES, queries, QRELS),
        embedder=BagOfTermsEmbedder(),
        dictionary=dictionary,
        depth=2,
    )
    assert [id_ for id_, _score in found["1"]] == ["steel", "sugar"]
    assert all(0 < score < 1 for _id, score in found["1"])


def test_figures_are_means_over_the_queries_with_a_right_passage() -> None:
    queries = tuple(RetrievalQuery(id_, "?") for id_ in ("1", "2", "unjudged"))
    run = {"1": [("steel", 1.0)], "2": [("steel", 1.0), ("sugar", 0.5)], "unjudged": [("steel", 1.0)]}
    figures = {one.name: one for one in retrieval_figures(run, RetrievalSet("s", PASSAGES, queries, QRELS))}
    assert (figures["R@1"].value, figures["R@1"].cases) == (0.5, 2)
    assert figures["MRR@10"].value == pytest.approx((1 + 1 / 2) / 2)
    assert figures["R@5"].value == 1.0


def test_a_trec_run_keeps_the_order_of_equal_scores(tmp_path: Path) -> None:
    path = tmp_path / "run.trec"
    write_trec_run({"q 1": [("b", 0.1), ("a\tc", 0.1)], "2": []}, path, name="ours")
    assert path.read_text("utf-8") == "q_1 Q0 b 1 1 ours\nq_1 Q0 a_c 2 0.5 ours\n"


def test_the_command_writes_a_run_and_prints_the_figures(
    tmp_path: Path, models_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_HOME", str(models_home))
    folder = tmp_path / "set"
    (folder / "qrels").mkdir(parents=True)
    (folder / "corpus.jsonl").write_text(
        "".join(json.dumps({"_id": one.id, "text": one.text}) + "\n" for one in PASSAGES), "utf-8"
    )
    (folder / "queries.jsonl").write_text('{"_id": "2", "text": "May sugar be exported?"}\n', "utf-8")
    (folder / "qrels" / "test.tsv").write_text("2\tsugar\t1\n", "utf-8")
    run = tmp_path / "out.trec"
    command = ["evals", "retrieval", "--beir", str(folder), "--run", str(run)]
    assert main(command) == 0
    assert run.read_text("utf-8").splitlines()[0] == "2 Q0 sugar 1 1 policy-assistant"
    printed = capsys.readouterr().out
    assert "set: 2 passages, 1 queries" in printed
    assert "nDCG@10  1.000" in printed

    (folder / "corpus.jsonl").write_text("{", "utf-8")
    assert main(command) == 1
    assert "corpus.jsonl, line 1: not JSON" in capsys.readouterr().err
