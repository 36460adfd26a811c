"""The chat page in Gradio: its parts, and what a click or a key press on them leads to.

What the parts show is made by transcript and source_cards; what a click on a mark does is in page.js.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.people.person import Person
from assistant.records.records import Records
from assistant.web.asker import asker_of_event, in_the_name_of, scope_of
from assistant.web.chat.asking import View, paced, views_of_asking
from assistant.web.chat.documents_at_hand import DocumentsAtHand
from assistant.web.chat.exchange import Exchanges
from assistant.web.chat.shown_answers import ShownAnswers
from assistant.web.chat.source_cards import sources_html
from assistant.web.chat.transcript import transcript_html
from assistant.web.guidance.guidance_page import (
    GuidanceParts,
    answer_descriptions,
    lay_out_guidance,
    modes_html,
)
from assistant.web.history.chat_history import history_link, lay_out_history, open_conversations
from assistant.web.history.keeping import kept_views
from assistant.web.people.person_mark import lay_out_person, show_person
from assistant.web.site import Site
from assistant.web.words import Words
from knowledge.policy import Document, Language

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio.events import Dependency

HEAD = (
    '<link rel="stylesheet" href="/page-files/document.css">'
    '<link rel="stylesheet" href="/page-files/style.css">'
    '<link rel="stylesheet" href="/page-files/guidance.css">'
    '<link rel="stylesheet" href="/page-files/bar.css">'
    '<link rel="stylesheet" href="/page-files/history.css">'
    '<link rel="stylesheet" href="/page-files/ask.css">'
    '<link rel="icon" href="/page-files/icon.svg">'
    '<script src="/page-files/page.js" defer></script>'
    '<script src="/page-files/ask.js" defer></script>'
    '<script src="/page-files/filters.js" defer></script>'
    '<script src="/page-files/guidance.js" defer></script>'
    '<link rel="stylesheet" href="/page-files/people.css">'
    '<script src="/page-files/people.js" defer></script>'
    '<meta name="referrer" content="same-origin">'  # the log-out form says to our own page where it is from
    '<script src="/page-files/history.js" defer></script>'
    '<script src="/page-files/bar.js" defer></script>'
)
# Gradio must never be what a question waits for, as nobody could be told so: `admission` has the line and the
# words. So it has a thread for each question in line and some to turn others away, and an endless queue.
_SPARE_THREADS = 16
_LONGEST_QUEUE = 1_000

# The page's own event: a click on a question to try.
_EXAMPLE_CLICKED = """
element.addEventListener('click', (event) => {
  const example = event.target.closest('.example');
  if (example) trigger('example', {question: example.textContent});
});
"""

# What filters.js holds of the chosen filters goes with every question.
_WITH_FILTERS = "(chosen, ...others) => [window.chosenFilters?.() ?? '', ...others]"

Changes = dict[Any, Any]  # new values by component, as Gradio takes them
_QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events read and change."""

    brand: gr.HTML
    modes: gr.HTML
    fresh: gr.Button
    switch: gr.Button
    person: gr.HTML
    transcript: gr.HTML
    notice: gr.HTML
    question: gr.Textbox
    ask: gr.Button
    sources: gr.HTML
    chosen: gr.Textbox  # never seen: the filters, as the browser sends them
    exchanges: gr.State  # Exchanges
    language: gr.State  # Language
    guidance: GuidanceParts
    history: gr.HTML


def mount_page(app: "FastAPI", site: Site, shown: ShownAnswers) -> None:
    """Add the page of a site to an application, at its root; its answers are kept in `shown`."""
    # The reader's own fonts; the colours are --desk of document.css, seen before that file has come.
    theme = gr.themes.Base(font=[gr.themes.Font("sans-serif")], font_mono=[gr.themes.Font("monospace")])
    gr.mount_gradio_app(
        app,
        _page(site, shown),
        path="/",
        theme=theme.set(body_background_fill="#f3f5f7", body_background_fill_dark="#10181f"),
        head=HEAD,
        footer_links=[],
        show_error=False,
        run_history=False,
        ssr_mode=False,
        max_file_size=0,
    )


def _page(site: Site, shown: ShownAnswers) -> gr.Blocks:
    at_hand = DocumentsAtHand(site.assistant)
    page: gr.Blocks = gr.Blocks(
        title=Words(site.language)("product"), fill_width=True, analytics_enabled=False
    )
    with page:
        parts = _lay_out(site.language, site.records)
        _answer_questions(parts, site, shown, at_hand)
        switched = _switch_languages(parts, at_hand, site.records)
        if site.people.log_in is not None:
            show_person(page, parts.person, parts.language, switched)
        answer_descriptions(
            parts.guidance, site.assistant, parts.language, switched, parts.modes, site.people.quota
        )
        _list_documents(page, parts, at_hand)
    page.max_threads = site.door.most + _SPARE_THREADS
    page.queue(max_size=_LONGEST_QUEUE, default_concurrency_limit=None, api_open=False)
    return page


def _lay_out(language: Language, records: Records | None) -> Parts:
    words = Words(language)
    plain: dict[str, Any] = {"apply_default_css": False}
    with gr.Row(elem_id="masthead"):
        brand = gr.HTML(_brand(words), elem_id="brand", js_on_load=None, **plain)
        modes = gr.HTML(modes_html(words), elem_id="modes", js_on_load=None, **plain)
        history = lay_out_history(words, records)
        fresh = gr.Button(words("new_conversation"), elem_id="new-conversation", size="sm")
        switch = gr.Button(words("switch_language"), elem_id="switch-language", size="sm")
        person = lay_out_person()
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            # The page is laid out once for all who open it: what they may read is listed when they do.
            welcome = transcript_html((), (), words)
            transcript = gr.HTML(welcome, elem_id="transcript", js_on_load=_EXAMPLE_CLICKED, **plain)
            with gr.Column(elem_id="foot"):
                notice = gr.HTML("", elem_id="notice", js_on_load=None, **plain)
                gr.HTML('<div class="filter-bar"></div>', elem_id="filters", js_on_load=None, **plain)
                chosen = gr.Textbox(visible=False)
                with gr.Row(elem_id="composer"):
                    question = gr.Textbox(
                        label=words("question"),
                        placeholder=words("placeholder"),
                        show_label=False,
                        container=False,
                        lines=1,
                        max_lines=6,
                        elem_id="question",
                    )
                    ask = gr.Button(words("ask"), variant="primary", elem_id="ask")
        with gr.Column(elem_id="side"):
            sources = gr.HTML(_side((), words), elem_id="sources", js_on_load=None, **plain)
    guidance = lay_out_guidance(words)
    kept, speaking = gr.State(()), gr.State(language)
    return Parts(
        brand,
        modes,
        fresh,
        switch,
        person,
        transcript,
        notice,
        question,
        ask,
        sources,
        chosen,
        kept,
        speaking,
        guidance,
        history,
    )


def _list_documents(page: gr.Blocks, parts: Parts, at_hand: DocumentsAtHand) -> None:
    def listed(shown: Exchanges, language: Language, sent: gr.Request) -> str:
        return transcript_html(shown, at_hand.of(asker_of_event(sent)), Words(language))

    page.load(listed, [parts.exchanges, parts.language], [parts.transcript], **_QUIETLY)


def _answer_questions(parts: Parts, site: Site, shown: ShownAnswers, at_hand: DocumentsAtHand) -> None:
    def show(view: View, words: Words, person: Person) -> Changes:
        box: Changes = {} if view.box is None else {parts.question: view.box}
        kept: Changes = {parts.exchanges: view.exchanges, parts.notice: _notice(view.notice)}
        return _drawn(parts, view.exchanges, at_hand.of(person), words) | kept | box

    def ask(
        chosen: str, asked: str, before: Exchanges, language: Language, sent: gr.Request
    ) -> Iterator[Changes]:
        words, person = Words(language), asker_of_event(sent)
        seen, keep = site.assistant.for_collections(person.collections), partial(shown.keep, person=person)
        take = partial(site.people.quota.take, person)
        views = views_of_asking(seen, asked, before, words, chosen=chosen, keep=keep, take=take)
        kept = kept_views(views, before, person, site.records, words)
        for view in paced(in_the_name_of(scope_of(sent), kept)):
            yield show(view, words, person)

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
    open_conversations(parts.history, site.records, site.assistant, show, state, changed, **_QUIETLY)


def _switch_languages(parts: Parts, at_hand: DocumentsAtHand, records: Records | None) -> "Dependency":
    def switch(shown: Exchanges, language: Language, sent: gr.Request) -> Changes:
        words, documents = Words(Words(language).other_language), at_hand.of(asker_of_event(sent))
        return _drawn(parts, shown, documents, words) | {
            parts.language: words.language,
            parts.brand: _brand(words),
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
    return {parts.transcript: transcript_html(shown, documents, words), parts.sources: _side(shown, words)}


def _brand(words: Words) -> str:
    """The product's name, and what page.js has to say in the language of the page."""
    language = "zh-CN" if words.language == "zh" else "en"
    return (
        f'<div class="brand" lang="{language}" data-page-language="{language}"'
        f' data-opening="{escape(words("opening"))}" data-cannot-open="{escape(words("cannot_open"))}"'
        f' data-viewer="{escape(words("viewer"))}" data-close="{escape(words("close"))}"'
        f' data-own-page="{escape(words("own_page"))}">'
        f'<span class="seal" aria-hidden="true"></span><div class="names">'
        f"<h1>{escape(words('product'))}</h1>"
        f'<span class="tagline">{escape(words("tagline"))}</span></div></div>'
    )


def _side(shown: Exchanges, words: Words) -> str:
    heading = f'<h2 class="side-heading">{escape(words("sources"))}</h2>'
    close = f'<button type="button" class="quiet close-sources">{escape(words("close"))}</button>'
    body = sources_html(shown, words)
    return f'<div class="side-bar">{heading}{close}</div><div class="side-body">{body}</div>'


def _notice(sentence: str) -> str:
    return f'<p class="notice" role="alert">{escape(sentence)}</p>' if sentence else ""
