"""The chat page in Gradio: what a click or a key press on one of its parts leads to.

What the parts show is made by transcript and source_cards; what a click on a mark does is in page.js.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr
from starlette.middleware import Middleware

from assistant.people.person import Person
from assistant.records.records import Records
from assistant.web.api.metrics import Metrics
from assistant.web.asker import asker_of_event, in_the_name_of, scope_of
from assistant.web.chat.asking import Keep, View, paced, views_of_asking
from assistant.web.chat.documents_at_hand import DocumentsAtHand
from assistant.web.chat.exchange import Exchanges
from assistant.web.chat.page_parts import HEAD, Parts, brand_html, lay_out, notice_html, side_html
from assistant.web.chat.shown_answers import ShownAnswers
from assistant.web.chat.transcript import transcript_html
from assistant.web.chat.turning_away import Arrivals, TurningAway
from assistant.web.guidance.guidance_page import answer_descriptions
from assistant.web.history.chat_history import DRAWN, history_link, open_conversations
from assistant.web.history.keeping import kept_views
from assistant.web.people.person_mark import show_person
from assistant.web.site import Site
from assistant.web.words import Words
from knowledge.policy import Document, Language

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio.events import Dependency

# Gradio must never be what a question waits for, as nobody could be told so: `admission` has the line and the
# words. So it has a thread for each question in line and some to turn others away, and an endless queue.
_SPARE_THREADS = 16
_LONGEST_QUEUE = 1_000

# What filters.js holds of the chosen filters goes with every question.
_WITH_FILTERS = "(chosen, ...others) => [window.chosenFilters?.() ?? '', ...others]"

Changes = dict[Any, Any]  # new values by component, as Gradio takes them
_QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def mount_page(app: "FastAPI", site: Site, shown: ShownAnswers, metrics: Metrics) -> None:
    """Add the page of a site at the root of an application; answers are kept in `shown` and counted."""
    # The reader's own fonts; the colours are --desk of document.css, seen before that file has come.
    theme = gr.themes.Base(font=[gr.themes.Font("sans-serif")], font_mono=[gr.themes.Font("monospace")])
    arrivals = Arrivals(site.door.most)
    page, asks = _page(site, shown, metrics, arrivals)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        app_kwargs={"middleware": [Middleware(TurningAway, arrivals=arrivals, asks=asks)]},
        theme=theme.set(body_background_fill="#f3f5f7", body_background_fill_dark="#10181f"),
        head=HEAD,
        footer_links=[],
        show_error=False,
        run_history=False,
        ssr_mode=False,
        max_file_size=0,
    )


def _page(
    site: Site, shown: ShownAnswers, metrics: Metrics, arrivals: Arrivals
) -> tuple[gr.Blocks, list[int]]:
    """The page, and the ids of its events that ask a question."""
    at_hand = DocumentsAtHand(site.assistant)
    page: gr.Blocks = gr.Blocks(
        title=Words(site.language)("product"), fill_width=True, analytics_enabled=False
    )
    with page:
        parts = lay_out(site.language, site.records)
        asks = _answer_questions(parts, site, shown, at_hand, metrics, arrivals)
        switched = _switch_languages(parts, at_hand, site.records)
        if site.people.log_in is not None:
            show_person(page, parts.person, parts.language, switched)
        answer_descriptions(
            parts.guidance, site.assistant, parts.language, switched, parts.modes, site.people.quota
        )
        _list_documents(page, parts, at_hand)
    page.max_threads = site.door.most + _SPARE_THREADS
    page.queue(max_size=_LONGEST_QUEUE, default_concurrency_limit=None, api_open=False)
    return page, asks


def _list_documents(page: gr.Blocks, parts: Parts, at_hand: DocumentsAtHand) -> None:
    def listed(shown: Exchanges, language: Language, sent: gr.Request) -> str:
        return transcript_html(shown, at_hand.of(asker_of_event(sent)), Words(language))

    first = page.load(listed, [parts.exchanges, parts.language], [parts.transcript], **_QUIETLY)
    first.then(None, js=DRAWN, api_visibility="private")


def _answer_questions(
    parts: Parts,
    site: Site,
    shown: ShownAnswers,
    at_hand: DocumentsAtHand,
    metrics: Metrics,
    arrivals: Arrivals,
) -> list[int]:
    def show(view: View, words: Words, person: Person) -> Changes:
        box: Changes = {} if view.box is None else {parts.question: view.box}
        kept: Changes = {parts.exchanges: view.exchanges, parts.notice: notice_html(view.notice)}
        return _drawn(parts, view.exchanges, at_hand.of(person), words) | kept | box

    def keep_for(person: Person) -> Keep:
        return partial(shown.keep, person=person)

    def ask(
        chosen: str, asked: str, before: Exchanges, language: Language, sent: gr.Request
    ) -> Iterator[Changes]:
        words, person = Words(language), asker_of_event(sent)
        seen, keep = site.assistant.for_collections(person.collections), keep_for(person)
        take = partial(site.people.quota.take, person)
        count = partial(metrics.came_of, "page")
        views = views_of_asking(seen, asked, before, words, chosen=chosen, keep=keep, take=take, count=count)
        kept = kept_views(views, before, person, site.records, words)
        try:
            for view in paced(in_the_name_of(scope_of(sent), kept)):
                yield show(view, words, person)
        finally:
            arrivals.went(sent.session_hash)

    def ask_example(
        chosen: str, before: Exchanges, language: Language, click: gr.EventData, sent: gr.Request
    ) -> Iterator[Changes]:
        yield from ask(chosen, str(click.question), before, language, sent)

    def start_anew(language: Language, sent: gr.Request) -> Changes:
        return show(View((), box=""), Words(language), asker_of_event(sent))

    changed = [parts.transcript, parts.sources, parts.exchanges, parts.question, parts.notice]
    state = [parts.exchanges, parts.language]
    answering = _QUIETLY | {"concurrency_limit": None, "trigger_mode": "once", "js": _WITH_FILTERS}
    sent = [parts.ask.click, parts.question.submit]
    typed = gr.on(sent, ask, [parts.chosen, parts.question, *state], changed, **answering)
    tried = parts.transcript.example(ask_example, [parts.chosen, *state], changed, **answering)
    # Two events: in a single one, the stream that is cancelled takes the reply with it.
    stopped = parts.fresh.click(None, cancels=[typed, tried], **_QUIETLY)
    stopped.then(start_anew, [parts.language], changed, **_QUIETLY)
    open_conversations(
        parts.history, site.records, site.assistant, keep_for, show, state, changed, **_QUIETLY
    )
    return [typed["id"], tried["id"]]


def _switch_languages(parts: Parts, at_hand: DocumentsAtHand, records: Records | None) -> "Dependency":
    def switch(shown: Exchanges, language: Language, sent: gr.Request) -> Changes:
        words, documents = Words(Words(language).other_language), at_hand.of(asker_of_event(sent))
        return _drawn(parts, shown, documents, words) | {
            parts.language: words.language,
            parts.brand: brand_html(words),
            parts.history: history_link(words, records),
            parts.fresh: gr.Button(words("new_conversation")),
            parts.switch: gr.Button(words("switch_language")),
            parts.question: gr.Textbox(label=words("question"), placeholder=words("placeholder")),
            parts.ask: gr.Button(words("ask")),
        }

    changed = [parts.transcript, parts.sources, parts.language]
    labelled = [parts.brand, parts.history, parts.fresh, parts.switch, parts.question, parts.ask]
    return parts.switch.click(switch, [parts.exchanges, parts.language], [*changed, *labelled], **_QUIETLY)


def _drawn(parts: Parts, shown: Exchanges, documents: Sequence[Document], words: Words) -> Changes:
    return {
        parts.transcript: transcript_html(shown, documents, words),
        parts.sources: side_html(shown, words),
    }
