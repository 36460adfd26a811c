import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.command_line import main
from evals.datasets.tasks import RetrievalQuery, RetrievalSet, TaskPassage
from evals.figures.cases import Figure
from evals.public.record import write_public_record
from evals.public.result import PublicResult
from evals.public.retrieval import sampled
from evals.public.sets import PUBLIC_SETS, public_data_folder


@pytest.fixture
def data(tmp_path: Path, models_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of public data that holds one tiny set in OR-ShARC's form."""
    folder = tmp_path / "data"
    (folder / "or_sharc").mkdir(parents=True)
    texts = {"1": "You may export steel with a licence.", "2": "Sugar is taxed at the border."}
    rows = [
        {"utterance_id": "a", "question": "May I?", "scenario": "I export steel.", "gold_snippet_id": "1"},
        {
            "utterance_id": "b",
            "question": "Is it taxed?",
            "scenario": "I sell sugar.",
            "gold_snippet_id": "2",
        },
    ]
    (folder / "or_sharc" / "id2snippet.json").write_text(json.dumps(texts), "utf-8")
    dev = folder / "or_sharc" / "open_retrieval_sharc_dev.json"
    dev.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    monkeypatch.setenv("POLICY_ASSISTANT_PUBLIC_DATA", str(folder))
    monkeypatch.setenv("POLICY_ASSISTANT_HOME", str(models_home))
    return folder


def test_what_is_there_is_measured_and_written_and_the_rest_skipped(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evals", "public", "or_sharc", "clapnq", "--out", str(tmp_path / "out")]) == 0
    printed = capsys.readouterr().out
    assert f"clapnq: skipped, there is no {data / 'clapnq'}" in printed
    (record,) = (tmp_path / "out").glob("public-*.json")
    sets = {one["name"]: one["figures"] for one in json.loads(record.read_text("utf-8"))["sets"]}
    assert list(sets) == ["or_sharc question only", "or_sharc with scenario"]
    assert sets["or_sharc with scenario"]["R@1"] == {"value": 1.0, "low": 1.0, "high": 1.0, "cases": 2}
    assert "| R@1 | 1.000 | 1.000–1.000 | 2 |" in record.with_suffix(".md").read_text("utf-8")


def test_a_set_that_is_unknown_absent_or_damaged_is_told(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evals", "public", "squad3"]) == 1
    assert "There is no public set 'squad3'; the sets are: or_sharc" in capsys.readouterr().err
    assert main(["evals", "public", "clapnq"]) == 1
    assert "set POLICY_ASSISTANT_PUBLIC_DATA" in capsys.readouterr().err
    (data / "or_sharc" / "open_retrieval_sharc_dev.json").write_text("{}\n{", "utf-8")
    assert main(["evals", "public", "or_sharc"]) == 1
    assert "open_retrieval_sharc_dev.json, line 2: not JSON" in capsys.readouterr().err


def test_a_sample_is_the_same_every_time_and_keeps_all_passages() -> None:
    queries = tuple(RetrievalQuery(str(n), "?") for n in range(50))
    whole = RetrievalSet("s", (TaskPassage("p", ""),), queries, {str(n): {"p": 1} for n in range(50)})
    some = sampled(whole, 5)
    assert len(some.queries) == 5
    assert some.qrels.keys() == {query.id for query in some.queries}
    assert some.passages == whole.passages
    assert sampled(whole, 5) == some
    assert sampled(whole, 50) is sampled(whole, None) is whole


def test_a_figure_that_does_not_apply_is_null_and_a_dash_and_never_zero(tmp_path: Path) -> None:
    result = PublicResult("set", (Figure("F1", None, None, 0),), ((1.0, 0.25),), 2.04)
    date = datetime(2026, 1, 31, 12, tzinfo=UTC)
    record, page = write_public_record([result], tmp_path, date=date, facts={"sample": None})
    assert record.name == "public-20260131T120000Z.json"
    read = json.loads(record.read_text("utf-8"))
    assert read["sets"] == [
        {
            "name": "set",
            "seconds": 2.0,
            "figures": {"F1": {"value": None, "low": None, "high": None, "cases": 0}},
            "risk_coverage": [[1.0, 0.25]],
        }
    ]
    assert "| F1 | — |  | 0 |" in page.read_text("utf-8")


def test_the_folder_of_public_data_is_beside_the_checkout_unless_it_is_named(tmp_path: Path) -> None:
    assert public_data_folder({"POLICY_ASSISTANT_PUBLIC_DATA": str(tmp_path)}) == tmp_path
    assert public_data_folder({}).parts[-2:] == ("shared", "data")
    assert len({one.name for one in PUBLIC_SETS}) == len(PUBLIC_SETS)
