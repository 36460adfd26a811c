"""The receipt of an answer that was given just now, with what the library says of its indexes."""

from datetime import datetime

from assistant.answer import Answer
from assistant.receipts.receipt import Receipt, receipt_of
from knowledge.indexing import parameters
from knowledge.library import Library


def receipt_now(answer: Answer, library: Library, *, as_of: str | None) -> Receipt:
    """The receipt, as of that day or today."""
    built_with = {name: library.recorded(name) or "unknown" for name in parameters("")}
    made = datetime.now().astimezone()
    return receipt_of(answer, as_of=as_of or made.date().isoformat(), made=made, index=built_with)
