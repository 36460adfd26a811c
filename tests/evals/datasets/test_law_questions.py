import json
import os
from collections import Counter
from pathlib import Path

import pytest

from assistant.json_lines import TaskFileError
from evals.datasets.law_questions import (
    QUESTIONS,
    LawQuestion,
    article_ranges,
    is_fitted_on,
    law_documents,
    law_questions,
)
from evals.public.sets import public_data_folder

LAW = """# 糖业法

第一条 为了管理糖业，制定本法。

第二条 进口糖应当申报。

依照第一条规定免于申报的除外。

## 第二章 附则

第十二条　本法自公布之日起施行。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data set of one law in two folders, beside a note on where it is from."""
    for kind in ("a", "b"):
        (tmp_path / "laws" / kind).mkdir(parents=True)
        (tmp_path / "laws" / kind / "糖业法.md").write_text(LAW, "utf-8")
    (tmp_path / "laws" / "SOURCE.md").write_text("# Where it is from\n\nA book.\n", "utf-8")
    return tmp_path / "laws"


def asked(folder: Path, *rows: object) -> tuple[LawQuestion, ...]:
    """The questions of a file with these rows, over the laws of the folder."""
    file = folder.parent / "questions.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return law_questions(law_documents(folder), file)


def row(**changed: object) -> dict[str, object]:
    """A row of a question file that is right but for what is changed."""
    gold = [{"file": "糖业法.md", "article": "第二条"}]
    return {"id": "1", "question": "Must I declare sugar?", "gold": gold, **changed}


def test_an_article_goes_up_to_the_next_one_or_to_the_next_heading() -> None:
    ((start, end),) = article_ranges(LAW, "第二条")
    assert LAW[start:end] == "第二条 进口糖应当申报。\n\n依照第一条规定免于申报的除外。"
    ((start, end),) = article_ranges(LAW, "第十二条")
    assert LAW[start:end] == "第十二条　本法自公布之日起施行。"
    assert article_ranges(LAW, "第三条") == []
    assert len(article_ranges(LAW + "\n第二条 又一条。\n", "第二条")) == 2


def test_every_file_of_a_name_is_gold_and_notes_on_the_data_are_no_law(folder: Path) -> None:
    laws = law_documents(folder)
    assert [Path(law.path).parent.name for law in laws] == ["a", "b"]
    near_miss = row(id="2", question="糖的税率是多少？", gold=[])
    first, second = asked(folder, row(), near_miss)
    assert (first.language, second.language, second.gold) == ("en", "zh", ())
    assert [gold.document_id for gold in first.gold] == [law.id for law in laws]
    assert all(laws[0].text[gold.start : gold.end].startswith("第二条 进口糖") for gold in first.gold)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {"gold": [{"file": "盐业法.md", "article": "第二条"}]},
            "line 2, gold 1: field 'file' must name a file",
        ),
        (
            {"gold": [{"file": "糖业法.md", "article": "第三条"}]},
            "line 2, gold 1: field 'article' must stand once",
        ),
        ({"gold": [{"file": "糖业法.md"}]}, "line 2, gold 1: field 'article' is missing"),
        ({"gold": "第二条"}, "line 2: field 'gold' must be a list of objects"),
        ({"question": " "}, "line 2: field 'question' must be a text that is not empty"),
        ({"id": "1", "question": "Another?"}, "another question has the id '1'"),
    ],
)
def test_a_wrong_row_is_told_by_file_line_and_field(
    folder: Path, changed: dict[str, object], told: str
) -> None:
    with pytest.raises(TaskFileError) as error:
        asked(folder, row(), row(**{"id": "2", **changed}))
    assert "questions.jsonl, line 2" in str(error.value)
    assert told in str(error.value)


def test_a_folder_without_laws_or_with_a_damaged_one_is_told(folder: Path) -> None:
    (folder / "a" / "糖业法.md").write_bytes(b"\0\1\2")
    with pytest.raises(TaskFileError, match="糖业法"):
        law_documents(folder)
    with pytest.raises(TaskFileError, match="restore the data set"):
        law_documents(folder.parent / "nothing")


def test_the_file_holds_questions_and_places_alone() -> None:
    rows = [json.loads(line) for line in QUESTIONS.read_text("utf-8").splitlines()]
    assert all(set(one) == {"id", "question", "gold"} for one in rows)
    assert all(set(gold) == {"file", "article"} for one in rows for gold in one["gold"])
    assert len({one["question"].casefold() for one in rows}) == len(rows)


@pytest.mark.public_data
def test_every_question_of_ours_finds_its_articles() -> None:
    folder = public_data_folder(os.environ) / "zh_trade_laws"
    if not folder.is_dir():
        pytest.skip(f"no {folder}; set POLICY_ASSISTANT_PUBLIC_DATA")
    laws = law_documents(folder)
    questions = law_questions(laws)
    assert len(laws) == 150
    assert Counter((one.language, bool(one.gold)) for one in questions) == {
        ("en", True): 103, ("en", False): 43, ("zh", True): 21, ("zh", False): 10,
    }  # fmt: skip
    assert len({gold.file for one in questions for gold in one.gold}) >= 50


def test_about_half_of_the_questions_is_kept_for_measuring() -> None:
    ids = [json.loads(line)["id"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    seen = sum(map(is_fitted_on, ids))

    assert 0.4 < seen / len(ids) < 0.6
