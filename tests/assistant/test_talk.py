"""The flow around an answer's sentences: out of scope, asked back, both sides."""

from assistant.answer import Answer, Conversation, Difference, Outcome, Turn, Verdict
from assistant.answer_text import as_json, as_text, framing
from assistant.answering import Sources, answer_in_steps, answer_question
from assistant.talk import Talk, talk_with
from knowledge.dictionary import ChineseDictionary
from knowledge.policy import Document
from tests.assistant.scripted import ScriptedSearch, ScriptedWriter
from tests.assistant.small_documents import citation_of, make_document, quoted, retrieved_from

ABROAD = "Firms in pilot zones may keep their contracts abroad."
RULE = make_document(f"{ABROAD} Firms keep each contract for five years.\n", "Rule")
FIVE = "Firms keep each contract for five years."
OTHER = make_document("Each contract is kept for three years.\n", "Other")
CAN_WE = "Can we keep our contracts abroad?"


def answer(
    question: str, quote: str, dictionary: ChineseDictionary, before: Conversation = (), *more: Document
) -> Answer:
    found = [one for document in (RULE, *more) for one in retrieved_from(document)]
    writer = ScriptedWriter((quoted(RULE, quote),))
    return answer_question(
        question, before, search=ScriptedSearch(found), writer=writer, talk=talk_with(dictionary)
    )


def test_talk_is_answered_in_one_sentence_without_search() -> None:
    search, writer = ScriptedSearch([]), ScriptedWriter(())

    first, last = answer_in_steps("谢谢！", (), search=search, writer=writer)

    assert first == Sources("谢谢！", ())
    assert isinstance(last, Answer)
    assert (last.outcome, last.sentences, last.language) == (Outcome.OUT_OF_SCOPE, (), "zh")
    assert (search.asked, writer.asked) == ([], [])
    assert as_text(last) == framing(last)


def test_the_one_thing_to_ask_is_quoted_from_the_clause_that_is_shown(dictionary: ChineseDictionary) -> None:
    given = answer(CAN_WE, ABROAD, dictionary)

    assert given.outcome is Outcome.NEEDS_CLARIFICATION
    assert [sentence.text for sentence in given.sentences] == [ABROAD]
    assert given.clarification == citation_of(RULE, "in pilot zones")
    assert framing(given).endswith("please say whether it is so: “in pilot zones”")
    assert ABROAD in as_text(given)
    shown = as_json(given)
    assert shown["outcome"] == "needs_clarification"
    assert (shown["clarification"]["quote"], shown["clarification"]["start"]) == ("in pilot zones", 6)


def test_once_the_asker_says_so_it_is_answered(dictionary: ChineseDictionary) -> None:
    asked = answer(CAN_WE, ABROAD, dictionary)
    before = (Turn("user", CAN_WE), Turn("assistant", ABROAD, asked.citations, asked.clarification))

    given = answer("Yes, we are.", ABROAD, dictionary, before)

    assert given.outcome is Outcome.ANSWERED
    assert given.standalone_question == f"{CAN_WE} Yes, we are."
    assert given.clarification is None


def test_both_sides_are_shown_and_the_difference_is_said(dictionary: ChineseDictionary) -> None:
    given = answer("How long is each contract kept?", FIVE, dictionary, (), OTHER)

    assert [sentence.text for sentence in given.sentences] == [FIVE, "Each contract is kept for three years."]
    assert {sentence.verdict for sentence in given.sentences} == {Verdict.QUOTED}
    (note,) = given.disagreements
    assert Difference.CONTENT in note.differences
    assert "  ! These sources do not say the same: [1] and [2]." in as_text(given)
    assert as_json(given)["disagreements"][0]["differences"] == ["content"]
    assert given.withheld == 0


def test_by_default_nothing_is_added_and_nothing_asked() -> None:
    given = answer_question(
        CAN_WE,
        (),
        search=ScriptedSearch(retrieved_from(RULE)),
        writer=ScriptedWriter((quoted(RULE, ABROAD),)),
    )

    assert (given.outcome, given.clarification, given.disagreements) == (Outcome.ANSWERED, None, ())
    assert Talk().notes(CAN_WE, given.sentences) == ()
