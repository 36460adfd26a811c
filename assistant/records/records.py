"""The records: each person's conversations and what they say of answers, in one SQLite file,
or on a PostgreSQL that several processes share.

Whatever is asked for by a person's name reaches that person's records alone: what belongs to another answers
like what does not exist. A method that writes has written durably when it returns.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.records.feedback import GivenFeedback
from assistant.records.personal_data import mask_as_in, masked
from assistant.records.records_database import RecordsDatabase
from assistant.records.stored import Kept, StoredAnswer, StoredConversation, StoredExchange
from assistant.records.stored_answer import answer_as_text, filters_as_text, with_masked
from assistant.records.stored_rows import (
    CONVERSATIONS,
    EXCHANGES,
    as_pattern,
    as_time,
    as_title,
    conversation_from,
    exchange_from,
    storable,
)
from knowledge.policy import Filters
from knowledge.stores.database import Database, Transaction

_HOLDS = (
    "(c.title LIKE ? ESCAPE '!' OR EXISTS (SELECT 1 FROM exchanges e "
    "WHERE e.conversation = c.id AND e.question LIKE ? ESCAPE '!'))"
)


def _now() -> datetime:
    return datetime.now(UTC)


class Records:
    """One file or one database; safe to use from several threads.

    Every method raises RecordsUnusable when it is damaged, cannot be written or does not answer.
    """

    def __init__(self, place: Path | Database, keep_days: int, now: Callable[[], datetime] = _now) -> None:
        self.keep_days = keep_days  # after its last question a conversation is deleted
        self._database: Database = RecordsDatabase(place) if isinstance(place, Path) else place
        self._now = now
        self.feedback = GivenFeedback(self._database, now)

    def close(self) -> None:
        """Close the file; the records cannot be used afterwards."""
        self._database.close()

    # -- reading ------------------------------------------------------------------------------------

    def conversations(
        self, person: str, words: str = "", *, most: int = 50, after: int = 0
    ) -> list[StoredConversation]:
        """The latest of a person's conversations whose title or questions hold all the words."""
        where, values = ["c.person = ?"], [person]
        for word in words.split():
            where.append(_HOLDS)
            values += 2 * [as_pattern(word)]
        query = f"{CONVERSATIONS} WHERE {' AND '.join(where)} ORDER BY c.changed DESC, c.id LIMIT ? OFFSET ?"
        return [conversation_from(row) for row in self._database.all(query, *values, most, after)]

    def conversation(self, person: str, conversation: str) -> StoredConversation | None:
        """That conversation of that person, or None."""
        row = self._database.one(f"{CONVERSATIONS} WHERE c.id = ? AND c.person = ?", conversation, person)
        return conversation_from(row) if row else None

    def exchanges(self, person: str, conversation: str) -> list[StoredExchange]:
        """The questions of a person's conversation with their answers, in order; [] for an unknown one."""
        rows = self._database.all(
            f"{EXCHANGES} WHERE c.id = ? AND c.person = ? ORDER BY e.number", conversation, person
        )
        return [exchange_from(row) for row in rows]

    def persons(self) -> list[tuple[str, int]]:
        """Everybody of whom something is kept, with how many conversations, by name."""
        query = "SELECT person, count(*) FROM conversations GROUP BY person ORDER BY person"
        return [(str(person), int(count)) for person, count in self._database.all(query)]

    # -- writing ------------------------------------------------------------------------------------

    def keep(
        self,
        person: str,
        conversation: str | None,
        question: str,
        answer: StoredAnswer,
        filters: Filters = Filters(),  # noqa: B008
    ) -> Kept:
        """Add an answered question to a conversation of that person, or begin one when there is no such.

        What seems to be personal data in the question is masked in all that is stored.
        """
        mask, now, exchange = mask_as_in(question), as_time(self._now()), secrets.token_hex(16)
        asked, answered = storable(mask(question)), answer_as_text(with_masked(answer, mask))
        with self._database.transaction() as transaction:
            kept_in = self._conversation_for(transaction, person, conversation, asked)
            transaction.execute(
                "INSERT INTO exchanges (id, conversation, asked, question, filters, answer) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (exchange, kept_in, now, asked, filters_as_text(filters), answered),
            )
        return Kept(kept_in, exchange)

    def rename(self, person: str, conversation: str, title: str) -> bool:
        """Give a conversation another title, unless it is blank; False when there is no such conversation."""
        given = as_title(masked(title))
        with self._database.transaction() as transaction:
            done = transaction.execute(
                "UPDATE conversations SET title = CASE ? WHEN '' THEN title ELSE ? END "
                "WHERE id = ? AND person = ?",
                (given, given, conversation, person),
            )
        return self._gone(done.rowcount) > 0

    # -- deleting for good --------------------------------------------------------------------------

    def delete(self, person: str, conversation: str) -> bool:
        """Delete a conversation; False when that person has none of that id."""
        with self._database.transaction() as transaction:
            done = transaction.execute(
                "DELETE FROM conversations WHERE id = ? AND person = ?", (conversation, person)
            )
        return self._gone(done.rowcount) > 0

    def delete_exchange(self, person: str, exchange: str) -> bool:
        """Delete one question with its answer; False when that person has none of that id.

        Its conversation goes with its only question; a title that was that question becomes the first left.
        """
        with self._database.transaction() as transaction:
            found = transaction.execute(f"{EXCHANGES} WHERE e.id = ? AND c.person = ?", (exchange, person))
            row = found.fetchone()
            if row is None:
                return False
            gone = exchange_from(row)
            transaction.execute("DELETE FROM exchanges WHERE id = ?", (exchange,))
            first = transaction.execute(
                "SELECT question FROM exchanges WHERE conversation = ? ORDER BY number", (gone.conversation,)
            ).fetchone()
            if first is None:
                transaction.execute("DELETE FROM conversations WHERE id = ?", (gone.conversation,))
            else:
                transaction.execute(
                    "UPDATE conversations SET title = ? WHERE id = ? AND title = ?",
                    (as_title(first[0]), gone.conversation, as_title(gone.question)),
                )
        return self._gone(1) > 0

    def delete_all(self, person: str) -> int:
        """Delete everything of a person; how many conversations there were."""
        with self._database.transaction() as transaction:
            done = transaction.execute("DELETE FROM conversations WHERE person = ?", (person,))
        return self._gone(done.rowcount)

    def purge(self) -> int:
        """Delete what is older than `keep_days`; how many conversations that were."""
        oldest = as_time(self._now() - timedelta(days=self.keep_days))
        with self._database.transaction() as transaction:
            done = transaction.execute("DELETE FROM conversations WHERE changed <= ?", (oldest,))
        return self._gone(done.rowcount)

    def _conversation_for(
        self, transaction: Transaction, person: str, conversation: str | None, question: str
    ) -> str:
        now = as_time(self._now())
        done = transaction.execute(
            "UPDATE conversations SET changed = ? WHERE id = ? AND person = ?", (now, conversation, person)
        )
        if conversation is not None and done.rowcount:
            return conversation
        begun = secrets.token_hex(16)
        transaction.execute(
            "INSERT INTO conversations (id, person, title, begun, changed) VALUES (?, ?, ?, ?, ?)",
            (begun, person, as_title(question), now, now),
        )
        return begun

    def _gone(self, count: int) -> int:
        if count:
            self._database.leave_no_trace()
        return count
