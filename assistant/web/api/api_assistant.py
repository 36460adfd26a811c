"""What the ways in for programs need of the assistant, beside what the page needs."""

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Answer
from assistant.claims.claim_support import ClaimSupport, SourceText
from assistant.receipts.receipt import Receipt
from assistant.web.chat.exchange import PageAssistant
from knowledge.policy import Filters, RetrievedPassage


class ApiAssistant(PageAssistant, Protocol):
    """Answers questions of programs. Its methods are called from several threads."""

    def for_collections(self, collections: frozenset[str] | None) -> "ApiAssistant":
        """The same for someone who may read these collections; None for everything."""
        ...

    def found(self, question: str, filters: Filters = ..., limit: int = ...) -> list[RetrievedPassage]:
        """The passages that search finds, best first."""
        ...

    def checked_claim(self, claim: str, sources: Sequence[SourceText]) -> ClaimSupport:
        """Whether texts support a claim, sentence by sentence."""
        ...

    def receipt(self, answer: Answer, as_of: str | None = None) -> Receipt:
        """The receipt of an answer that was given just now."""
        ...

    def no_longer_holds(self, receipt: Receipt) -> list[str]:
        """One sentence for each thing of a receipt that no longer holds."""
        ...
