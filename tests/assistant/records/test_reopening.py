"""What of a stored answer is shown today: what stands, and nothing else as if it stood."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.answer import Answer, Difference, Disagreement, Outcome, Verdict
from assistant.records.reopening import Lost, Reopened, reopened
from assistant.records.stored import StoredExchange
from assistant.records.stored_answer import stored_answer
from knowledge.policy import Document, Filters, Section, Validity
from tests.assistant.records.made_records import CHINESE, DECLINED, answer_to
from tests.web.scripted_assistant import ANSWERS, MemoryLibrary, full_library, measures_sections

LIBRARY = full_library()


def kept(answer: Answer) -> StoredExchange:
    return StoredExchange("e1", "c1", "2026-05-03", answer.question, Filters(), stored_answer(answer), None)


def unknown(_document_id: str) -> Validity:
    return Validity("unknown")


def open_again(answer: Answer, library: MemoryLibrary = LIBRARY) -> Reopened:
    return reopened(kept(answer), library, unknown)


def with_documents(changed: Mapping[str, Document | None]) -> MemoryLibrary:
    """The library with other documents, by the title of those that they replace; None takes one away."""
    held: dict[str, list[Section]] = {}
    for sections in LIBRARY.held.values():
        document = changed.get(sections[0].document.title, sections[0].document)
        if document is not None:
            whole = [Section(document, 0, (), 0, len(document.text))]
            held[document.id] = sections if document is sections[0].document else whole
    return MemoryLibrary(held)


MEASURES = measures_sections()[0].document


def test_an_answer_whose_quotes_stand_comes_back_as_it_was() -> None:
    for question in ANSWERS:
        answer = answer_to(question)

        again = open_again(answer)

        assert again.lost == ()
        assert again.answer.sentences == answer.sentences
        assert all(citation.holds for citation in again.answer.citations)
        told = ("outcome", "question", "standalone_question", "language", "confidence", "wording")
        assert [getattr(again.answer, name) for name in told] == [getattr(answer, name) for name in told]


def test_a_declined_answer_offers_the_same_passages() -> None:
    answer = answer_to(DECLINED)

    again = open_again(answer)

    assert again.answer.outcome is Outcome.NOT_IN_DOCUMENTS
    assert [near.passage for near in again.answer.nearest] == [near.passage for near in answer.nearest]


def test_a_quote_that_was_changed_is_lost_and_said_to_be() -> None:
    changed = replace(MEASURES, id="f" * 16, sha256="f" * 64, text=MEASURES.text.replace("五年", "十年"))

    again = open_again(answer_to(CHINESE), with_documents({MEASURES.title: changed}))

    assert [sentence.text for sentence in again.answer.sentences] == ANSWERS[CHINESE][::2]
    assert again.lost == (Lost(ANSWERS[CHINESE][1], MEASURES.title),)
    assert all(citation.holds for citation in again.answer.citations)
    assert [citation.mark for citation in again.answer.citations] == [1, 3]


def test_a_quote_that_stands_elsewhere_in_the_text_of_today_is_cited_there() -> None:
    moved = replace(MEASURES, id="f" * 16, text=f"前言\n{MEASURES.text}")

    again = open_again(answer_to(CHINESE), with_documents({MEASURES.title: moved}))

    assert again.lost == ()
    before = answer_to(CHINESE).citations[0]
    now = again.answer.citations[0]
    assert (now.document, now.start, now.quote) == (moved, before.start + 3, before.quote)
    assert now.holds


def test_of_a_document_that_is_not_at_hand_nothing_is_told() -> None:
    again = open_again(answer_to(CHINESE), with_documents({MEASURES.title: None}))

    assert [sentence.text for sentence in again.answer.sentences] == ANSWERS[CHINESE][2:]
    assert again.lost == (Lost(), Lost())


def test_a_sentence_stands_only_with_everything_that_it_rests_on() -> None:
    answer = answer_to(CHINESE)
    both = tuple(citation for sentence in answer.sentences for citation in sentence.citations)
    drafted = replace(answer.sentences[0], citations=both, verdict=Verdict.SUPPORTED, text="Drafted.")

    again = open_again(replace(answer, sentences=(drafted,)), with_documents({MEASURES.title: None}))

    assert again.answer.sentences == ()
    assert again.lost == (Lost(),)


def test_documents_say_what_they_are_today() -> None:
    superseded = Validity("superseded", by="0" * 16, by_title="New", by_date="2026-01-01")

    again = reopened(kept(answer_to(CHINESE)), LIBRARY, lambda _id: superseded)

    assert {found.validity for found in again.answer.considered} == {superseded}


def test_a_disagreement_and_a_question_back_come_back_while_both_sides_stand() -> None:
    answer = answer_to(CHINESE)
    first, _second, third = answer.citations
    note = Disagreement(first, third, (Difference.CONTENT, Difference.DATE), newer=first)
    answer = replace(answer, disagreements=(note,), clarification=first)

    assert open_again(answer).answer.disagreements == (note,)
    assert open_again(answer).answer.clarification == first
    gone = open_again(answer, with_documents({MEASURES.title: None})).answer
    assert (gone.disagreements, gone.clarification) == ((), None)


def test_an_id_that_is_none_leads_nowhere() -> None:
    odd = replace(stored_answer(answer_to(DECLINED)), nearest=("", "x:1", "x:a-b", f"{MEASURES.id}:5-2"))

    again = reopened(replace(kept(answer_to(DECLINED)), answer=odd), LIBRARY, unknown)

    assert again.answer.considered == ()
