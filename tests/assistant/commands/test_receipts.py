"""`ask --receipt`, `verify`, and what `index` says of receipts, as they are typed."""

import json
from pathlib import Path

import pytest

from tests.assistant.typed import typed

Capture = pytest.CaptureFixture[str]
FIVE = "Article 1\nFirms keep each contract for five years.\n"


def test_a_receipt_is_written_kept_verified_and_named_once_its_quote_is_gone(
    home: Path, tmp_path: Path, capsys: Capture
) -> None:
    folder, receipt = tmp_path / "documents", tmp_path / "answer.json"
    folder.mkdir()
    rule = folder / "rule.txt"
    rule.write_text(FIVE)
    typed(capsys, "index", str(folder))

    asked = "How long do firms keep each contract?"
    typed(capsys, "ask", asked, "--receipt", str(receipt), "--keep-receipt")
    held = json.loads(receipt.read_text("utf-8"))
    (kept,) = (home / "receipts").iterdir()

    assert (held["question"], held["sentences"][0]["text"]) == (asked, FIVE.split("\n")[1])
    assert held["index"]["embedder"].startswith("multilingual-e5-small")
    assert json.loads(kept.read_text("utf-8"))["sentences"] == held["sentences"]
    holds = typed(capsys, "verify", str(receipt))
    assert (holds.code, holds.out) == (0, f"{receipt}: holds\n1 of 1 receipts hold\n")

    rule.write_text(FIVE.replace("five", "ten"))
    updated = typed(capsys, "index", str(folder)).out
    assert f"receipt {kept.name} no longer holds: Quote [1]" in updated
    lost = typed(capsys, "verify")
    assert lost.code == 1
    assert "no longer stands in “rule”" in lost.out
    assert lost.out.endswith("0 of 1 receipts hold\n")

    kept.write_text(kept.read_text("utf-8").replace("contract", "invoice"))
    damaged = typed(capsys, "verify", str(kept), str(receipt))
    assert damaged.code == 1
    assert "has been damaged or edited since it was written" in damaged.out

    rule.unlink()
    gone = typed(capsys, "index", str(folder), "--gone").out
    assert "damaged or edited" in gone  # that one cannot say what it was about
    assert "is no longer in the library" in typed(capsys, "verify", str(receipt)).out


@pytest.mark.usefixtures("seed_home")
def test_what_is_not_there_is_named(tmp_path: Path, capsys: Capture) -> None:
    assert "There is no receipt in " in typed(capsys, "verify").complaint()
    assert "There is no receipt in " in typed(capsys, "verify", str(tmp_path)).complaint()
    assert "nothing.json" in typed(capsys, "verify", str(tmp_path / "nothing.json")).complaint()
