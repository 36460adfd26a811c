"""The records: what is kept comes back, to its person alone, and what is deleted is gone from the file."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.errors import RecordsUnusable
from assistant.records.personal_data import MASK
from assistant.records.records import Records
from assistant.records.records_database import RECORDS_FAULTS, RECORDS_SCHEMA
from assistant.records.stored import LONGEST_TITLE, Rating, Reason
from knowledge.policy import Filters
from knowledge.stores.database import Database
from knowledge.stores.postgres_address import PostgresAddress
from knowledge.stores.postgres_database import PostgresDatabase
from tests.assistant.records.made_records import CHINESE, DECLINED, EXPORTS, IMPORTS, Clock, stored

ANN, BEN = "ann", "ben"
NOBODYS = "0" * 32
IN_A_FILE = pytest.mark.parametrize("records", ["in a file"], indirect=True)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["in a file", "on a server"])
def records(tmp_path: Path, clock: Clock, request: pytest.FixtureRequest) -> Iterator[Records]:
    if request.param == "in a file":
        place: Path | Database = tmp_path / "records.sqlite"
    else:
        address = PostgresAddress(request.getfixturevalue("postgres").new_database())
        place = PostgresDatabase(address, RECORDS_SCHEMA, RECORDS_FAULTS)
    with closing(Records(place, 30, clock)) as opened:
        yield opened


def keep(records: Records, question: str, conversation: str | None = None, person: str = ANN) -> str:
    """The id of the conversation that the question was put into."""
    return records.keep(person, conversation, question, stored(question)).conversation


def bytes_of(folder: Path) -> bytes:
    """All bytes of the file, its log and whatever else lies beside it."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


class TestKeeping:
    def test_a_question_begins_a_conversation_and_the_next_goes_into_it(self, records: Records) -> None:
        first = records.keep(ANN, None, IMPORTS, stored(IMPORTS))
        second = records.keep(ANN, first.conversation, EXPORTS, stored(EXPORTS), Filters(issuers=("X",)))

        assert second.conversation == first.conversation
        (listed,) = records.conversations(ANN)
        assert (listed.title, listed.exchanges) == (IMPORTS, 2)
        assert (listed.begun[:19], listed.changed[:19]) == ("2026-05-03T08:30:02", "2026-05-03T08:30:04")
        one, two = records.exchanges(ANN, listed.id)
        assert (one.id, one.question, one.answer) == (first.exchange, IMPORTS, stored(IMPORTS))
        assert (two.id, two.filters, two.feedback) == (second.exchange, Filters(issuers=("X",)), None)

    def test_what_is_kept_is_there_after_opening_anew(self, tmp_path: Path) -> None:
        with closing(Records(tmp_path / "r.sqlite", 30)) as before:
            keep(before, CHINESE)
        with closing(Records(tmp_path / "r.sqlite", 30)) as after:
            (listed,) = after.conversations(ANN)
            assert after.exchanges(ANN, listed.id)[0].answer == stored(CHINESE)

    def test_a_conversation_that_is_gone_is_begun_anew(self, records: Records) -> None:
        gone = keep(records, IMPORTS)
        records.delete(ANN, gone)

        again = keep(records, EXPORTS, gone)

        assert again != gone
        assert [one.title for one in records.conversations(ANN)] == [EXPORTS]

    def test_personal_data_is_masked_in_all_that_is_stored(self, records: Records, tmp_path: Path) -> None:
        question = "我的电话是13800138000，如何扩大服务出口？"
        answer = replace(stored(CHINESE), question=question, standalone_question=f"{question}（续）")

        records.keep(ANN, None, question, answer)

        (listed,) = records.conversations(ANN)
        (exchange,) = records.exchanges(ANN, listed.id)
        assert listed.title == exchange.question == f"我的电话是{MASK}，如何扩大服务出口？"
        assert exchange.answer.standalone_question == f"{exchange.question}（续）"
        assert b"13800138000" not in bytes_of(tmp_path)

    def test_a_title_is_short_and_on_one_line_and_no_text_is_too_odd(self, records: Records) -> None:
        keep(records, "a\nb  c\ud800 " + 300 * "x")

        (listed,) = records.conversations(ANN)
        assert listed.title.startswith("a b c? x")
        assert len(listed.title) == LONGEST_TITLE

    def test_conversations_are_listed_latest_first_and_found_by_words(self, records: Records) -> None:
        ids = [keep(records, question) for question in (IMPORTS, EXPORTS, CHINESE)]
        keep(records, DECLINED, ids[0])
        records.rename(ANN, ids[1], "100% about _exports_")

        assert [one.id for one in records.conversations(ANN)] == [ids[0], ids[2], ids[1]]
        assert [one.id for one in records.conversations(ANN, most=1, after=1)] == [ids[2]]
        for words, found in {
            "tax REBATE": [ids[0]],
            "服务出口": [ids[2]],
            "100% _exp": [ids[1]],
            "1_0%": [],
            "rebate visa": [],
            "": [ids[0], ids[2], ids[1]],
        }.items():
            assert [one.id for one in records.conversations(ANN, words)] == found, words

    def test_a_blank_title_leaves_the_one_before(self, records: Records) -> None:
        id_ = keep(records, IMPORTS)

        assert records.rename(ANN, id_, "  ")
        assert records.conversation(ANN, id_) is not None
        assert records.conversations(ANN)[0].title == IMPORTS


class TestIsolation:
    def test_what_belongs_to_another_is_not_there(self, records: Records) -> None:
        id_ = keep(records, IMPORTS)
        (exchange,) = records.exchanges(ANN, id_)
        records.feedback.give(ANN, exchange.id, Rating.UP)

        for unknown in (id_, NOBODYS):
            assert records.conversation(BEN, unknown) is None
            assert records.exchanges(BEN, unknown) == []
            assert not records.rename(BEN, unknown, "mine")
            assert not records.delete(BEN, unknown)
        for unknown in (exchange.id, NOBODYS):
            assert not records.delete_exchange(BEN, unknown)
            assert not records.feedback.give(BEN, unknown, Rating.DOWN, Reason.OTHER, "mine")
            assert not records.feedback.take_back(BEN, unknown)
        assert records.conversations(BEN) == records.conversations(BEN, "service") == []
        assert records.delete_all(BEN) == 0

        (kept,) = records.exchanges(ANN, id_)
        assert kept.feedback is not None
        assert kept.feedback.rating is Rating.UP
        assert records.conversations(ANN)[0].title == IMPORTS

    def test_a_question_for_anothers_conversation_begins_one_of_its_own(self, records: Records) -> None:
        id_ = keep(records, IMPORTS)

        assert keep(records, EXPORTS, id_, BEN) != id_
        assert [one.exchanges for one in records.conversations(ANN)] == [1]
        assert records.persons() == [(ANN, 1), (BEN, 1)]


class TestDeleting:
    @IN_A_FILE
    def test_what_is_deleted_is_in_none_of_the_bytes(self, records: Records, tmp_path: Path) -> None:
        # So much comes and goes that SQLite moves rows from page to page, which leaves copies of them behind.
        chance, there, gone = random.Random(1), list[str](), list[str]()  # noqa: S311
        for batch in range(60):
            with records._database.transaction() as transaction:
                for number in range(100 * batch, 100 * batch + 100):
                    id_, title = chance.randbytes(16).hex(), f"zq{number:06d} {'t' * chance.randint(0, 200)}"
                    transaction.execute(
                        "INSERT INTO conversations VALUES (?, 'ann', ?, ?, '2026')", (id_, title, title)
                    )
                    there.append(f"{id_} {title[:8]}")
                chance.shuffle(there)
                gone += there[-70:]
                del there[-70:]
                for one in gone[-70:]:
                    transaction.execute("DELETE FROM conversations WHERE id = ?", (one[:32],))

        assert records.delete(ANN, keep(records, IMPORTS))

        held = bytes_of(tmp_path)
        assert all(one[33:].encode() in held for one in there)
        assert [one for one in gone if one[:32].encode() in held or one[33:].encode() in held] == []
        assert IMPORTS.encode() not in held

    @IN_A_FILE
    def test_a_new_title_and_a_new_comment_leave_no_trace_of_the_old(
        self, records: Records, tmp_path: Path
    ) -> None:
        id_ = keep(records, "Oldtitle")
        (exchange,) = records.exchanges(ANN, id_)
        records.rename(ANN, id_, "Middletitle")
        records.rename(ANN, id_, "Newtitle")
        records.feedback.give(ANN, exchange.id, Rating.DOWN, Reason.OTHER, "oldcomment")
        records.feedback.give(ANN, exchange.id, Rating.DOWN, Reason.OTHER, "newcomment")
        records.feedback.take_back(ANN, exchange.id)

        held = bytes_of(tmp_path)
        assert b"Newtitle" in held
        for word in (b"Middletitle", b"oldcomment", b"newcomment"):
            assert word not in held

    def test_one_question_is_deleted_and_its_conversation_with_the_last(self, records: Records) -> None:
        id_ = keep(records, IMPORTS)
        keep(records, EXPORTS, id_)
        first, second = records.exchanges(ANN, id_)

        assert records.delete_exchange(ANN, first.id)
        assert [one.title for one in records.conversations(ANN)] == [EXPORTS]
        assert records.delete_exchange(ANN, second.id)
        assert records.conversations(ANN) == []
        assert not records.delete_exchange(ANN, second.id)

    def test_all_of_one_person_and_nothing_of_another(self, records: Records, tmp_path: Path) -> None:
        for question in (IMPORTS, EXPORTS):
            keep(records, question)
        keep(records, CHINESE, person=BEN)

        assert records.delete_all(ANN) == 2
        assert records.persons() == [(BEN, 1)]
        assert IMPORTS.encode() not in bytes_of(tmp_path)

    def test_what_is_too_old_is_purged(self, records: Records, clock: Clock) -> None:
        old, used_again = keep(records, IMPORTS), keep(records, EXPORTS)
        clock.advance(days=20)
        keep(records, DECLINED, used_again)
        clock.advance(days=11)

        assert records.purge() == 1
        assert records.conversation(ANN, old) is None
        assert [one.id for one in records.conversations(ANN)] == [used_again]
        clock.advance(days=20)
        assert records.purge() == 1
        assert records.purge() == 0


class TestFeedback:
    def test_it_comes_back_with_its_answer_and_may_change(self, records: Records) -> None:
        id_ = keep(records, IMPORTS)
        (exchange,) = records.exchanges(ANN, id_)

        assert records.feedback.give(ANN, exchange.id, Rating.UP)
        assert records.feedback.give(
            ANN, exchange.id, Rating.DOWN, Reason.WRONG_QUOTE, " call 13800138000 \ud800"
        )

        (again,) = records.exchanges(ANN, id_)
        assert again.feedback is not None
        assert (again.feedback.rating, again.feedback.reason) == (Rating.DOWN, Reason.WRONG_QUOTE)
        assert again.feedback.comment == f"call {MASK} ?"
        assert records.feedback.take_back(ANN, exchange.id)
        assert records.exchanges(ANN, id_)[0].feedback is None

    def test_what_was_no_help_to_anybody_is_listed_until_it_is_settled(self, records: Records) -> None:
        mine = keep(records, IMPORTS)
        keep(records, EXPORTS, mine)
        theirs = keep(records, DECLINED, person=BEN)
        liked, disliked = records.exchanges(ANN, mine)
        (declined,) = records.exchanges(BEN, theirs)
        records.feedback.give(ANN, liked.id, Rating.UP)
        records.feedback.give(ANN, disliked.id, Rating.DOWN, Reason.OUT_OF_DATE)
        records.feedback.give(BEN, declined.id, Rating.DOWN, Reason.NO_ANSWER, "It is 13 %.")

        first, second = records.feedback.disliked()
        assert (first.exchange.question, first.before) == (DECLINED, ())
        assert (second.exchange.question, [one.question for one in second.before]) == (EXPORTS, [IMPORTS])
        assert ANN not in repr(second)

        assert records.feedback.settle(declined.id)
        assert [one.exchange.id for one in records.feedback.disliked()] == [disliked.id]
        assert len(records.feedback.disliked(also_settled=True)) == 2


class TestFile:
    @IN_A_FILE
    def test_it_is_a_file_in_which_nothing_acknowledged_can_be_lost(
        self, records: Records, tmp_path: Path
    ) -> None:
        keep(records, IMPORTS)
        with closing(sqlite3.connect(tmp_path / "records.sqlite")) as other:
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert records._database.one("PRAGMA synchronous") == (2,)
        assert records._database.one("PRAGMA secure_delete") == (1,)
        assert records._database.one("PRAGMA busy_timeout") == (5_000,)

    def test_a_file_of_a_newer_version_is_refused_and_left_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "records.sqlite"
        with closing(sqlite3.connect(path)) as newer:
            newer.execute("PRAGMA user_version = 99")

        with pytest.raises(RecordsUnusable, match=r"newer version .*format 99"):
            Records(path, 30)

    def test_a_file_that_is_none_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "records.sqlite"
        path.write_text("no database" * 100)

        with pytest.raises(RecordsUnusable, match=f"{path} are damaged"):
            Records(path, 30)
