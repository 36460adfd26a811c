"""Readers of public claim sets, on files made in their formats; and on the sets themselves where they are."""

import json
import os
from pathlib import Path

import pytest

from evals.claims.sets import CLAIM_SETS, begin, ocnli, qags, wice

CHECKOUT = Path(__file__).parents[3]
PUBLIC_DATA = Path(os.environ.get("POLICY_ASSISTANT_PUBLIC_DATA", CHECKOUT.parent / "shared" / "data"))


def write(path: Path, *rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def test_wice_marks_sets_of_sentences_that_suffice(tmp_path: Path) -> None:
    row = {
        "label": "supported",
        "supporting_sentences": [[0, 2], [], [1]],
        "claim": "Ann pays.",
        "evidence": ["Ann came.", "She paid.", "Ann paid."],
        "meta": {"claim_title": "Ann"},
    }
    write(tmp_path / "wice" / "dev.jsonl", row, {**row, "label": "partially_supported"})

    full, partly = wice(tmp_path)

    assert (full.supported, partly.supported, full.group) == (True, False, "Ann")
    (source,) = full.sources
    assert [[source.text[a:b] for a, b in some] for some in full.evidence] == [
        ["Ann came.", "Ann paid."], ["She paid."],
    ]  # fmt: skip


def test_begin_takes_only_what_is_fully_attributable(tmp_path: Path) -> None:
    path = tmp_path / "begin" / "begin_dev_wow.tsv"
    path.parent.mkdir()
    head = "model_name\tdata_source\tknowledge\tmessage\tresponse\tbegin_label\n"
    rows = [
        f"t5\twow\tIt rained .\tHi\tIt rained .\t{label}\n"
        for label in ("Fully attributable", "Not fully attributable", "Generic")
    ]
    path.write_text(head + "".join(rows), "utf-8")

    found = list(begin(tmp_path, "wow"))

    assert [one.supported for one in found] == [True, False, False]
    assert {one.group for one in found} == {found[0].group}
    assert found[0].sources[0].text == "It rained ."


def test_qags_follows_the_majority_and_ocnli_leaves_out_what_has_no_label(tmp_path: Path) -> None:
    def said(*responses: str) -> dict[str, object]:
        return {"sentence": "It rained.", "responses": [{"response": one} for one in responses]}

    write(
        tmp_path / "qags" / "mturk_cnndm.jsonl",
        {"article": "It rained.", "summary_sentences": [said("yes", "yes", "no"), said("no", "no", "yes")]},
    )
    pairs = [
        {"sentence1": "下雨了。", "sentence2": "天气潮湿。", "label": label, "prem_id": "1"}
        for label in ("entailment", "neutral", "contradiction", "-")
    ]
    write(tmp_path / "ocnli" / "train.3k.json", *pairs)

    assert [one.supported for one in qags(tmp_path)] == [True, False]
    assert [one.supported for one in ocnli(tmp_path)] == [True, False, False]


@pytest.mark.public_data
@pytest.mark.skipif(
    not (PUBLIC_DATA / "wice").is_dir(), reason=f"no wice in {PUBLIC_DATA}; set POLICY_ASSISTANT_PUBLIC_DATA"
)
def test_the_sets_hold_what_their_papers_count() -> None:
    counted = {
        name: (len(found), sum(one.supported for one in found))
        for name, found in ((name, list(read(PUBLIC_DATA))) for name, (read, _file) in CLAIM_SETS.items())
    }

    assert counted["wice"] == (349, 115)
    assert counted["begin (wow)"] == (430, 180)
    assert counted["ocnli"] == (2994, 974)
