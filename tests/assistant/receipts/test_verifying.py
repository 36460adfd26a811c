"""What no longer holds of a receipt, one sentence each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from assistant.answer import Answer, Outcome
from assistant.receipts.receipt import Receipt, receipt_of
from assistant.receipts.verifying import what_no_longer_holds
from knowledge.policy import Document, Entry, Section, Validity
from knowledge.sectioning import split_sections
from tests.assistant.small_documents import LAW, law, make_document, quoted, retrieved_from

KEEP = "They shall keep each contract for 5 years."
UNKNOWN = Validity("unknown")
TITLE = "Service Trade Facilitation Act"


@dataclass(frozen=True)
class Shelf:
    """A library of a few documents."""

    held: tuple[Document, ...]

    def entries(self) -> list[Entry]:
        return [Entry(one.id, one.facts, one.language) for one in self.held]

    def document(self, document_id: str) -> Document | None:
        return next((one for one in self.held if one.id == document_id), None)

    def sections(self, document_id: str) -> list[Section]:
        document = self.document(document_id)
        return list(split_sections(document)) if document else []


def receipt() -> Receipt:
    answer = Answer(
        Outcome.ANSWERED,
        "How long?",
        "How long?",
        "en",
        0.9,
        (quoted(law(), KEEP),),
        tuple(retrieved_from(law())),
    )
    return receipt_of(answer, as_of="2026-01-02", made=datetime(2026, 1, 2, tzinfo=UTC), index={})


def told(held: Receipt, *documents: Document, today: Validity = UNKNOWN) -> list[str]:
    return what_no_longer_holds(held, Shelf(documents), lambda _id: today)


def changed(old: str, new: str) -> Document:
    return make_document(LAW.replace(old, new), TITLE)


def test_what_is_unchanged_holds() -> None:
    assert told(receipt(), law()) == []


def test_a_document_that_was_stored_anew_with_the_same_words_holds() -> None:
    assert told(receipt(), replace(law(), id="0" * 16)) == []


def test_a_document_that_is_gone_is_named_with_its_file() -> None:
    (sentence,) = told(receipt(), make_document("Other words.\n", "Other"))

    assert sentence.startswith(f"The document “{TITLE}” (")
    assert sentence.endswith(".txt) is no longer in the library.")


def test_words_that_were_changed_no_longer_stand() -> None:
    lost, file = told(receipt(), changed("for 5 years", "for 3 years"))

    assert lost == f"Quote [1] “{KEEP}” no longer stands in “{TITLE}”."
    assert file.startswith(f"The file of “{TITLE}” has changed: its sha256 is ")


def test_words_that_moved_are_said_to_stand_elsewhere() -> None:
    moved, *_ = told(receipt(), changed("This text comes", "This short text comes"))

    start = LAW.index(KEEP)
    assert moved == (
        f"Quote [1] “{KEEP}” stands at other offsets of “{TITLE}”: {start + 6} to {start + 6 + len(KEEP)}, "
        f"not {start} to {start + len(KEEP)}."
    )


def test_a_clause_with_another_number_is_cited_otherwise() -> None:
    sentences = told(receipt(), changed("### Article 2", "### Article 9"))

    assert (
        f"Quote [1] “{KEEP}” is now cited as Article 9, paragraph 2, not as Article 2, paragraph 2."
        in sentences
    )


def test_the_same_file_read_otherwise_is_said_so() -> None:
    reread = replace(law(), text=law().text + "More.\n")

    assert told(receipt(), reread) == [
        f"“{TITLE}” is the same file but was read differently: the stored text has changed."
    ]


def test_a_document_that_is_no_longer_in_force_is_news_only_if_it_was() -> None:
    ended = Validity("expired", ends="2025-12-31")
    held = receipt()
    was_ended = replace(held, documents=(replace(held.documents[0], status="expired"),))

    (sentence,) = told(held, law(), today=ended)
    assert sentence.startswith(f"“{TITLE}” is no longer in force. ")
    assert "2025-12-31" in sentence
    assert told(was_ended, law(), today=ended) == []


def _sentence(held: Receipt, **changes: object) -> Receipt:
    return replace(held, sentences=(replace(held.sentences[0], **changes),))  # type: ignore[arg-type]


def _quote(held: Receipt, **changes: object) -> Receipt:
    return _sentence(held, quotes=(replace(held.quotes[0], **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("forge", "sentence"),
    [
        (lambda r: _sentence(r, text="Keep nothing."), "Sentence 1 is called a quotation and is not what"),
        (lambda r: _sentence(r, quotes=()), "Sentence 1 cites nothing."),
        (lambda r: _sentence(r, verdict="unsupported"), "Sentence 1 has the verdict 'unsupported'"),
        (
            lambda r: _quote(r, quote="Nobody shall keep anything."),
            "Quote [1] “Nobody shall keep anything.” no",
        ),
        (lambda r: _quote(r, quote=""), "Quote [1] “” no longer stands"),
        (lambda r: _quote(r, start=-9, end=5), "stands at other offsets"),
        (lambda r: _quote(r, document_id="0" * 16), "Quote [1] names a document that the receipt does not"),
        (lambda r: replace(r, documents=()), "Quote [1] names a document that the receipt does not"),
        (
            lambda r: _quote(r, locator="Article 99"),
            "is now cited as Article 2, paragraph 2, not as Article 99",
        ),
    ],
)
def test_a_receipt_that_was_written_by_hand_is_found_out(
    forge: Callable[[Receipt], Receipt], sentence: str
) -> None:
    assert any(sentence in one for one in told(forge(receipt()), law()))
