"""How much one person may ask, whichever way in they use."""

from collections.abc import Callable
from time import monotonic

from assistant.errors import TooManyQuestions
from assistant.people.person import LOCAL_PERSON, Person
from assistant.people.sliding_window import SlidingWindow

ASKS_PER_MINUTE = 15


class AskQuota:
    """The questions of a minute, one count a person over the page, REST, MCP and all others.

    Who sits at a page without a log-in has it for themselves and is not counted.
    """

    def __init__(self, per_minute: int = ASKS_PER_MINUTE, clock: Callable[[], float] = monotonic) -> None:
        self._asked = SlidingWindow(per_minute, clock=clock)

    def take(self, person: Person) -> None:
        """Count a question of this person. Raises TooManyQuestions with the number and when to ask again."""
        if person == LOCAL_PERSON:
            return
        seconds = self._asked.take(person.name)
        if seconds:
            raise TooManyQuestions(self._asked.most, seconds)
