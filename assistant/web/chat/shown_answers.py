"""The answers that were shown lately, so that each can be had as a file exactly as it was shown."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from assistant.people.person import Person
from assistant.web.chat.exchange import Exchange

_MOST_KEPT = 500  # answers of all people together; each holds the ten passages that were found


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One answered exchange, for whom it was made, and when (with a time zone)."""

    exchange: Exchange
    person: str
    made: datetime


class ShownAnswers:
    """Keeps the latest answers, each under a name that nobody can guess; safe to use from several threads."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._kept: OrderedDict[str, ShownAnswer] = OrderedDict()
        self._lock = Lock()

    def keep(self, exchange: Exchange, person: Person) -> Exchange:
        """The exchange with the key under which it is kept, for this person alone."""
        keyed = replace(exchange, key=secrets.token_urlsafe(16))
        with self._lock:
            self._kept[keyed.key] = ShownAnswer(keyed, person.name, datetime.now().astimezone())
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return keyed

    def find(self, key: str, person: Person) -> ShownAnswer | None:
        """What was kept under that key; None when it is kept no longer, or was made for somebody else."""
        with self._lock:
            kept = self._kept.get(key)
        return kept if kept is not None and kept.person == person.name else None
