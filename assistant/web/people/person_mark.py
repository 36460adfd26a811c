"""The corner of the page's head that says who has logged in, with the way out."""

from html import escape
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.people.person import LOCAL_PERSON, Person
from assistant.web.asker import asker_of_event
from assistant.web.words import Words
from knowledge.policy import Language

if TYPE_CHECKING:
    from gradio.events import Dependency

_QUIETLY: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def lay_out_person() -> gr.HTML:
    """The place of the mark; it stays empty until it is known who looks at the page."""
    return gr.HTML("", elem_id="person", js_on_load=None, apply_default_css=False)


def show_person(page: gr.Blocks, mark: gr.HTML, language: gr.State, switched: "Dependency") -> None:
    """Fill the mark when somebody opens the page, and anew when its language has changed."""

    def show(speaking: Language, request: gr.Request) -> str:
        return person_html(asker_of_event(request), Words(speaking))

    page.load(show, [language], [mark], **_QUIETLY)
    switched.then(show, [language], [mark], **_QUIETLY)


def person_html(person: Person, words: Words) -> str:
    """Name and role, opened by a click or a key, with the button that logs out; it needs no script."""
    if person == LOCAL_PERSON:
        return ""
    role = words(f"people_role_{person.role}")
    return (
        f'<details class="person" data-language="{words.language}"'
        f' data-ended="{escape(words("people_ended"))}" data-log-in="{escape(words("people_log_in_anew"))}">'
        f'<summary aria-label="{escape(words("people_you_are", name=person.name))}">'
        f'<span class="initial" aria-hidden="true">{escape(person.name[0].upper())}</span>'
        f'<span class="person-name">{escape(person.name)}</span></summary>'
        f'<div class="person-panel"><p class="person-name">{escape(person.name)}</p>'
        f'<p class="person-role">{escape(role)}</p>'
        f'<form method="post" action="/logout"><input type="hidden" name="lang" value="{words.language}">'
        f'<button type="submit">{escape(words("people_log_out"))}</button></form></div></details>'
    )
