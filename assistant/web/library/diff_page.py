"""What changed between two versions of a document, clause by clause, as a page."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from assistant.web.documents.document_page import page
from assistant.web.library.table_page import LIBRARY_HEAD
from assistant.web.words import Words
from knowledge.policy import Document
from knowledge.validity.version_diff import Change, Piece
from knowledge.validity.versions import begins


def diff_page(old: Document, new: Document, changes: Sequence[Change], words: Words, bar: str) -> str:
    """The page: both versions named, the changes counted, then each of them."""
    counts = Counter(change.kind for change in changes)
    told = words("diff_counts", changed=counts["changed"], added=counts["added"], removed=counts["removed"])
    items = "".join(_change(change, new, words) for change in changes)
    none = "" if changes else f'<p class="note">{escape(words("diff_none"))}</p>'
    main = (
        f'<header class="document-head"><h1>{escape(words("diff_title"))}</h1>'
        f'<dl class="facts">{_side("diff_old", old, words)}{_side("diff_new", new, words)}</dl>'
        f'<p class="note">{escape(told)}</p><p class="note legend"><del>'
        f"{escape(words('diff_removed'))}</del> "
        f"<ins>{escape(words('diff_added'))}</ins></p></header>{none}{items}"
    )
    return page(words("diff_title"), main, words, bar=bar, head=LIBRARY_HEAD)


def _side(key: str, document: Document, words: Words) -> str:
    day = begins(document.facts)
    when = words.date(day) if day else words("timeline_undated")
    return (
        f'<div><dt>{escape(words(key))}</dt><dd><a href="/documents/{document.id}?lang={words.language}" '
        f'lang="{document.language}">{escape(document.title)}</a> {escape(when)}</dd></div>'
    )


def _change(change: Change, new: Document, words: Words) -> str:
    labels = dict.fromkeys(label for label in (change.old_label, change.new_label) if label)
    where = escape(" → ".join(labels) or words("diff_beginning"))
    kind = escape(words(f"diff_{change.kind}"))
    body = "".join(_piece(piece) for piece in change.pieces)
    return (
        f'<section class="change {change.kind}"><h2><span lang="{new.language}">{where}</span> '
        f'<span class="badge">{kind}</span></h2><p class="document-text" '
        f'lang="{new.language}">{body}</p></section>'
    )


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    if piece.kind == "removed":
        return f"<del>{text}</del>"
    if piece.kind == "added":
        return f"<ins>{text}</ins>"
    return text
