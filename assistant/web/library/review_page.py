"""One document at the desk: its facts to be corrected, what its file hides, its text, and what to do."""

from html import escape

from assistant.desk.desk import REMOVED_DAYS, AtTheDesk
from assistant.web.documents.document_page import page
from assistant.web.library.clause_tree import clause_tree_html
from assistant.web.library.desk_page import DESK_HEAD, action, collection_field, flags
from assistant.web.library.table_page import column_name, level_name
from assistant.web.words import Words
from knowledge.facts.corrections import CORRECTABLE, LONGEST_FACT, FactFault
from knowledge.facts.document_facts import CHOICES, DATES

_PREVIEW = 3_000  # characters; the rest is folded away
_LONGEST_PREVIEW = 200_000


def review_page(
    one: AtTheDesk,
    collections: list[str],
    words: Words,
    bar: str,
    *,
    typed: dict[str, str] | None = None,
    fault: FactFault | None = None,
    saved: bool = False,
) -> str:
    """The page; after a refused correction with what was `typed` and the `fault` in it."""
    document = one.document
    main = (
        f'<header class="document-head"><p class="note">{escape(words(f"desk_is_{one.state}"))}</p>'
        f'<h1 lang="{document.language}">{escape(document.title)}</h1>'
        '<p class="card-facts">'
        f"{escape(words('desk_file', name=one.name, count=f'{len(document.text):,}'))}</p></header>"
        f"{_told(fault, saved, words)}{flags(document.layout.hidden, words)}"
        f"{_decisions(one, words)}{_facts(one, collections, typed, fault, words)}{_content(one, words)}"
        f'<p><a href="/library/desk?lang={words.language}">{escape(words("desk_back"))}</a></p>'
    )
    return page(document.title, main, words, bar=bar, head=DESK_HEAD)


def fault_sentence(fault: FactFault, words: Words) -> str:
    """Why a fact cannot be so, and how it is written."""
    name = column_name(fault.name, words)
    return words(
        f"desk_fault_{fault.why.replace(' ', '_')}", name=name, value=fault.value[:80], most=LONGEST_FACT
    )


def _told(fault: FactFault | None, saved: bool, words: Words) -> str:
    if fault is not None:
        told = escape(fault_sentence(fault, words))
        return f'<p class="validity" role="alert" id="fault">{told}</p>'
    return f'<p class="saved" role="status">{escape(words("desk_saved"))}</p>' if saved else ""


def _decisions(one: AtTheDesk, words: Words) -> str:
    base = f"/library/desk/documents/{one.document.id}"
    if one.state == "waiting":
        approve = action(f"{base}/approve", words("desk_approve"), words, body=_places(one, words))
        discard = _confirmed(base, "discard", "", words)
        return f'<div class="decisions">{approve}{discard}</div>'
    if one.state == "removed":
        return f'<div class="decisions">{action(f"{base}/restore", words("desk_restore"), words)}</div>'
    anew = action(f"{base}/index", words("desk_index_one"), words, kind="quiet")
    from_file = "" if one.document.path.startswith("upload:") else words("desk_remove_file")
    read = f'<a href="/documents/{one.document.id}?lang={words.language}">{escape(words("desk_read"))}</a>'
    return f'<div class="decisions">{read}{anew}{_confirmed(base, "remove", from_file, words)}</div>'


def _places(one: AtTheDesk, words: Words) -> str:
    """Whether it is a document of its own or takes the place of one that is there."""
    if not one.like:
        return ""
    options = "".join(
        f'<option value="{entry.id}">{escape(words("desk_instead_of", title=entry.facts.title))} '
        f"{escape(words.date(entry.facts.date) if entry.facts.date else '')}</option>"
        for entry in one.like
    )
    return (
        f'<label>{escape(words("desk_like"))}<select name="instead_of">'
        f'<option value="">{escape(words("desk_own"))}</option>{options}</select></label>'
    )


def _confirmed(base: str, verb: str, more: str, words: Words) -> str:
    """A button behind a sentence that says what it does."""
    told = escape(f"{words(f'desk_{verb}_text', days=REMOVED_DAYS)} {more}".strip())
    button = action(f"{base}/{verb}", words(f"desk_{verb}_confirm"), words, kind="danger")
    return (
        f'<details class="confirm"><summary>{escape(words(f"desk_{verb}"))}</summary><p>'
        f"{told}</p>{button}</details>"
    )


def _facts(
    one: AtTheDesk,
    collections: list[str],
    typed: dict[str, str] | None,
    fault: FactFault | None,
    words: Words,
) -> str:
    if one.state == "removed":
        return ""
    facts = one.document.facts
    fields = "".join(
        _field(
            name,
            typed.get(name, "") if typed else getattr(facts, name) or "",
            name in facts.found,
            fault,
            words,
        )
        for name in CORRECTABLE
        if name != "collection"
    )
    collection = typed.get("collection", "") if typed else one.document.collection
    return (
        f'<form class="facts-form" method="post" '
        f'action="/library/desk/documents/{one.document.id}/correct?lang={words.language}">'
        f'<h2>{escape(words("desk_facts"))}</h2><p class="note">{escape(words("desk_facts_text"))}</p>'
        f"{fields}{collection_field(collections, collection, words)}"
        f'<button type="submit">{escape(words("desk_save"))}</button></form>'
    )


def _field(name: str, value: str, found: bool, fault: FactFault | None, words: Words) -> str:
    wrong = fault is not None and fault.name == name
    marked = ' aria-invalid="true" aria-describedby="fault" autofocus' if wrong else ""
    hint = f" <small>{escape(words('desk_found'))}</small>" if found else ""
    label = f"<span>{escape(column_name(name, words))}{hint}</span>"
    if name in CHOICES:
        options = "".join(
            f'<option value="{one}"{" selected" if one == value else ""}>'
            f"{escape(level_name(one, words) if one else words('not_stated'))}</option>"
            for one in ("", *CHOICES[name])
        )
        return f'<label>{label}<select name="{name}"{marked}>{options}</select></label>'
    shape = f' placeholder="{escape(words("desk_date_form"))}"' if name in DATES else ""
    needed = " required" if name == "title" else ""
    return f'<label>{label}<input name="{name}" value="{escape(value)}"{shape}{needed}{marked}></label>'


def _content(one: AtTheDesk, words: Words) -> str:
    document = one.document
    text = document.text
    parts = [f'<h2 class="part">{escape(words("desk_content", clauses=len(one.sections)))}</h2>']
    if one.state == "current":
        tree = clause_tree_html(one.sections, f"/documents/{document.id}?lang={words.language}")
    else:
        tree = clause_tree_html(one.sections, None)
    if tree:
        parts.append(
            f'<details class="tool"><summary>{escape(words("clauses_title"))}</summary>{tree}</details>'
        )
    parts.append(
        f'<article class="document-text preview" lang="{document.language}">{_paragraphs(text[:_PREVIEW])}'
    )
    if len(text) > _PREVIEW:
        rest = _paragraphs(text[_PREVIEW:_LONGEST_PREVIEW])
        parts.append(f"<details><summary>{escape(words('desk_rest'))}</summary>{rest}</details>")
    parts.append("</article>")
    return "".join(parts)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
