"""`library diff` and `library check` as they are typed."""

import json
import re
import shutil
from pathlib import Path

import pytest

from assistant.command_line import main
from tests.assistant.typed import typed

CATALOG = """
[[document]]
file = "old.txt"
title = "Fees Act"
level = "law"
date = "2016-01-01"

[[document]]
file = "new.txt"
title = "Fees Act"
level = "law"
date = "2020-01-01"

[[document]]
file = "other.txt"
title = "Notes"
"""


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two versions of an act and a document beside them, and its data folder."""
    folder = tmp_path_factory.mktemp("versions") / "documents"
    folder.mkdir()
    (folder / "catalog.toml").write_text(CATALOG, "utf-8")
    (folder / "old.txt").write_text(
        "Article 1\nThe fee is ten dollars.\n\nArticle 2\nFees are paid at once.\n"
    )
    (folder / "new.txt").write_text(
        "Article 1\nThe fee is five dollars.\n\nArticle 2\nFees are paid at once.\n"
    )
    (folder / "other.txt").write_text("Words about nothing.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICY_ASSISTANT_HOME", str(folder.parent / "home"))
        assert main(["index", str(folder)]) == 0
    return folder.parent


@pytest.fixture
def library(indexed: Path, home: Path) -> Path:
    """The documents' folder, its index copied for one test."""
    shutil.copytree(indexed / "home", home)
    return indexed / "documents"


@pytest.mark.usefixtures("library")
class TestDiff:
    @pytest.mark.parametrize("named", [["new.txt"], ["old.txt"], ["new.txt", "old.txt"]])
    def test_the_older_is_compared_with_the_newer(
        self, capsys: pytest.CaptureFixture[str], named: list[str]
    ) -> None:
        done = typed(capsys, "library", "diff", *named)
        assert done.code == 0
        assert re.search(r"Fees Act \(2016-01-01, .*\)\n→ Fees Act \(2020-01-01, ", done.out)
        assert "changed: Article 1\nThe fee is -ten-+five+ dollars.\n" in done.out
        assert "Article 2" not in done.out
        assert done.out.endswith("1 changed, 0 added, 0 removed\n")

    def test_as_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        record = json.loads(typed(capsys, "library", "diff", "new.txt", "--json").out)
        assert record["old"]["in_force_from"] == "2016-01-01"
        (change,) = record["changes"]
        assert (change["kind"], change["old_label"], change["new_label"]) == (
            "changed",
            "Article 1",
            "Article 1",
        )
        assert {"kind": "removed", "text": "ten"} in change["pieces"]

    @pytest.mark.parametrize(
        ("named", "told"),
        [
            ("nothing.txt", "no document"),
            ("Fees Act", "2 documents are named"),
            ("Notes", "no other version"),
        ],
    )
    def test_what_cannot_be_compared_is_said(
        self, capsys: pytest.CaptureFixture[str], named: str, told: str
    ) -> None:
        assert told in typed(capsys, "library", "diff", named).complaint()


@pytest.mark.usefixtures("library")
class TestCheck:
    def test_what_is_superseded_or_not_known_is_listed_and_needs_no_decision(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        done = typed(capsys, "library", "check")
        assert "superseded:\n" in done.out
        assert "is superseded by Fees Act of 2020-01-01: its last day was 2019-12-31" in done.out
        assert "Notes has no date, no issuer, no level" in done.out
        assert done.out.endswith("3 documents checked, 0 need a decision\n")
        assert done.code == 0

    def test_what_has_expired_needs_one(self, capsys: pytest.CaptureFixture[str], library: Path) -> None:
        expired = CATALOG + 'date = "2019-01-01"\nin_force_until = "2020-12-31"\n'
        (library / "catalog.toml").write_text(expired, "utf-8")
        changed = typed(capsys, "index", str(library))
        assert "evals cases check" in changed.out
        done = typed(capsys, "library", "check", "--within", "0")
        assert "Notes is expired: its last day was 2020-12-31" in done.out
        assert done.code == 1
        (library / "catalog.toml").write_text(CATALOG, "utf-8")

    @pytest.mark.parametrize("days", ["soon", "40000"])
    def test_a_number_of_days_is_needed(self, capsys: pytest.CaptureFixture[str], days: str) -> None:
        with pytest.raises(SystemExit):
            typed(capsys, "library", "check", "--within", days)
        assert "no number of days" in capsys.readouterr().err


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "five"),
        (["--as-of", "2018-01-01"], "ten"),
        (["--as-of", "2018-01-01", "--superseded"], "ten"),
    ],
)
def test_search_takes_the_day(capsys: pytest.CaptureFixture[str], options: list[str], said: str) -> None:
    done = typed(capsys, "search", "How much is the fee?", *options)
    assert f"The fee is {said} dollars." in done.out
    assert ("! Superseded: the version of 2020-01-01" in done.out) is bool(options)


@pytest.mark.parametrize("day", ["2018", "2018-02-30", "then"])
def test_a_whole_day_is_needed(capsys: pytest.CaptureFixture[str], day: str) -> None:
    with pytest.raises(SystemExit):
        typed(capsys, "ask", "x", "--as-of", day)
    assert "no day" in capsys.readouterr().err
