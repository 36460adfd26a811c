"""What no longer holds of a receipt, one sentence each, found in a library without asking again."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.answer import Verdict
from assistant.receipts.receipt import Receipt, ReceiptDocument, ReceiptQuote, text_sha256
from assistant.validity_text import warning
from knowledge.clauses.locators import locate
from knowledge.policy import Document, Entry, Language, Section, Validity

_SHOWN = 60  # characters of a quote
_HELD = ("in force", "unknown")


class ReadLibrary(Protocol):
    """The documents that a receipt is checked against."""

    def entries(self) -> list[Entry]:
        """Every document without its text."""
        ...

    def document(self, document_id: str) -> Document | None:
        """The document of that id, or None."""
        ...

    def sections(self, document_id: str) -> list[Section]:
        """The sections of that document, in order."""
        ...


def what_no_longer_holds(
    receipt: Receipt, library: ReadLibrary, validity: Callable[[str], Validity]
) -> list[str]:
    """One sentence for each thing that does not hold; [] when all that was shown still does.

    `validity` says what a document is today. What was not in force when the receipt was made is no news.
    """
    known = {document.id: document for document in receipt.documents}
    told = list(_of_the_receipt_itself(receipt, set(known)))
    for document in receipt.documents:
        current = _found_again(document, library)
        quotes = [quote for quote in _all_quotes(receipt) if quote.document_id == document.id]
        if current is None:
            told.append(f"The document “{document.title}” ({document.file}) is no longer in the library.")
            continue
        told += (
            sentence
            for quote in quotes
            for sentence in _of_the_quote(quote, current, library.sections(current.id), receipt.language)
        )
        told += _of_the_document(document, current)
        today = validity(current.id)
        if document.status in _HELD and not today.holds:
            told.append(f"“{document.title}” is no longer in force. {warning(today, 'en') or ''}".rstrip())
    return list(dict.fromkeys(told))


def _of_the_receipt_itself(receipt: Receipt, known: set[str]) -> Iterator[str]:
    """What a receipt that this program wrote never says."""
    for number, sentence in enumerate(receipt.sentences, start=1):
        if not sentence.quotes:
            yield f"Sentence {number} cites nothing."
        quoted = " ".join(quote.quote for quote in sentence.quotes)
        if sentence.verdict == Verdict.QUOTED and sentence.text != quoted:
            yield f"Sentence {number} is called a quotation and is not what its quotes say."
        if sentence.verdict not in (Verdict.QUOTED, Verdict.SUPPORTED):
            yield f"Sentence {number} has the verdict {sentence.verdict!r}, with which nothing is shown."
    for quote in _all_quotes(receipt):
        if quote.document_id not in known:
            yield f"Quote [{quote.mark}] names a document that the receipt does not describe."


def _all_quotes(receipt: Receipt) -> Sequence[ReceiptQuote]:
    return (*receipt.quotes, receipt.clarification) if receipt.clarification else receipt.quotes


def _found_again(document: ReceiptDocument, library: ReadLibrary) -> Document | None:
    """The document itself, else the one with the same text or bytes, else a later one under its title."""
    same = library.document(document.id)
    if same is not None:
        return same
    others = [
        other for entry in library.entries() if entry.facts.title == document.title
        if (other := library.document(entry.id)) is not None
    ]  # fmt: skip
    exact = (one for one in others if document.text_sha256 == text_sha256(one))
    return next(exact, others[-1] if others else None)


def _of_the_document(document: ReceiptDocument, current: Document) -> Iterator[str]:
    if current.sha256 != document.sha256:
        hashes = f"its sha256 is {current.sha256}, not {document.sha256}"
        yield f"The file of “{document.title}” has changed: {hashes}."
    elif text_sha256(current) != document.text_sha256:
        yield f"“{document.title}” is the same file but was read differently: the stored text has changed."


def _of_the_quote(
    quote: ReceiptQuote, document: Document, sections: Sequence[Section], language: str
) -> Iterator[str]:
    named = f"Quote [{quote.mark}] “{_shortened(quote.quote)}”"
    start = quote.start
    if not quote.quote or document.text[start : quote.end] != quote.quote:
        start = document.text.find(quote.quote) if quote.quote else -1
        if start < 0:
            yield f"{named} no longer stands in “{document.title}”."
            return
        yield (
            f"{named} stands at other offsets of “{document.title}”: {start} to {start + len(quote.quote)}, "
            f"not {quote.start} to {quote.end}."
        )
    shown_in: Language = "zh" if language == "zh" else "en"
    for section in sections:
        if section.start <= start < section.end:
            place = locate(section, start, start + len(quote.quote), shown_in)
            if place != quote.locator:
                yield f"{named} is now cited as {place}, not as {quote.locator}."


def _shortened(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= _SHOWN else one_line[: _SHOWN - 1] + "…"
