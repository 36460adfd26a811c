"""The desk at which programs ask: who asks is looked at first, then the work is done in a bounded way.

REST, the OpenAI protocol and MCP go through it and through nothing else, so that what a person may read and
how much they may ask is decided in one place.
"""

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from assistant.admission import Admission as Door
from assistant.answer import Answer, Conversation
from assistant.answering import Step, accepted_question
from assistant.errors import NoSuchDocuments
from assistant.people.person import Person
from assistant.records.records import Records
from assistant.web.api.answer_threads import AnswerThreads
from assistant.web.api.api_assistant import ApiAssistant
from assistant.web.api.metrics import Metrics, WayIn
from knowledge.findable import passes
from knowledge.policy import Filters

# Called with who asks before a question is taken; raises TooManyQuestions when they have asked enough.
Admission = Callable[[Person], None]

_T = TypeVar("_T")


def everybody(person: Person) -> None:
    """The Admission that lets everybody in, always."""


@dataclass(frozen=True, slots=True)
class AskingDesk:
    """What one application has for programs."""

    assistant: ApiAssistant
    threads: AnswerThreads
    metrics: Metrics
    admit: Admission = everybody
    records: Records | None = None  # in which an answer is kept when that is asked for
    door: Door | None = None

    @property
    def is_live(self) -> bool:
        """Whether questions are taken on: not while the program is being stopped."""
        return self.door is None or not self.door.is_closed

    def seen_by(self, person: Person) -> ApiAssistant:
        """The assistant as that person may use it: what they may not read is not there."""
        return self.assistant.for_collections(person.collections)

    async def steps(
        self,
        person: Person,
        way_in: WayIn,
        question: str,
        conversation: Conversation = (),
        filters: Filters = Filters(),  # noqa: B008 (frozen, no state)
    ) -> AsyncGenerator[Step, None]:
        """The sources, each checked sentence, then the answer.

        Raises BadQuestion, NoSuchDocuments, TooManyQuestions and Busy before the first step, and later what
        answering raises.
        """
        seen = self.seen_by(person)

        def steps() -> Iterator[Step]:
            check_filters(seen, filters)
            yield from seen.steps(question, conversation, filters)

        with self._counting_failures(way_in):
            accepted_question(question, conversation)  # before it takes a place in the queue
            self.admit(person)
            async with aclosing(self.threads.stream(steps)) as made:
                async for step in made:
                    if isinstance(step, Answer):
                        self.metrics.asked(way_in, step)
                    yield step

    async def answer(
        self,
        person: Person,
        way_in: WayIn,
        question: str,
        conversation: Conversation = (),
        filters: Filters = Filters(),  # noqa: B008
    ) -> Answer:
        """The last of the steps; raises what they raise."""
        steps = [step async for step in self.steps(person, way_in, question, conversation, filters)]
        (answer,) = (step for step in steps if isinstance(step, Answer))
        return answer

    async def asked(self, person: Person, way_in: WayIn, work: Callable[[ApiAssistant], _T]) -> _T:
        """What other work than answering gives that counts as a question: a search, a table, a check."""
        seen = self.seen_by(person)
        with self._counting_failures(way_in):
            self.admit(person)
            return await self.threads.run(partial(work, seen))

    async def looked_up(self, person: Person, work: Callable[[ApiAssistant], _T]) -> _T:
        """What is looked up in the library for a person."""
        return await self.threads.run(partial(work, self.seen_by(person)))

    @contextmanager
    def _counting_failures(self, way_in: WayIn) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self.metrics.failed(way_in, error)
            raise


def check_filters(assistant: ApiAssistant, filters: Filters) -> None:
    """Raise NoSuchDocuments when no document passes: a mistyped id is not "not in the documents"."""
    narrowing = replace(filters, as_of=None, include_superseded=False)
    if narrowing != Filters() and not any(passes(entry, filters) for entry in assistant.library.entries()):
        raise NoSuchDocuments("No document of the library passes these filters; leave some of them out.")
