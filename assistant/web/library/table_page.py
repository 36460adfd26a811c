"""The library as a table: every document with its status and facts, sorted and filtered by the server."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from assistant.web.documents.document_page import page
from assistant.web.library.table_query import A_PAGE, COLUMNS, STATUSES, Row, TableQuery
from assistant.web.own_language import in_own_language
from assistant.web.words import Words
from knowledge.language import language_of

LIBRARY_HEAD = '<link rel="stylesheet" href="/page-files/library.css">'


def table_page(rows: Sequence[Row], query: TableQuery, words: Words, bar: str) -> str:
    """The page; `rows` are all that the reader may see."""
    shown = query.rows(rows)
    first = (query.page - 1) * A_PAGE
    main = (
        f'<header class="document-head"><h1>{escape(words("library_title"))}</h1>'
        f'<p class="note">{_totals(rows, words)}</p></header>'
        f"{_filters(rows, query, words)}{_count(shown, rows, words)}"
        f"{_table(shown[first : first + A_PAGE], query, words)}{_pages(len(shown), query, words)}"
    )
    return page(words("library_title"), main, words, bar=bar, head=LIBRARY_HEAD, wide=True)


def status_badge(status: str, words: Words) -> str:
    """A status in words, on a colour of its own."""
    name = status.replace(" ", "-")
    return f'<span class="badge {name}">{escape(status_name(status, words))}</span>'


def status_name(status: str, words: Words) -> str:
    """A status in words."""
    return words("library_status_" + status.replace(" ", "_"))


def level_name(level: str, words: Words) -> str:
    """A level of authority in words."""
    return words("library_level_" + level.replace(" ", "_"))


def column_name(column: str, words: Words) -> str:
    """What a fact is called."""
    return words("library_title_column" if column == "title" else f"library_{column}")


def _totals(rows: Sequence[Row], words: Words) -> str:
    by_status = Counter(row.validity.status for row in rows)
    passages = f"{sum(row.passages for row in rows):,}"
    told = [words("library_totals", count=f"{len(rows):,}", passages=passages)]
    told += [f"{status_name(status, words)}: {by_status[status]}" for status in STATUSES if by_status[status]]
    return escape(words("joiner").join(told))


def _filters(rows: Sequence[Row], query: TableQuery, words: Words) -> str:
    statuses = [(one, status_name(one, words)) for one in STATUSES]
    kinds = [(one, one) for one in sorted({row.entry.facts.kind for row in rows if row.entry.facts.kind})]
    sort = f"-{query.sort}" if query.falling else query.sort
    return (
        '<form class="filters" method="get" action="/library" role="search">'
        f'<input type="hidden" name="lang" value="{words.language}">'
        f'<input type="hidden" name="sort" value="{sort}">'
        f"<label>{escape(words('library_words'))}"
        f'<input type="search" name="words" value="{escape(query.words)}"></label>'
        f"{_choice('status', statuses, query.status, words)}{_choice('kind', kinds, query.kind, words)}"
        f'<button type="submit">{escape(words("library_show"))}</button></form>'
    )


def _choice(name: str, choices: Sequence[tuple[str, str]], chosen: str, words: Words) -> str:
    options = "".join(
        f'<option value="{escape(value)}" lang="{language_of(told)}"{" selected" if value == chosen else ""}>'
        f"{escape(told)}</option>"
        for value, told in [("", words("library_any")), *choices]
    )
    label = escape(words(f"library_{name}"))
    return f'<label>{label}<select name="{name}">{options}</select></label>'


def _count(shown: Sequence[Row], rows: Sequence[Row], words: Words) -> str:
    if len(shown) == len(rows):
        return ""
    told = escape(words("library_shown", shown=len(shown), count=len(rows)))
    every = f'<a href="/library?lang={words.language}">{escape(words("library_all"))}</a>'
    return f'<p class="note" role="status">{told} {every}</p>'


def _table(rows: Sequence[Row], query: TableQuery, words: Words) -> str:
    if not rows:
        return f'<p class="note">{escape(words("library_none"))}</p>'
    heads = "".join(_head(column, query, words) for column in COLUMNS)
    body = "".join(_row(row, words) for row in rows)
    return (
        '<table class="library" role="table"><caption class="unseen">'
        f"{escape(words('library_title'))}</caption>"
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead><tbody '
        f'role="rowgroup">{body}</tbody></table>'
    )


def _head(column: str, query: TableQuery, words: Words) -> str:
    here = query.sort == column
    falling = here and not query.falling
    address = query.address(words.language, sort=column, falling=falling, page=1)
    order = f' aria-sort="{"descending" if query.falling else "ascending"}"' if here else ""
    arrow = f'<span aria-hidden="true">{"▼" if query.falling else "▲"}</span>' if here else ""
    label = escape(column_name(column, words))
    return (
        f'<th scope="col" role="columnheader" class="{column}"{order}>'
        f'<a href="{escape(address)}">{label}{arrow}</a></th>'
    )


def _row(row: Row, words: Words) -> str:
    facts, entry = row.entry.facts, row.entry
    title = (
        f'<a href="/documents/{entry.id}?lang={words.language}" lang="{entry.language}">'
        f"{escape(facts.title)}</a>"
    )
    cells = {
        "status": status_badge(row.validity.status, words),
        "kind": in_own_language(facts.kind or ""),
        "level": escape(level_name(facts.level, words)) if facts.level else "",
        "issuer": in_own_language(facts.issuer or ""),
        "number": in_own_language(facts.number or ""),
        "date": escape(words.date(facts.date)) if facts.date else "",
        "collection": in_own_language(entry.collection),
        "passages": f"{row.passages:,}",
    }
    return (
        f'<tr role="row"><th scope="row" role="rowheader" class="title">{title}</th>'
        + "".join(_cell(column, cell, words) for column, cell in cells.items())
        + "</tr>"
    )


def _cell(column: str, cell: str, words: Words) -> str:
    # On a narrow screen each row is a card, and a fact that nobody has stated takes no line of it.
    empty = " empty" if not cell else ""
    label = escape(column_name(column, words))
    return (
        f'<td role="cell" class="{column}{empty}"><span class="label" aria-hidden="true">'
        f"{label}</span>{cell}</td>"
    )


def _pages(count: int, query: TableQuery, words: Words) -> str:
    last = max(1, -(-count // A_PAGE))
    if last == 1:
        return ""
    links = []
    if query.page > 1:
        address = escape(query.address(words.language, page=query.page - 1))
        links.append(f'<a rel="prev" href="{address}">{escape(words("library_before"))}</a>')
    links.append(f"<span>{escape(words('library_page', page=query.page, pages=last))}</span>")
    if query.page < last:
        address = escape(query.address(words.language, page=query.page + 1))
        links.append(f'<a rel="next" href="{address}">{escape(words("library_next"))}</a>')
    return f'<nav class="pages" aria-label="{escape(words("library_pages"))}">{"".join(links)}</nav>'
