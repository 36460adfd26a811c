"""The queue of answers that were no help: for a maintainer, with what they may read, and without names."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.records.feedback_queue import as_answer_record, feedback_queue
from assistant.records.records import Records
from assistant.records.reopening import Lost
from assistant.records.stored import Rating, Reason
from knowledge.policy import Validity
from tests.assistant.records.made_records import DECLINED, EXPORTS, IMPORTS, Clock, stored
from tests.web.scripted_assistant import ANSWERS, MemoryLibrary, full_library


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    with closing(Records(tmp_path / "records.sqlite", 90, Clock())) as opened:
        yield opened


def unknown(_document_id: str) -> Validity:
    return Validity("unknown")


def rate(records: Records, question: str, rating: Rating, conversation: str | None = None) -> str:
    kept = records.keep("ann", conversation, question, stored(question))
    records.feedback.give("ann", kept.exchange, rating, Reason.WRONG_QUOTE, "why")
    return kept.conversation


def test_what_was_no_help_waits_with_the_turns_before_it_and_without_a_name(records: Records) -> None:
    conversation = rate(records, IMPORTS, Rating.UP)
    rate(records, DECLINED, Rating.UP, conversation)
    rate(records, EXPORTS, Rating.DOWN, conversation)

    (waiting,) = feedback_queue(records, full_library(), unknown)

    assert waiting.exchange.stored.question == EXPORTS
    assert (waiting.feedback.reason, waiting.feedback.comment) == (Reason.WRONG_QUOTE, "why")
    assert waiting.before == (
        ("user", IMPORTS),
        ("assistant", " ".join(ANSWERS[IMPORTS])),
        ("user", DECLINED),
    )
    assert "ann" not in repr(waiting).replace("anne", "")


def test_a_case_can_be_made_of_it(records: Records) -> None:
    rate(records, EXPORTS, Rating.DOWN, rate(records, IMPORTS, Rating.UP))
    (waiting,) = feedback_queue(records, full_library(), unknown)

    record = as_answer_record(waiting)

    assert record["question"] == EXPORTS
    assert [one["role"] for one in record["conversation"]] == ["user", "assistant"]
    assert [one["citations"][0]["quote"] for one in record["sentences"]] == ANSWERS[EXPORTS]


def test_a_maintainer_sees_nothing_of_documents_that_they_may_not_read(records: Records) -> None:
    rate(records, EXPORTS, Rating.DOWN)

    (waiting,) = feedback_queue(records, MemoryLibrary({}), unknown)

    assert waiting.exchange.answer.sentences == ()
    assert set(waiting.exchange.lost) == {Lost()}


def test_what_is_settled_waits_no_more(records: Records) -> None:
    rate(records, EXPORTS, Rating.DOWN)
    (waiting,) = feedback_queue(records, full_library(), unknown)

    records.feedback.settle(waiting.id)

    assert feedback_queue(records, full_library(), unknown) == []
    assert len(feedback_queue(records, full_library(), unknown, also_settled=True)) == 1
