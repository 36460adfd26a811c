"""The second mode of the page: describe a business, read the table; guidance.js turns to it and back."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.errors import AssistantError, Busy, TooManyQuestions
from assistant.guidance.guidance import Guidance
from assistant.guidance.saving import SUFFIXES, as_file
from assistant.people.ask_quota import AskQuota
from assistant.web.asker import asker_of, asker_of_event, asks_as_sent, scope_of
from assistant.web.chat.exchange import PageAssistant
from assistant.web.error_text import error_text
from assistant.web.guidance.guidance_table import guidance_html
from assistant.web.words import Words, words_of
from knowledge.errors import KnowledgeError
from knowledge.policy import Language

if TYPE_CHECKING:
    from fastapi import FastAPI
    from gradio.events import Dependency

_MEDIA_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
_QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class GuidanceParts:
    """The components of the mode."""

    opening: gr.HTML
    description: gr.Textbox
    check: gr.Button
    table: gr.HTML
    guidance: gr.State  # Guidance | None


def modes_html(words: Words) -> str:
    """The two buttons in the head of the page."""
    buttons = "".join(
        f'<button type="button" class="mode" data-mode="{mode}" aria-pressed="false">'
        f"{escape(words(key))}</button>"
        for mode, key in (("ask", "mode_ask"), ("guidance", "mode_guidance"))
    )
    return f'<nav class="modes" aria-label="{escape(words("modes"))}">{buttons}</nav>'


def lay_out_guidance(words: Words) -> GuidanceParts:
    """The mode's column; it is shown when the page is turned to it."""
    plain: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
    with gr.Column(elem_id="guidance"):
        opening = gr.HTML(_opening(words), elem_id="guidance-opening", **plain)
        with gr.Row(elem_id="guidance-composer"):
            description = gr.Textbox(
                label=words("description"),
                placeholder=words("description_placeholder"),
                show_label=False,
                container=False,
                lines=3,
                max_lines=10,
                max_length=2_000,
                elem_id="description",
            )
            check = gr.Button(words("check"), variant="primary", elem_id="check")
        table = gr.HTML("", elem_id="guidance-table", **plain)
    return GuidanceParts(opening, description, check, table, gr.State(None))


def answer_descriptions(
    parts: GuidanceParts,
    assistant: PageAssistant,
    language: gr.State,
    switched: "Dependency",
    modes: gr.HTML,
    quota: AskQuota,
) -> None:
    """What the mode does: a table for a description, and everything anew when the language has changed."""

    def check(description: str, speaking: Language, sent: gr.Request) -> Iterator[dict[Any, Any]]:
        words, person = Words(speaking), asker_of_event(sent)
        if not description.strip():
            return
        yield {parts.table: _working(words)}
        asks_as_sent(scope_of(sent))  # here, because Gradio takes each step in a task of its own
        try:
            quota.take(person)
            guidance = assistant.for_collections(person.collections).guidance(description)
        except (AssistantError, KnowledgeError) as error:
            yield {parts.table: _refused(error_text(error, words)), parts.guidance: None}
        except Exception:  # whatever else goes wrong, the reader gets a sentence and the log the traceback
            log.exception("The guidance could not be made.")
            yield {parts.table: _refused(words("failed")), parts.guidance: None}
        else:
            yield {parts.table: guidance_html(guidance, words), parts.guidance: guidance}

    def speak(speaking: Language, guidance: Guidance | None) -> dict[Any, Any]:
        words = Words(speaking)
        return {
            modes: modes_html(words),
            parts.opening: _opening(words),
            parts.description: gr.Textbox(
                label=words("description"), placeholder=words("description_placeholder")
            ),
            parts.check: gr.Button(words("check")),
            parts.table: guidance_html(guidance, words) if guidance else "",
        }

    asking = _QUIETLY | {"concurrency_limit": None, "trigger_mode": "once"}
    gr.on(
        [parts.check.click, parts.description.submit],
        check,
        [parts.description, language],
        [parts.table, parts.guidance],
        **asking,
    )
    labelled = [modes, parts.opening, parts.description, parts.check, parts.table]
    switched.then(speak, [language, parts.guidance], labelled, **_QUIETLY)


def add_guidance_files(app: "FastAPI", assistant: PageAssistant, quota: AskQuota) -> None:
    """The address at which a table can be had as a file, made anew from its description."""
    from fastapi import Request, Response

    @app.get("/guidance-file")
    def guidance_file(request: Request, description: str = "", form: str = "", lang: str = "en") -> Response:
        words, plain = words_of(lang), "text/plain; charset=utf-8"
        if f".{form}" not in SUFFIXES:
            return Response("There is nothing at this address.", 404, media_type="text/plain")
        person = asker_of(request.scope)
        try:
            quota.take(person)
            guidance = assistant.for_collections(person.collections).guidance(description)
        except TooManyQuestions as error:
            wait = {"retry-after": str(error.seconds)}
            return Response(error_text(error, words), 429, wait, plain)
        except Busy as busy:
            wait = {"retry-after": str(busy.retry_after)}
            return Response(error_text(busy, words), 503, wait, plain)
        except (AssistantError, KnowledgeError) as error:
            return Response(error_text(error, words), 400, media_type=plain)
        headers = {"content-disposition": f'attachment; filename="guidance.{form}"'}
        return Response(as_file(guidance, f".{form}"), media_type=_MEDIA_TYPES[form], headers=headers)


def _opening(words: Words) -> str:
    return (
        f'<h2 lang="{words.language}">{escape(words("guidance_title"))}</h2>'
        f"<p>{escape(words('guidance_text'))}</p>"
    )


def _working(words: Words) -> str:
    return f'<p class="working" aria-busy="true">{escape(words("checking_guidance"))}</p>'


def _refused(sentence: str) -> str:
    return f'<p class="refused" role="alert">{escape(sentence)}</p>'
