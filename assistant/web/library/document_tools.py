"""What stands beside the text of a document on its own page: versions, clauses, search inside."""

from collections.abc import Sequence
from datetime import date
from html import escape

from assistant.web.library.clause_tree import clause_tree_html
from assistant.web.library.inside_search import found_html, places
from assistant.web.library.timeline import Version, timeline_html
from assistant.web.words import Words
from knowledge.policy import Document, Section


def document_tools(
    document: Document,
    sections: Sequence[Section],
    versions: Sequence[Version],
    query: str,
    today: date,
    words: Words,
    *,
    manage: bool,
) -> str:
    """The tools as HTML; `manage` adds the way to the desk."""
    parts = [_search(document, sections, query, words)]
    if any(one.validity.begins or one.validity.ends for one in versions) or len(versions) > 1:
        parts.append(_part("timeline_title", timeline_html(versions, document.id, today, words), words))
    tree = clause_tree_html(sections)
    if tree:
        # Closed at first: on a narrow screen the text would stand below it.
        title = escape(words("clauses_title"))
        parts.append(f'<details class="tool"><summary>{title}</summary>{tree}</details>')
    if manage:
        address = f"/library/desk/documents/{document.id}?lang={words.language}"
        parts.append(f'<p class="tool"><a href="{address}">{escape(words("desk_manage"))}</a></p>')
    return "".join(parts)


def _search(document: Document, sections: Sequence[Section], query: str, words: Words) -> str:
    found = found_html(document, places(document, sections, query), query, words)
    return (
        f'<form class="inside tool" method="get" action="/documents/{document.id}" role="search">'
        f'<input type="hidden" name="lang" value="{words.language}">'
        f'<label>{escape(words("inside_label"))}<input type="search" name="words" maxlength="200" '
        f'value="{escape(query)}"></label><button type="submit">{escape(words("inside_search"))}</button>'
        f"</form>{found}"
    )


def _part(title: str, body: str, words: Words) -> str:
    return f'<section class="tool"><h2>{escape(words(title))}</h2>{body}</section>'
