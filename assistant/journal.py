"""What is written down about each question: who asked, what became of it and how long each step took.

Never what was asked, unless it is made so.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.answering import Step
from assistant.asked_by import AskedBy, who_asks
from assistant.errors import AssistantError
from assistant.log_lines import told
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Account:
    """One question, once it has ended."""

    what: str  # "question" or "guidance"
    outcome: str  # that of the answer, or: refused, failed, abandoned
    asker: AskedBy
    began: float  # seconds since the epoch
    seconds: float
    steps: tuple[tuple[str, float], ...] = ()  # (step, seconds), in order


Trace = Callable[[Account], None]


@dataclass(frozen=True, slots=True)
class Journal:
    """Writes one line of the log a question, and hands the same account to a tracer."""

    with_questions: bool = False
    trace: Trace | None = None

    def followed(self, question: str, steps: Iterator[Step]) -> Iterator[Step]:
        """The same steps; when they have ended, however they end, the account is written."""
        answer: Answer | None = None
        with self._account("question", question) as ended:
            for step in steps:
                if isinstance(step, Answer):
                    answer = step
                    ended(answer)
                yield step

    @contextmanager
    def guidance(self, description: str) -> Iterator[None]:
        """Around the making of a guidance table."""
        with self._account("guidance", description):
            yield

    @contextmanager
    def _account(self, what: str, text: str) -> Iterator[Callable[[Answer], None]]:
        asker, began, start = who_asks(), time.time(), time.perf_counter()
        answers: list[Answer] = []
        outcome = "failed"
        try:
            yield answers.append
            outcome = answers[0].outcome if answers else "done"
        except GeneratorExit:  # whoever asked has gone away, or looked at the first steps only
            outcome = answers[0].outcome if answers else "abandoned"
            raise
        except (AssistantError, KnowledgeError) as refusal:
            outcome = f"refused: {type(refusal).__name__}"
            raise
        finally:
            steps = answers[0].seconds if answers else ()
            account = Account(what, outcome, asker, began, time.perf_counter() - start, steps)
            self._write(account, answers[0] if answers else None, text)

    def _write(self, account: Account, answer: Answer | None, text: str) -> None:
        log.info(
            account.what,
            extra=told(
                outcome=account.outcome,
                person=account.asker.person,
                request=account.asker.request,
                seconds=round(account.seconds, 3),
                steps={name: round(seconds, 3) for name, seconds in account.steps} or None,
                language=answer.language if answer else None,
                sentences=len(answer.sentences) if answer else None,
                withheld=answer.withheld if answer else None,
                fault=(answer.fault or None) if answer else None,
                text=text if self.with_questions else None,
            ),
        )
        if self.trace is not None:
            self.trace(account)
