"""A question asked on the page, as the views that follow one another while its answer arrives."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.errors import AssistantError, TooBusy
from assistant.web.exchange import Exchange, Exchanges, PageAssistant, conversation_of
from assistant.web.words import Words
from knowledge.errors import KnowledgeError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows at one moment: the conversation, the text in the question box, one line to read."""

    exchanges: Exchanges
    box: str | None = None  # None leaves in the box what has been typed since
    notice: str = ""


def views_of_asking(assistant: PageAssistant, asked: str, before: Exchanges, words: Words) -> Iterator[View]:
    """The views from the question to its whole answer; a blank question changes nothing.

    When answering fails, the last view is the conversation as it was, with the question back in its
    box and one sentence to read: half an answer is never left standing as a whole one.
    """
    if not asked.strip():
        return
    # A lone surrogate cannot be sent back to a browser; `steps` refuses the question as it came.
    readable = asked.encode("utf-8", "replace").decode("utf-8")
    exchange = Exchange(len(before) + 1, readable)
    yield View((*before, exchange), box="")
    try:
        for step in assistant.steps(asked, conversation_of(before)):
            exchange = exchange.after(step)
            yield View((*before, exchange))
    except TooBusy as busy:
        yield View(before, readable, words("running_stopping" if busy.stopping else "running_busy"))
    except (AssistantError, KnowledgeError) as error:
        yield View(before, readable, str(error))
    except Exception:  # whatever else goes wrong, the reader gets a sentence and the log the traceback
        log.exception("The question could not be answered.")
        yield View(before, readable, words("failed"))
