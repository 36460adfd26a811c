"""What is kept of one exchange of the page, as the page needs to know it."""

from dataclasses import dataclass

from assistant.records.reopening import Lost
from assistant.records.stored import Feedback, Kept


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Where an exchange is kept; of one opened again, also when it was asked and what of it is lost."""

    kept: Kept
    asked: str = ""  # ISO 8601; empty for one that was asked just now
    lost: tuple[Lost, ...] = ()
    feedback: Feedback | None = None
