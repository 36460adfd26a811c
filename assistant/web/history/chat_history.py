"""The history's part of the chat page: the link to the list, and an earlier conversation opened from there.

The address of the page names the conversation that it shows, so that going back or loading it again brings
the conversation back; history.js keeps it so.
"""

from collections.abc import Callable
from html import escape
from typing import Any

import gradio as gr

from assistant.errors import RecordsUnusable
from assistant.people.person import Person
from assistant.records.records import Records
from assistant.web.asker import asker_of_event
from assistant.web.chat.asking import Keep, View
from assistant.web.chat.exchange import Exchanges, PageAssistant
from assistant.web.history.keeping import exchanges_again
from assistant.web.words import Words
from knowledge.policy import Language

# The page's own event: it was opened at the address of a conversation. Not before the page has drawn itself
# for the first time (DRAWN), or the empty page could come later and take the conversation's place.
_OPENED_AT_CONVERSATION = """
const conversation = new URLSearchParams(location.search).get('conversation');
const reopen = () => trigger('reopen', {conversation});
if (conversation && window.pageIsDrawn) reopen();
else if (conversation) window.addEventListener('page-drawn', reopen, {once: true});
"""
DRAWN = "() => { window.pageIsDrawn = true; window.dispatchEvent(new Event('page-drawn')); }"
_CLOCK = (
    '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.8"'
    ' stroke-linecap="round" aria-hidden="true" focusable="false"><circle cx="12" cy="12" r="8.5"/>'
    '<path d="M12 7.5V12l3 2"/></svg>'
)


def lay_out_history(words: Words, records: Records | None) -> gr.HTML:
    """The link in the head of the page; there is none where nothing is kept."""
    return gr.HTML(
        history_link(words, records),
        elem_id="history",
        apply_default_css=False,
        js_on_load=_OPENED_AT_CONVERSATION,
    )


def history_link(words: Words, records: Records | None) -> str:
    """The link to the list of earlier conversations."""
    if records is None:
        return ""
    label = escape(words("records_history"))
    return (
        f'<a class="history" href="/conversations?lang={words.language}" title="{label}"'
        f' data-gone="{escape(words("records_gone"))}">{_CLOCK}<span>{label}</span></a>'
    )


def open_conversations(
    link: gr.HTML,
    records: Records | None,
    assistant: PageAssistant,
    keep_for: Callable[[Person], Keep],
    show: Callable[[View, Words, Person], dict[Any, Any]],
    state: list[gr.State],
    changed: list[Any],
    **event: Any,
) -> None:
    """When the page is opened at the address of the asker's conversation, `show` it, else say it is gone.

    Each answer is kept for whom `keep_for` is asked, so that its files can be had as those of a fresh one.
    """

    def reopen(
        shown: Exchanges, language: Language, opened: gr.EventData, request: gr.Request
    ) -> dict[Any, Any]:
        words, person = Words(language), asker_of_event(request)
        try:
            again = exchanges_again(records, person, str(opened.conversation), assistant, keep_for(person))
        except RecordsUnusable:
            return show(View(shown, notice=words("records_failed")), words, person)
        return show(View(again, notice="" if again else words("records_gone")), words, person)

    link.reopen(reopen, state, changed, **event)
