"""The filters that can be chosen above the question box: one chip each, made from what the library holds.

A chip opens a small panel of its own; page and conversation are never drawn anew for a choice, so filters.js
keeps what is chosen and sends it with the question. A filter that could not tell two documents apart is not
offered.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.web.chat.chosen_filters import LEVELS, level_key
from assistant.web.chat.exchange import PageAssistant
from assistant.web.own_language import in_own_language
from assistant.web.words import LANGUAGES, Words
from knowledge.policy import Entry
from knowledge.validity.versions import begins

if TYPE_CHECKING:
    from fastapi import FastAPI

MOST_DOCUMENTS = 500  # titles in the list; a page with more would be slow to open
_LONG_LIST = 10  # values from which on a list has a box to narrow it

Choice = tuple[str, str, int]  # value, what is shown, how many documents


def filter_chips(entries: Sequence[Entry], words: Words) -> str:
    """The chips as HTML; empty when there is nothing to choose."""
    panels = {
        "issuers": _choices(entry.facts.issuer for entry in entries),
        "kinds": _choices(entry.facts.kind for entry in entries),
        "levels": _levels(entries, words),
        "languages": _languages(entries, words),
    }
    chips = [
        _chip(name, words(f"ask_{name[:-1]}"), _checkboxes(name, choices, words), words)
        for name, choices in panels.items()
        if choices and (len(choices) > 1 or choices[0][2] < len(entries))
    ]
    if len({entry.facts.date for entry in entries if entry.facts.date}) > 1:
        chips.append(_chip("dates", words("ask_date"), _days(words), words))
    if any(begins(entry.facts) or entry.facts.in_force_until for entry in entries):
        chips.append(_chip("validity", words("ask_validity"), _validity(words), words))
    if len(entries) > 1:
        chips.append(_chip("document_ids", words("ask_document"), _documents(entries, words), words))
    if not chips:
        return ""
    return (
        f'<div class="chips" role="group" aria-label="{escape(words("ask_filters"))}">{"".join(chips)}</div>'
    )


def add_filters(app: "FastAPI", assistant: PageAssistant) -> None:
    """The address of the chips, made for whoever asks for them from the documents that they may read."""
    from fastapi import Request
    from fastapi.responses import HTMLResponse

    from assistant.web.asker import asker_of

    @app.get("/filters")
    def filters(request: Request, lang: str = "en") -> HTMLResponse:
        seen = assistant.for_collections(asker_of(request.scope).collections)
        words = Words("zh" if lang == "zh" else "en")
        return HTMLResponse(filter_chips(seen.library.entries(), words))


def _choices(values: Iterable[str | None]) -> list[Choice]:
    """The values with how often each stands, the most frequent first."""
    counted = Counter(value for value in values if value)
    return [
        (value, value, count) for value, count in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    ]


def _levels(entries: Iterable[Entry], words: Words) -> list[Choice]:
    counted = Counter(entry.facts.level for entry in entries)
    return [(level, words(level_key(level)), counted[level]) for level in LEVELS if counted[level]]


def _languages(entries: Iterable[Entry], words: Words) -> list[Choice]:
    counted = Counter(entry.language for entry in entries)
    return [(one, words(f"ask_language_{one}"), counted[one]) for one in LANGUAGES if counted[one]]


def _chip(name: str, label: str, panel: str, words: Words) -> str:
    shown, removed = escape(label), escape(words("ask_remove_filter", name=label))
    return (
        f'<span class="chip" data-filter="{name}" data-label="{shown}">'
        f'<button type="button" class="chip-open" popovertarget="choose-{name}" aria-haspopup="dialog">'
        f'{shown}</button><button type="button" class="chip-clear" hidden aria-label="{removed}">×</button>'
        f'</span><div popover id="choose-{name}" class="choices" role="dialog" aria-label="{shown}">'
        f'<div class="choices-list">{panel}</div><button type="button" class="quiet done" '
        f'popovertarget="choose-{name}" popovertargetaction="hide">{escape(words("ask_done"))}</button></div>'
    )


def _checkboxes(name: str, choices: Sequence[Choice], words: Words) -> str:
    narrow = ""
    if len(choices) > _LONG_LIST:
        label = escape(words("ask_narrow_list"))
        narrow = f'<input type="search" class="narrow-list" aria-label="{label}" placeholder="{label}">'
    boxes = []
    for value, shown, count in choices:
        counted = f'<span class="choice-count">{count}</span>' if count else ""
        boxes.append(
            f'<label class="choice"><input type="checkbox" name="{name}" value="{escape(value)}">'
            f'<span class="choice-name">{in_own_language(shown)}</span>{counted}</label>'
        )
    return narrow + "".join(boxes)


def _documents(entries: Sequence[Entry], words: Words) -> str:
    titled = sorted(entries, key=lambda entry: (entry.facts.title, entry.id))
    choices = [(entry.id, entry.facts.title, 0) for entry in titled[:MOST_DOCUMENTS]]
    rest = len(titled) - len(choices)
    more = f'<p class="choice-note">{escape(words("ask_not_listed", count=rest))}</p>' if rest else ""
    return _checkboxes("document_ids", choices, words) + more


def _days(words: Words) -> str:
    return "".join(
        f'<label class="day">{escape(words(key))}<input type="date" name="{name}"></label>'
        for name, key in (("date_from", "ask_issued_from"), ("date_to", "ask_issued_to"))
    )


def _validity(words: Words) -> str:
    today = (
        '<label class="choice"><input type="radio" name="validity" value="" checked>'
        f'<span class="choice-name">{escape(words("ask_in_force_today"))}</span></label>'
    )
    day = (
        '<label class="choice"><input type="radio" name="validity" value="as_of">'
        f'<span class="choice-name">{escape(words("ask_in_force_on"))}</span></label>'
        f'<label class="day"><span class="unseen">{escape(words("ask_day"))}</span>'
        '<input type="date" name="as_of"></label>'
    )
    all_ = (
        '<label class="choice"><input type="radio" name="validity" value="all">'
        f'<span class="choice-name">{escape(words("ask_also_superseded"))}</span></label>'
    )
    return today + day + all_
