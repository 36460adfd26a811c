"""Conversations of the page go into the records as their answers arrive, and come back from there."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.answering import Sources
from assistant.errors import RecordsUnusable
from assistant.people.person import Person
from assistant.records.records import Records
from assistant.records.reopening import Reopened, reopened
from assistant.records.stored import Kept
from assistant.records.stored_answer import stored_answer
from assistant.web.chat.asking import Keep, View, not_kept
from assistant.web.chat.exchange import Exchange, Exchanges, PageAssistant
from assistant.web.history.on_record import OnRecord
from assistant.web.words import Words

log = logging.getLogger(__name__)


def kept_views(
    views: Iterable[View],
    before: Exchanges,
    person: Person,
    records: Records | None,
    words: Words,
) -> Iterator[View]:
    """The views of asking; the exchange of the last one is kept before it is shown, if its answer is whole.

    An answer that cannot be kept is shown all the same, with one sentence about it.
    """
    for view in views:
        newest = view.exchanges[-1] if len(view.exchanges) > len(before) else None
        if records is None or newest is None or newest.answer is None:
            yield view
            continue
        try:
            answer = stored_answer(newest.answer)
            kept = records.keep(person.name, _conversation(before), newest.question, answer, newest.filters)
        except RecordsUnusable:
            log.exception("An answer could not be kept.")
            yield replace(view, notice=words("records_not_kept"))
        else:
            yield replace(view, exchanges=(*before, replace(newest, record=OnRecord(kept))))


def exchanges_again(
    records: Records | None,
    person: Person,
    conversation: str,
    assistant: PageAssistant,
    keep: Keep = not_kept,
) -> Exchanges:
    """The exchanges of a person's earlier conversation, each with what of its answer stands today.

    () when that person has no such conversation. `keep` is given each, so that its files can be had.
    """
    if records is None:
        return ()
    seen = assistant.for_collections(person.collections)
    return tuple(
        keep(_shown(number, reopened(stored, seen.library, seen.validity)))
        for number, stored in enumerate(records.exchanges(person.name, conversation), start=1)
    )


def _shown(number: int, again: Reopened) -> Exchange:
    stored, answer = again.stored, again.answer
    record = OnRecord(Kept(stored.conversation, stored.id), stored.asked, again.lost, stored.feedback)
    sources = Sources(answer.standalone_question, answer.considered)
    return Exchange(
        number, stored.question, sources, answer.sentences, answer, record, filters=stored.filters
    )


def _conversation(before: Exchanges) -> str | None:
    """The conversation that the exchanges are kept in, None when none of them is."""
    kept = (exchange.record.kept.conversation for exchange in reversed(before) if exchange.record)
    return next(kept, None)
