"""The page with the scripted assistant behind a narrow door, with a log: one question at a time, one in line.

Run it with `python -m tests.web.guarded_page`; it listens on a free port and logs JSON to standard error.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.admission import Admission
from assistant.answering import Step
from assistant.journal import Journal
from tests.web.scripted_assistant import ScriptedAssistant

SECONDS_A_STEP = 1.0


@dataclass(frozen=True)
class GuardedAssistant(ScriptedAssistant):
    """Asks the door and keeps the journal, as `Assistant` does."""

    pause: float = SECONDS_A_STEP
    door: Admission = field(default_factory=lambda: Admission(1, 1))
    journal: Journal = field(default_factory=Journal)

    def for_collections(self, collections: frozenset[str] | None) -> "GuardedAssistant":
        return self

    def steps(self, question: str, *others: Any, **more: Any) -> Iterator[Step]:
        def admitted() -> Iterator[Step]:
            with self.door.admitted():
                yield from ScriptedAssistant.steps(self, question, *others, **more)

        return self.journal.followed(question, admitted())


if __name__ == "__main__":
    from assistant.log_lines import open_log
    from assistant.web.server import build_app, listening, run_page
    from assistant.web.site import Site
    from tests.network_guard import forbid_network

    forbid_network()
    open_log("json", "info")
    assistant = GuardedAssistant()
    with listening("127.0.0.1", 0) as listener:
        site = Site(assistant, door=assistant.door)
        run_page(site, build_app(site), listener)
