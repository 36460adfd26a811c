"""A receipt holds what was shown, is a file that can be read again, and is told from a damaged one."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from assistant.answer import Answer, Difference, Disagreement, Outcome, Sentence
from assistant.errors import ReceiptUnreadable
from assistant.receipts.receipt import Receipt, receipt_of
from assistant.receipts.receipt_file import (
    as_json,
    read_receipt,
    receipt_from,
    seal_of,
    write_receipt,
)
from tests.assistant.small_documents import citation_of, law, measures, quoted, retrieved_from

NO_FEE = "(a) No fee is charged for registration."
KEEP = "They shall keep each contract for 5 years."
KEEP_ZH = "企业应当妥善保存合同及相关凭证，保存期限为五年。"
SCHEMA: dict[str, Any] = json.loads((files("assistant.receipts") / "receipt.schema.json").read_text("utf-8"))


def receipt(*sentences: Sentence, **more: Any) -> Receipt:
    answer = Answer(
        outcome=Outcome.ANSWERED if sentences else Outcome.NOT_IN_DOCUMENTS,
        question="And contracts?",
        standalone_question="What of contracts?",
        language="en",
        confidence=0.98765,
        sentences=sentences,
        considered=tuple(retrieved_from(law())),
    )
    return receipt_of(
        replace(answer, **more),
        as_of="2026-01-02",
        made=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        index={"terms": "stems", "embedder": "e5"},
    )


def asked_back() -> Receipt:
    both = quoted(law(), KEEP, 1), quoted(measures(), KEEP_ZH, 2)
    first, second = (sentence.citations[0] for sentence in both)
    return receipt(
        *both,
        outcome=Outcome.NEEDS_CLARIFICATION,
        clarification=citation_of(law(), "each contract"),
        disagreements=(Disagreement(first, second, (Difference.CONTENT,)),),
    )


class TestContent:
    def test_it_holds_what_was_shown_and_where_it_stands(self) -> None:
        held = receipt(quoted(law(), KEEP, 1), quoted(law(), NO_FEE, 2))
        (document,) = held.documents
        first = held.quotes[0]

        assert (held.question, held.standalone_question, held.outcome) == (
            "And contracts?",
            "What of contracts?",
            "answered",
        )
        assert [sentence.verdict for sentence in held.sentences] == ["quoted", "quoted"]
        assert law().text[first.start : first.end] == first.quote == KEEP
        assert first.locator == "Article 2, paragraph 2"
        assert (document.id, document.sha256, document.status) == (law().id, law().sha256, "unknown")
        assert (held.made, held.as_of) == ("2026-01-02T03:04:05+00:00", "2026-01-02")
        assert held.index == (("embedder", "e5"), ("terms", "stems"))
        assert dict(held.software)["policy-assistant"]

    def test_what_was_asked_back_and_where_sources_differ_are_in_it(self) -> None:
        held = asked_back()

        assert held.clarification is not None
        assert held.clarification.quote == "each contract"
        assert "do not say the same: [1] and [2]" in held.disagreements[0]
        assert len(held.documents) == 2


class TestFile:
    @pytest.mark.parametrize("made", [receipt, asked_back, lambda: receipt(quoted(law(), KEEP))])
    def test_what_is_written_fits_the_schema_and_is_read_again(
        self, made: Callable[[], Receipt], tmp_path: Path
    ) -> None:
        path = tmp_path / "new" / "receipt.json"

        write_receipt(made(), path)

        Draft202012Validator.check_schema(SCHEMA)
        Draft202012Validator(SCHEMA).validate(json.loads(path.read_text("utf-8")))
        assert read_receipt(path) == made()

    def test_a_program_that_knows_one_kind_of_number_may_send_it_on(self) -> None:
        sure = replace(receipt(quoted(law(), KEEP)), confidence=1.0)
        held = json.loads(as_json(sure)) | {"confidence": 1}

        assert receipt_from(held, "It") == sure
        with pytest.raises(ReceiptUnreadable, match="It has been damaged or edited"):
            receipt_from(held | {"confidence": 0}, "It")

    def test_a_field_more_or_less_does_not_fit_the_schema(self) -> None:
        whole = json.loads(as_json(receipt(quoted(law(), KEEP))))
        schema = Draft202012Validator(SCHEMA)

        assert schema.is_valid(whole)
        assert not schema.is_valid({**whole, "more": 1})
        assert not any(schema.is_valid({k: v for k, v in whole.items() if k != name}) for name in whole)

    def test_any_character_that_is_changed_is_noticed(self, tmp_path: Path) -> None:
        text = as_json(receipt(quoted(law(), KEEP)))
        path = tmp_path / "receipt.json"
        for place in [i for i, sign in enumerate(text) if sign.isalnum()][::7]:
            path.write_text(text[:place] + ("x" if text[place] != "x" else "y") + text[place + 1 :], "utf-8")

            with pytest.raises(ReceiptUnreadable):
                read_receipt(path)

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "it is not JSON in UTF-8"),
            (b"\xff\xfe", "it is not JSON in UTF-8"),
            (b"[" * 100_000, "it is not JSON in UTF-8"),
            (b"[]", 'does not say "format"'),
            (b'{"format": "another"}', 'does not say "format"'),
            (b'{"format": "policy-assistant receipt", "version": 9}', "of version 9"),
            (b'{"format": "policy-assistant receipt", "version": 1}', "its seal does not agree"),
        ],
    )
    def test_what_is_no_receipt_is_told_by_name(self, content: bytes, told: str, tmp_path: Path) -> None:
        path = tmp_path / "some.json"
        path.write_bytes(content)

        with pytest.raises(ReceiptUnreadable, match=r"some\.json") as caught:
            read_receipt(path)

        assert told in str(caught.value)

    @pytest.mark.parametrize(
        ("name", "value", "told"),
        [
            ("question", 5, "question is not a text"),
            ("sentences", {}, "sentences is not a list"),
            ("sentences", ["x"], "sentences is not an object"),
            ("sentences", [{"text": "x"}], "sentences lacks verdict"),
            ("confidence", "high", "confidence is not a number"),
            ("index", [["embedder"]], "index"),
            ("more", 1, "'more', which is unknown"),
        ],
    )
    def test_a_receipt_that_was_sealed_anew_must_still_be_whole(
        self, name: str, value: object, told: str, tmp_path: Path
    ) -> None:
        held = json.loads(as_json(receipt(quoted(law(), KEEP))))
        held.pop("seal")
        held[name] = value
        path = tmp_path / "forged.json"
        path.write_text(json.dumps({**held, "seal": seal_of(held)}), "utf-8")

        with pytest.raises(ReceiptUnreadable, match="no whole receipt") as caught:
            read_receipt(path)

        assert told in str(caught.value)
