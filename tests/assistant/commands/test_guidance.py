"""`guide` on the seed: printed, and written to a file."""

import json
from pathlib import Path

import pytest

from tests.assistant.small_documents import ENVIRONMENT, SEED_TEXT
from tests.assistant.typed import typed

EXPORTER = "We export consulting services to ASEAN and want to move client data abroad."

Capture = pytest.CaptureFixture[str]
pytestmark = pytest.mark.usefixtures("seed_home")


def test_the_table_is_printed_with_what_is_not_covered(capsys: Capture) -> None:
    done = typed(capsys, "guide", EXPORTER)

    assert (done.code, done.err) == (0, "")
    assert "[encouraged]" in done.out
    assert f"“{ENVIRONMENT}”" in done.out
    assert "What the documents do not cover" in done.out
    assert "  - ASEAN" in done.out


def test_it_is_written_as_the_name_of_the_file_asks(capsys: Capture, tmp_path: Path) -> None:
    done = typed(capsys, "guide", EXPORTER, "--out", str(tmp_path / "table.json"), "--language", "en")

    assert done.code == 0
    assert "provisions written to" in done.out
    told = json.loads((tmp_path / "table.json").read_text("utf-8"))
    for facet in told["facets"]:
        for provision in facet["provisions"]:
            for citation in provision["citations"]:
                assert SEED_TEXT[citation["start"] : citation["end"]] == citation["quote"]


def test_an_unknown_form_or_filter_is_said(capsys: Capture, tmp_path: Path) -> None:
    assert "must end in" in typed(capsys, "guide", EXPORTER, "--out", str(tmp_path / "a.pdf")).complaint()
    assert (
        "No document of the library passes"
        in typed(capsys, "guide", EXPORTER, "--language", "zh").complaint()
    )
