"""What people say of answers: a thumb up or down, with a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.records.personal_data import masked
from assistant.records.stored import LONGEST_COMMENT, Rating, Reason, StoredExchange
from assistant.records.stored_rows import EXCHANGES, as_time, exchange_from, storable
from knowledge.stores.database import Database

_OWN = "SELECT e.id FROM exchanges e JOIN conversations c ON c.id = e.conversation WHERE c.person = ?"
_NUMBER = "(SELECT number FROM exchanges WHERE id = ?)"


@dataclass(frozen=True, slots=True)
class Disliked:
    """An answer that was no help, with the exchanges before it in its conversation; nobody's name."""

    exchange: StoredExchange  # with its feedback
    before: tuple[StoredExchange, ...]


class GivenFeedback:
    """The feedback in the records file; `Records.feedback` is it."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def give(
        self, person: str, exchange: str, rating: Rating, reason: Reason | None = None, comment: str = ""
    ) -> bool:
        """Put down what a person says of an answer of theirs, in place of what they said before.

        Personal data in the comment is masked. False when that person has no such answer.
        """
        said = storable(masked(comment.strip()[:LONGEST_COMMENT]))
        with self._database.transaction() as transaction:
            done = transaction.execute(
                "INSERT INTO feedback (exchange, rating, reason, comment, given) "
                "SELECT e.id, ?, ?, ?, ? FROM exchanges e JOIN conversations c ON c.id = e.conversation "
                "WHERE e.id = ? AND c.person = ? ON CONFLICT (exchange) DO UPDATE SET "
                "rating = excluded.rating, reason = excluded.reason, comment = excluded.comment, "
                "given = excluded.given, settled = 0",
                (rating, reason, said, as_time(self._now()), exchange, person),
            )
        return done.rowcount > 0

    def take_back(self, person: str, exchange: str) -> bool:
        """Delete for good what a person said of an answer; False when they said nothing."""
        with self._database.transaction() as transaction:
            done = transaction.execute(
                f"DELETE FROM feedback WHERE exchange = ? AND exchange IN ({_OWN})",  # noqa: S608 (a constant)
                (exchange, person),
            )
        if done.rowcount:
            self._database.leave_no_trace()
        return done.rowcount > 0

    def disliked(self, *, also_settled: bool = False) -> list[Disliked]:
        """The answers of anybody that were no help, latest first."""
        settled = "" if also_settled else "AND f.settled = 0"
        rows = self._database.all(
            f"{EXCHANGES} WHERE f.rating = 'down' {settled} ORDER BY f.given DESC, e.id"
        )
        return [Disliked(one, self._before(one)) for one in map(exchange_from, rows)]

    def settle(self, exchange: str) -> bool:
        """Take an answer off the list of `disliked`: a case was made of it, or none is needed."""
        with self._database.transaction() as transaction:
            done = transaction.execute("UPDATE feedback SET settled = 1 WHERE exchange = ?", (exchange,))
        return done.rowcount > 0

    def _before(self, exchange: StoredExchange) -> tuple[StoredExchange, ...]:
        rows = self._database.all(
            f"{EXCHANGES} WHERE e.conversation = ? AND e.number < {_NUMBER} ORDER BY e.number",
            exchange.conversation,
            exchange.id,
        )
        return tuple(map(exchange_from, rows))
