"""The types of an answer: what holds, what is counted, what is offered."""

from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation, Outcome, Sentence, Verdict
from knowledge.policy import Document, Passage, RetrievedPassage, Section
from tests.assistant.small_documents import (
    ENVIRONMENT,
    LAW,
    SEED_TEXT,
    citation_of,
    law,
    make_document,
    quoted,
    retrieved_from,
    seed_document,
)


class TestHolds:
    def test_words_at_their_place_hold(self) -> None:
        assert citation_of(seed_document(), ENVIRONMENT).holds

    @pytest.mark.parametrize(("start", "end"), [(1, 1), (-1, -1), (0, 1), (1, 0)])
    def test_one_character_beside_the_place_does_not(self, start: int, end: int) -> None:
        citation = citation_of(seed_document(), ENVIRONMENT)

        assert not replace(citation, start=citation.start + start, end=citation.end + end).holds

    def test_an_empty_quote_does_not(self) -> None:
        citation = citation_of(seed_document(), ENVIRONMENT)

        assert not replace(citation, quote="", end=citation.start).holds

    def test_negative_offsets_do_not_count_from_the_end(self) -> None:
        document = make_document("Fees are due.")
        passage = Passage("p", Section(document, 0, (), 0, 13), 0, 13)

        assert Citation(1, passage, "due.", 9, 13).holds
        assert not Citation(1, passage, "due.", -4, 13).holds


def whole(document: Document) -> RetrievedPassage:
    return retrieved_from(document)[0]


class TestAnswer:
    def answer(self, *sentences: Sentence, considered: int = 5) -> Answer:
        return Answer(
            Outcome.ANSWERED if sentences else Outcome.NOT_IN_DOCUMENTS,
            question="?",
            standalone_question="?",
            language="en",
            confidence=0.5,
            sentences=sentences,
            considered=(whole(seed_document()),) * considered,
        )

    def test_its_citations_are_those_of_its_sentences_once_each_in_the_order_of_their_marks(self) -> None:
        first = quoted(law(), "(a) No fee is charged for registration.", 1)
        second = quoted(seed_document(), ENVIRONMENT, 2)
        both = Sentence("both", (*second.citations, *first.citations), Verdict.SUPPORTED)

        assert [one.mark for one in self.answer(second, first, both).citations] == [1, 2]

    def test_an_answer_without_sentences_offers_three_passages(self) -> None:
        assert len(self.answer().nearest) == 3
        assert len(self.answer(considered=2).nearest) == 2
        assert self.answer(considered=0).nearest == ()

    def test_an_answer_with_sentences_offers_none(self) -> None:
        assert self.answer(quoted(seed_document(), ENVIRONMENT)).nearest == ()

    def test_texts_of_documents_stay_out_of_its_printed_form(self) -> None:
        assert SEED_TEXT[:200] not in repr(
            self.answer(quoted(law(), "(a) No fee is charged for registration."))
        )
        assert LAW not in repr(law())
