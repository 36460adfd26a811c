"""Guidance as HTML: a table a matter, which is a list of cards where there is little room."""

from html import escape
from urllib.parse import urlencode

from assistant.guidance.guidance import Guidance
from assistant.guidance.saving import SUFFIXES
from assistant.guidance.table import Group, Line, Texts, closing_notes, groups_of, opening_note
from assistant.web.chat.source_cards import passage_links
from assistant.web.documents.document_links import address
from assistant.web.documents.validity_note import validity_note
from assistant.web.own_language import in_own_language
from assistant.web.words import Words

_COLUMNS = ("force", "condition", "provision", "place")


def guidance_html(guidance: Guidance, words: Words) -> str:
    """The whole table in the language of the page, with what can be done with it."""
    texts = Texts(words.language)
    groups = groups_of(guidance, words.language)
    covered = "".join(_group(group, texts, words) for group in groups if group.lines)
    notes = "".join(f"<p>{escape(note)}</p>" for note in closing_notes(guidance, words.language))
    return (
        f'<section class="table-of-guidance" aria-label="{escape(texts("title"))}">'
        f'<p class="described"><span>{escape(texts("described"))}</span> '
        f"{in_own_language(guidance.description)}</p>"
        f'<p class="opening">{escape(opening_note(guidance, words.language))}</p>'
        f"{_actions(guidance, words)}{covered}{_not_covered(groups, texts, words)}"
        f'<div class="closing-notes">{notes}</div></section>'
    )


def file_address(description: str, suffix: str, words: Words) -> str:
    """Where the table for a description can be had as a file."""
    asked = {"form": suffix.removeprefix("."), "description": description, "lang": words.language}
    return f"/guidance-file?{urlencode(asked)}"


def _actions(guidance: Guidance, words: Words) -> str:
    links = "".join(
        f'<a class="quiet" download href="{escape(file_address(guidance.description, suffix, words))}">'
        f"{escape(words(f'save_{suffix[1:]}'))}</a>"
        for suffix in SUFFIXES
    )
    if not guidance.facets:
        return ""
    print_ = f'<button type="button" class="quiet print">{escape(words("print"))}</button>'
    return f'<div class="actions"><span>{escape(words("save_as"))}</span>{links}{print_}</div>'


def _group(group: Group, texts: Texts, words: Words) -> str:
    heads = "".join(f'<th scope="col">{escape(texts(name))}</th>' for name in _COLUMNS)
    rows = "".join(_row(line, texts, words) for line in group.lines)
    raised_by = escape(texts("raised_by", words=" ".join(group.facet.words.split())))
    return (
        f'<section class="matter"><h3>{in_own_language(group.facet.label)}</h3>'
        f'<p class="raised-by">{raised_by}</p>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>"
    )


def _row(line: Line, texts: Texts, words: Words) -> str:
    citation, language = line.citation, line.provision.document.language
    forces = "".join(f"<span>{escape(force)}</span>" for force in line.forces)
    conditions = (
        "".join(f"<p>{escape(one)}</p>" for one in line.conditions) or f"<p>{escape(texts('none'))}</p>"
    )
    link = escape(address(citation.document, citation.start, citation.end, words))
    goes_on = f'<p class="goes-on">{escape(line.goes_on)}</p>' if line.goes_on else ""
    cells = (
        f'<div class="force {line.force}">{forces}</div>',
        f'<div class="condition{"" if line.conditions else " without"}">{conditions}</div>',
        f'<blockquote lang="{language}">{_paragraphs(line.quote)}</blockquote>{goes_on}',
        f'<a data-open href="{link}"><span lang="{language}">{escape(line.document)}</span>'
        f"<br>{escape(line.locator)}</a>{validity_note(line.provision.validity, words)}",
    )
    labelled = zip(_COLUMNS, cells, strict=True)
    return (
        "<tr>"
        + "".join(f'<td data-label="{escape(texts(name))}">{cell}</td>' for name, cell in labelled)
        + "</tr>"
    )


def _paragraphs(quote: str) -> str:
    return "".join(f"<p>{escape(line.strip())}</p>" for line in quote.splitlines() if line.strip())


def _not_covered(groups: tuple[Group, ...], texts: Texts, words: Words) -> str:
    without = [group for group in groups if not group.lines]
    if not without:
        return ""
    items = "".join(
        f"<li><strong>{in_own_language(group.facet.label)}</strong>{_nearest(group, texts, words)}</li>"
        for group in without
    )
    return (
        f'<section class="not-covered"><h3>{escape(texts("not_covered"))}</h3>'
        f"<p>{escape(texts('not_covered_text'))}</p><ul>{items}</ul></section>"
    )


def _nearest(group: Group, texts: Texts, words: Words) -> str:
    if not group.nearest:
        return ""
    links = passage_links(group.nearest, words)
    return f"<details><summary>{escape(texts('may_look'))}</summary>{links}</details>"
