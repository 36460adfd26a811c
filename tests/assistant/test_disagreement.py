"""Documents that do not say the same are both shown, the higher and the newer named as such."""

from dataclasses import replace

import pytest

from assistant.answer import Difference, Sentence
from assistant.disagreement import Disagreements
from assistant.disagreement_text import disagreement_as_json, disagreement_note
from knowledge.dictionary import ChineseDictionary
from knowledge.policy import Document, Level, RetrievedPassage
from tests.assistant.small_documents import make_document, quoted, retrieved_from

QUESTION = "How long must contracts be kept?"
FIVE, THREE = "Firms shall keep contracts for five years.", "Contracts are kept for three years."
FIVE_AGAIN = "Contracts must be kept for 5 years."


def document(text: str, title: str, level: Level | None = None, date: str | None = None) -> Document:
    made = make_document(text + "\n", title)
    return replace(made, facts=replace(made.facts, level=level, date=date))


LAW = document(FIVE, "Trade Act", "law", "2016-01-01")
NOTICE = document(THREE, "Notice on Contracts", "notice", "2020-05")
AGREEING = document(FIVE_AGAIN, "Guide")


@pytest.fixture
def disagreements(dictionary: ChineseDictionary) -> Disagreements:
    return Disagreements(dictionary)


def both(first: Document = LAW, second: Document = NOTICE) -> tuple[Sentence, Sentence]:
    return quoted(first, first.text.strip(), 1), quoted(second, second.text.strip(), 2)


def found(*documents: Document) -> list[RetrievedPassage]:
    return [one for document in documents for one in retrieved_from(document)]


class TestOtherSide:
    def test_what_another_document_says_otherwise_is_quoted_too(self, disagreements: Disagreements) -> None:
        first, _second = both()

        shown = disagreements.with_other_side(QUESTION, [first], found(LAW, AGREEING, NOTICE))

        assert [(one.text, one.citations[0].mark) for one in shown] == [(FIVE, 1), (THREE, 2)]
        assert all(citation.holds for one in shown for citation in one.citations)

    @pytest.mark.parametrize("others", [(LAW,), (LAW, AGREEING), ()])
    def test_nothing_is_added_where_nothing_differs(
        self, others: tuple[Document, ...], disagreements: Disagreements
    ) -> None:
        first, _second = both()

        assert disagreements.with_other_side(QUESTION, [first], found(*others)) == (first,)
        assert disagreements.with_other_side(QUESTION, (), found(NOTICE)) == ()

    def test_what_is_on_another_matter_is_no_other_side(self, disagreements: Disagreements) -> None:
        other = document("Fees for certificates are paid within three years.", "Fees")

        assert disagreements.with_other_side(QUESTION, [both()[0]], found(LAW, other)) == (both()[0],)

    def test_nothing_is_added_where_both_sides_are_quoted(self, disagreements: Disagreements) -> None:
        third = document("Contracts are kept for nine years.", "Third")

        assert disagreements.with_other_side(QUESTION, both(), found(LAW, NOTICE, third)) == both()


class TestNotes:
    def test_the_higher_and_the_newer_are_named(self, disagreements: Disagreements) -> None:
        (note,) = disagreements.notes(QUESTION, both())

        assert note.differences == (Difference.CONTENT, Difference.LEVEL, Difference.DATE)
        assert note.higher is note.first
        assert note.newer is note.second
        assert disagreement_note(note, "en") == (
            "These sources do not say the same: [1] and [2]. "
            "Both are shown; nothing is decided between them. "
            "[1] has the higher authority: law, the other is a notice. "
            "[2] is the newer: 2020-05, the other is of 2016-01-01."
        )
        assert disagreement_note(note, "zh") == (
            "以下来源说法不一：[1]与[2]。两者一并列出，不作取舍。[1]效力层级较高：法律，另一份为规范性文件。"
            "[2]较新：2020-05，另一份为2016-01-01。"
        )
        assert disagreement_as_json(note, "en") == {
            "first": 1,
            "second": 2,
            "differences": ["content", "level", "date"],
            "higher": 1,
            "newer": 2,
            "note": disagreement_note(note, "en"),
        }

    def test_two_that_agree_but_differ_in_level_or_date_are_named_too(
        self, disagreements: Disagreements
    ) -> None:
        rule = document(FIVE_AGAIN, "Rule", "ministry rule", "2016-01-01")

        (note,) = disagreements.notes(QUESTION, both(LAW, rule))

        assert note.differences == (Difference.LEVEL,)
        assert disagreement_note(note, "en") == (
            "Two documents speak to this: [1] and [2]. "
            "[1] has the higher authority: law, the other is a ministry rule."
        )

    def test_what_is_not_known_is_not_said(self, disagreements: Disagreements) -> None:
        (note,) = disagreements.notes(QUESTION, both(AGREEING, NOTICE))

        assert (note.higher, note.newer, note.differences) == (None, None, (Difference.CONTENT,))

    @pytest.mark.parametrize(
        ("first", "second"),
        [("2020", "2020-05-01"), ("--05-01", "2020-05-01"), (None, "2020"), ("2020", "2020")],
    )
    def test_dates_that_do_not_say_which_is_newer_say_nothing(
        self, first: str | None, second: str, disagreements: Disagreements
    ) -> None:
        pair = both(document(FIVE, "One", date=first), document(FIVE_AGAIN, "Two", date=second))

        assert disagreements.notes(QUESTION, pair) == ()

    def test_sentences_of_one_document_are_its_own_matter(self, disagreements: Disagreements) -> None:
        one = document(f"{FIVE} {THREE}", "One", "law", "2020")

        assert disagreements.notes(QUESTION, (quoted(one, FIVE, 1), quoted(one, THREE, 2))) == ()
