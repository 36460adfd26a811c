"""What one process serves: the assistant, and everything that stands around it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.admission import Admission
from assistant.people.people import People
from assistant.records.records import Records
from knowledge.policy import Language

if TYPE_CHECKING:
    from assistant.desk.desk import Desk
    from assistant.web.api.api_assistant import ApiAssistant

MOST_ANSWERS = 64  # inside and in line, unless the settings say otherwise


@dataclass(frozen=True, slots=True)
class Site:
    """What `build_app` makes an application of; by default the page of whoever sits at this machine."""

    assistant: "ApiAssistant"
    language: Language = "en"  # in which the page opens
    people: People = field(default_factory=People)  # who may use it, and what is written down of that
    records: Records | None = None  # of conversations; None keeps nothing
    desk: "Desk | None" = None  # of the maintainers; None where there is none
    evals_folder: Path = Path("evals/runs")
    door: Admission = field(default_factory=lambda: Admission(MOST_ANSWERS, 0))  # that questions go through
