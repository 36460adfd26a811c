"""A question asked on the page, as the views that follow one another while its answer arrives."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.errors import AssistantError, NoSuchDocuments
from assistant.web.chat.chosen_filters import filters_from
from assistant.web.chat.exchange import Exchange, Exchanges, PageAssistant, conversation_of
from assistant.web.chat.next_clauses import next_clauses
from assistant.web.documents.reference_links import documents_named
from assistant.web.error_text import error_text
from assistant.web.words import Words
from knowledge.errors import KnowledgeError
from knowledge.findable import passes
from knowledge.policy import Filters

log = logging.getLogger(__name__)

AT_ONCE = 0.1  # seconds

Keep = Callable[[Exchange], Exchange]


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows at one moment: the conversation, the text in the question box, one line to read."""

    exchanges: Exchanges
    box: str | None = None  # None leaves in the box what has been typed since
    notice: str = ""


def not_kept(exchange: Exchange) -> Exchange:
    """Leaves an answered exchange as it is: no file of it can be had."""
    return exchange


def not_counted(_came_of: Answer | Exception) -> None:
    """Nothing is told of what came of a question."""


def views_of_asking(
    assistant: PageAssistant,
    asked: str,
    before: Exchanges,
    words: Words,
    *,
    chosen: str = "",
    keep: Keep = not_kept,
    take: Callable[[], None] = lambda: None,
    count: Callable[[Answer | Exception], None] = not_counted,
) -> Iterator[View]:
    """The views from the question to its whole answer; a blank question changes nothing.

    `chosen` are the filters as the browser sends them; `keep` is given the exchange once it is answered,
    `take` counts the question for who asks it, raising TooManyQuestions, and `count` what came of it. When
    answering fails, the last view is the conversation as it was, with the question back in its box and one
    sentence to read: half an answer is never left standing as a whole one.
    """
    if not asked.strip():
        return
    # A lone surrogate cannot be sent back to a browser; `steps` refuses the question as it came.
    readable = asked.encode("utf-8", "replace").decode("utf-8")
    try:
        take()
        filters = filters_from(chosen)
        exchange = Exchange(len(before) + 1, readable, filters=filters)
        yield View((*before, exchange), box="")
        if not _any_passes(assistant, filters):
            count(NoSuchDocuments("No document passes these filters."))
            yield View(before, readable, words("ask_no_document"))
            return
        for step in assistant.steps(asked, conversation_of(before), filters):
            exchange = exchange.after(step)
            if isinstance(step, Answer):
                count(step)
                exchange = keep(_with_next_clauses(exchange, step, assistant))
            yield View((*before, exchange))
    except (AssistantError, KnowledgeError) as error:
        count(error)
        yield View(before, readable, error_text(error, words))
    except Exception as error:  # the reader gets a sentence, the log the traceback
        count(error)
        log.exception("The question could not be answered.")
        yield View(before, readable, words("failed"))


def paced(views: Iterable[View], clock: Callable[[], float] = time.monotonic) -> Iterator[View]:
    """The views without those of sentences that come at once: drawing each costs more than it shows.

    A sentence that comes within AT_ONCE of what was drawn last is shown with the next view. Answers in the
    documents' own words follow their sources so soon that they are drawn as a whole.
    """
    last = clock()
    held: View | None = None
    for view in views:
        newest = view.exchanges[-1] if view.exchanges else None
        is_a_sentence = newest is not None and newest.answer is None and bool(newest.sentences)
        if is_a_sentence and clock() - last < AT_ONCE:
            held = view
            continue
        held = None
        yield view
        last = clock()
    if held is not None:
        yield held


def _any_passes(assistant: PageAssistant, filters: Filters) -> bool:
    """Whether an answer could be found at all; "not in the documents" must not be said of no document."""
    unrestricted = filters == Filters(as_of=filters.as_of, include_superseded=filters.include_superseded)
    return unrestricted or any(passes(entry, filters) for entry in assistant.library.entries())


def _with_next_clauses(exchange: Exchange, answer: Answer, assistant: PageAssistant) -> Exchange:
    library = assistant.library
    return replace(exchange, read_next=next_clauses(answer, library.sections, documents_named(library)))
