"""The assistant that every way in uses: ask, search, describe a business, and look documents up."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from assistant.answer import Answer, Conversation
from assistant.answering import Step, accepted_question, answer_in_steps
from assistant.checked_prose import CheckedProse
from assistant.claims.claim_support import ClaimChecker, ClaimSupport, SourceText
from assistant.guidance.facets import facets_of
from assistant.guidance.guidance import Guidance
from assistant.guidance.guiding import FOUND_BY_A_QUERY, guide
from assistant.journal import Journal
from assistant.quoting import Quoting
from assistant.receipts.receipt import Receipt
from assistant.receipts.receipt_now import receipt_now
from assistant.receipts.verifying import what_no_longer_holds
from assistant.talk import Talk
from knowledge.policy import Filters, RetrievedPassage, Validity
from knowledge.readable_library import ReadableLibrary
from knowledge.search import Search

PASSAGES_OF_A_DOCUMENT = 2  # that an answer is looked for in, unless only one document matters


@dataclass(frozen=True, slots=True)
class Assistant:
    """What a way in (command, page, API, chain, evals) needs. Safe to use from several threads.

    It sees certain collections or all, and no question or filter widens that: see `for_collections`.
    """

    search: Search
    quoting: Quoting
    claims: ClaimChecker
    passages: int  # retrieved passages an answer is looked for in
    talk: Talk = Talk()  # noqa: RUF009 (frozen, no state)
    prose: CheckedProse | None = None  # words the answers when there is a language model
    # Around each question of a page that many use: who may ask now, and the log.
    admitted: Callable[[], AbstractContextManager[None]] = nullcontext  # see `admission`
    journal: Journal | None = None

    def for_collections(self, collections: frozenset[str] | None) -> "Assistant":
        """The assistant of someone who may read these collections, among those that this one sees."""
        return replace(self, search=self.search.for_collections(collections))

    @property
    def library(self) -> ReadableLibrary:
        """The documents that may be seen."""
        return ReadableLibrary(self.search.library, self.search.collections)

    def answer(self, question: str, conversation: Conversation = (), filters: Filters = Filters()) -> Answer:  # noqa: B008
        """The checked answer to a question."""
        *_, answer = self.steps(question, conversation, filters)
        assert isinstance(answer, Answer)  # noqa: S101 (the last step by construction; narrows the type)
        return answer

    def steps(
        self,
        question: str,
        conversation: Conversation = (),
        filters: Filters = Filters(),  # noqa: B008
    ) -> Iterator[Step]:
        """The same answer step by step: sources, sentences, answer."""
        steps = self._admitted_steps(question, conversation, filters)
        return self.journal.followed(question, steps) if self.journal else steps

    def found(
        self,
        question: str,
        filters: Filters = Filters(),  # noqa: B008
        limit: int = 10,
    ) -> list[RetrievedPassage]:
        """The passages that search finds, best first; raises BadQuestion as `answer` does."""
        return self.search.distinct(accepted_question(question), limit=limit, filters=filters)

    def checked_claim(self, claim: str, sources: Sequence[SourceText]) -> ClaimSupport:
        """Whether texts, of whatever origin, support a claim, sentence by sentence."""
        return self.claims.check(claim, sources)

    def receipt(self, answer: Answer, as_of: str | None = None) -> Receipt:
        """The receipt of an answer that was given just now, to law as of that day or today."""
        return receipt_now(answer, self.search.library, as_of=as_of)

    def no_longer_holds(self, receipt: Receipt) -> list[str]:
        """One sentence for each thing of a receipt that does not hold of the documents that may be seen."""
        return what_no_longer_holds(receipt, self.library, self.validity)

    def guidance(self, description: str, filters: Filters = Filters()) -> Guidance:  # noqa: B008
        """What the documents lay down on a business that is described, as a table."""
        dictionary = self.search.dictionary
        written = self.journal.guidance(description) if self.journal else nullcontext()
        with written, self.admitted():
            return guide(
                description,
                divide=partial(facets_of, dictionary=dictionary),
                search=partial(self.search.distinct, limit=FOUND_BY_A_QUERY, filters=filters),
                dictionary=dictionary,
            )

    @property
    def built_with(self) -> Mapping[str, str]:
        """What the indexes were built with, by name, as receipts say it: embedder, cutting, terms."""
        from knowledge.indexing import parameters

        return {name: self.search.library.recorded(name) or "unknown" for name in parameters("")}

    def validity(self, document_id: str) -> Validity:
        """What a document is today: in force, superseded, repealed, …; "unknown" for one not to be seen."""
        library = self.library
        if library.document(document_id) is None:
            return Validity("unknown")
        validity = self.search.in_force.validity(document_id)
        if validity.by is None or library.document(validity.by) is not None:
            return validity
        return validity.known_to({validity.by})

    def _admitted_steps(self, question: str, conversation: Conversation, filters: Filters) -> Iterator[Step]:
        with self.admitted():
            yield from answer_in_steps(question, conversation, **self._parts(filters))

    def _parts(self, filters: Filters) -> dict[str, Any]:
        distinct = self.search.distinct
        search = partial(distinct, limit=self.passages, filters=filters, a_document=PASSAGES_OF_A_DOCUMENT)
        return {"search": search, "writer": self.quoting, "prose": self.prose, "talk": self.talk}
