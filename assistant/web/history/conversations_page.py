"""The list of a person's conversations as a plain page: search, open, rename, export, delete; no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from assistant.people.person import Person
from assistant.records.stored import LONGEST_TITLE, StoredConversation
from assistant.web.history.moments import day_and_time
from assistant.web.navigation import bar
from assistant.web.own_language import in_own_language
from assistant.web.words import Words

ON_A_PAGE = 50
DONE = ("renamed", "deleted", "deleted_all")  # what a page may be told to report


@dataclass(frozen=True, slots=True)
class Listing:
    """What the page shows."""

    conversations: Sequence[StoredConversation]
    keep_days: int
    words: str = ""  # that were searched for
    page: int = 1
    more: bool = False  # there are older ones
    done: str = ""  # one of DONE, just now
    came_from: str = ""  # id of the conversation that the chat page shows


def conversations_page(listing: Listing, words: Words, person: Person) -> str:
    """The page; everything that a person wrote is escaped."""
    heading = escape(words("records_history"))
    kept = escape(words("records_kept_for", days=listing.keep_days))
    main = (
        f'<header class="document-head"><h1>{heading}</h1><p class="note">{kept}</p></header>'
        f"{_done(listing, words)}{_search(listing, words)}{_list(listing, words)}"
        f"{_pages(listing, words)}{_all(listing, words)}"
    )
    return _page(main, listing, words, person)


def nothing_kept_page(words: Words, person: Person) -> str:
    """The page where nothing is kept."""
    heading, text = escape(words("records_history")), escape(words("records_nothing_kept"))
    main = f'<header class="document-head"><h1>{heading}</h1><p>{text}</p></header>'
    return _page(main, Listing((), 0), words, person)


def _page(main: str, listing: Listing, words: Words, person: Person) -> str:
    language = "zh-CN" if words.language == "zh" else "en"
    back = {"lang": words.language} | ({"conversation": listing.came_from} if listing.came_from else {})
    switch = f"/conversations?lang={words.other_language}"
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        # Without it a browser calls the origin of the forms "null", and they are refused as foreign.
        '<meta name="referrer" content="same-origin">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(words('records_history'))} – {escape(words('product'))}</title>"
        '<link rel="icon" href="/page-files/icon.svg"><link rel="stylesheet" href="/page-files/document.css">'
        '<link rel="stylesheet" href="/page-files/bar.css">'
        '<link rel="stylesheet" href="/page-files/history.css">'
        '</head><body class="document-page conversations-page">'
        f"{bar(words, person, 'history', switch=switch)}<main>"
        f'<p class="way-back"><a href="{_address("/", **back)}">{escape(words("back"))}</a></p>'
        f"{main}</main></body></html>\n"
    )


def _done(listing: Listing, words: Words) -> str:
    if listing.done not in DONE:
        return ""
    return f'<p class="done" role="status">{escape(words(f"records_{listing.done}"))}</p>'


def _search(listing: Listing, words: Words) -> str:
    if not listing.conversations and not listing.words and listing.page == 1:
        return ""
    label = escape(words("records_search"))
    return (
        f'<form class="find" method="get" action="/conversations" role="search">'
        f"{_language(words)}"
        f'<input type="search" name="q" value="{escape(listing.words)}" aria-label="{label}"'
        f' placeholder="{label}" maxlength="200"><button>{escape(words("records_find"))}</button></form>'
    )


def _list(listing: Listing, words: Words) -> str:
    if not listing.conversations:
        said = words("records_none_found", words=listing.words) if listing.words else words("records_empty")
        return f'<p class="empty">{escape(said)}</p>'
    items = "".join(_item(one, words) for one in listing.conversations)
    return f'<ul class="conversations">{items}</ul>'


def _item(one: StoredConversation, words: Words) -> str:
    address = f"/conversations/{one.id}"
    count = words("records_questions_one" if one.exchanges == 1 else "records_questions", count=one.exchanges)
    told = words("joiner").join((count, day_and_time(one.changed, words)))
    named, titled = escape(one.title), in_own_language(one.title)
    rename = (
        f'<form method="post" action="{address}/rename">{_language(words)}'
        f'<input name="title" value="{named}" required maxlength="{LONGEST_TITLE}"'
        f' aria-label="{escape(words("records_title"))}">'
        f"<button>{escape(words('records_save'))}</button></form>"
    )
    delete = (
        f"<p>{escape(words('records_delete_sure'))}</p>"
        f'<form method="post" action="{address}/delete">{_language(words)}'
        f'<button class="grave">{escape(words("records_delete_now"))}</button></form>'
    )
    return (
        f'<li><h2><a href="{_address("/", conversation=one.id, lang=words.language)}">{titled}</a></h2>'
        f'<p class="card-facts">{escape(told)}</p><div class="actions">'
        f"{_folded('records_rename', rename, titled, one.id, words)}"
        f"{_folded('records_export', _export_links(address, words), titled, one.id, words)}"
        f"{_folded('records_delete', delete, titled, one.id, words)}</div></li>"
    )


def _folded(label: str, body: str, of: str, name: str, words: Words) -> str:
    """An action that opens below its name, and closes the others of the same `name`.

    `of`, already HTML, tells those who hear it of what it is.
    """
    return (
        f'<details name="{name}"><summary>{escape(words(label))}<span class="unseen"> {of}</span></summary>'
        f'<div class="folded">{body}</div></details>'
    )


def _export_links(address: str, words: Words) -> str:
    return "".join(
        f'<a href="{_address(f"{address}/export", form=form, lang=words.language)}" download>'
        f"{escape(words(f'save_{form}'))}</a>"
        for form in ("md", "json")
    )


def _pages(listing: Listing, words: Words) -> str:
    turns = []
    for label, page, there in (
        ("records_newer", listing.page - 1, listing.page > 1),
        ("records_older", listing.page + 1, listing.more),
    ):
        if there:
            href = _address("/conversations", lang=words.language, q=listing.words, page=page)
            turns.append(f'<a href="{href}">{escape(words(label))}</a>')
    return f'<p class="turns">{"".join(turns)}</p>' if turns else ""


def _all(listing: Listing, words: Words) -> str:
    if not listing.conversations:
        return ""
    delete = (
        f"<p>{escape(words('records_delete_all_sure'))}</p>"
        '<form method="post" action="/conversations/delete-all">'
        f"{_language(words)}"
        f'<button class="grave">{escape(words("records_delete_all_now"))}</button></form>'
    )
    export = _folded("records_export", _export_links("/conversations", words), "", "all", words)
    return (
        f'<section class="all"><h2>{escape(words("records_all"))}</h2><div class="actions">{export}'
        f"{_folded('records_delete_all', delete, '', 'all', words)}</div></section>"
    )


def _language(words: Words) -> str:
    return f'<input type="hidden" name="lang" value="{words.language}">'


def _address(path: str, **query: object) -> str:
    return escape(f"{path}?{urlencode({name: str(value) for name, value in query.items()})}")
