"""The parts of the chat page, where they stand, and what each shows in a language."""

from dataclasses import dataclass
from html import escape
from typing import Any

import gradio as gr

from assistant.records.records import Records
from assistant.web.chat.exchange import Exchanges
from assistant.web.chat.source_cards import sources_html
from assistant.web.chat.transcript import transcript_html
from assistant.web.guidance.guidance_page import GuidanceParts, lay_out_guidance, modes_html
from assistant.web.history.chat_history import lay_out_history
from assistant.web.people.person_mark import lay_out_person
from assistant.web.words import Words
from knowledge.policy import Language

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
# The page's own event: a click on a question to try.
_EXAMPLE_CLICKED = """
element.addEventListener('click', (event) => {
  const example = event.target.closest('.example');
  if (example) trigger('example', {question: example.textContent});
});
"""


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


def lay_out(language: Language, records: Records | None) -> Parts:
    """Make the parts, inside the blocks that are open."""
    words = Words(language)
    plain: dict[str, Any] = {"apply_default_css": False}
    with gr.Row(elem_id="masthead"):
        brand = gr.HTML(brand_html(words), elem_id="brand", js_on_load=None, **plain)
        modes = gr.HTML(modes_html(words), elem_id="modes", js_on_load=None, **plain)
        history = lay_out_history(words, records)
        fresh = gr.Button(words("new_conversation"), elem_id="new-conversation", size="sm")
        switch = gr.Button(words("switch_language"), elem_id="switch-language", size="sm")
        person = lay_out_person()
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            # The page is laid out once for all who open it: what they may read is listed when they do.
            welcome = f"<div data-unlisted>{transcript_html((), (), words)}</div>"
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
            sources = gr.HTML(side_html((), words), elem_id="sources", js_on_load=None, **plain)
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


def brand_html(words: Words) -> str:
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


def side_html(shown: Exchanges, words: Words) -> str:
    """The column of the sources."""
    heading = f'<h2 class="side-heading">{escape(words("sources"))}</h2>'
    close = f'<button type="button" class="quiet close-sources">{escape(words("close"))}</button>'
    body = sources_html(shown, words)
    return f'<div class="side-bar">{heading}{close}</div><div class="side-body">{body}</div>'


def notice_html(sentence: str) -> str:
    """One line to read above the question box; empty for none."""
    return f'<p class="notice" role="alert">{escape(sentence)}</p>' if sentence else ""
