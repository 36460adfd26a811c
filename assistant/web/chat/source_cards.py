"""Sources as HTML: the cards beside an answer, and passages that are offered without being cited."""

from html import escape

from assistant.answer import Citation
from assistant.answer_text import locator
from assistant.validity_text import validity_of
from assistant.web.chat.exchange import Exchange, Exchanges
from assistant.web.chat.official_citation import official_citation
from assistant.web.documents.document_links import address, facts_line
from assistant.web.documents.validity_note import validity_note
from assistant.web.words import Words
from knowledge.policy import RetrievedPassage

CONTEXT = 160  # characters of the paragraph shown on either side of a quote
SHORTENED = 180  # characters shown of a passage that is only offered
MOST_ALSO_READ = 6


def sources_html(exchanges: Exchanges, words: Words) -> str:
    """The side panel: the sources of every answer, the latest shown; page.js brings earlier ones back."""
    if not exchanges:
        return f'<p class="side-empty">{escape(words("sources_empty"))}</p>'
    latest = exchanges[-1]
    return "".join(_group(exchange, words, shown=exchange is latest) for exchange in exchanges)


def passage_links(passages: tuple[RetrievedPassage, ...], words: Words) -> str:
    """Passages that are offered and not cited, each with its beginning and a link to it."""
    items = []
    for retrieved in passages:
        passage, document = retrieved.passage, retrieved.passage.document
        whole = Citation(0, passage, passage.text, passage.start, passage.end)
        link = escape(address(document, passage.start, passage.end, words))
        beginning = escape(cut_end(passage.text, SHORTENED))
        items.append(
            f'<li class="offer"><a data-open href="{link}">'
            f'<span lang="{document.language}">{escape(document.title)}</span></a>'
            f"{validity_note(retrieved.validity, words, linked=False)}"
            f'<p class="card-place">{escape(locator(whole, words.language))}</p>'
            f'<p class="offer-text" lang="{document.language}">{beginning}</p></li>'
        )
    return f'<ul class="offers">{"".join(items)}</ul>'


def _group(exchange: Exchange, words: Words, *, shown: bool) -> str:
    return (
        f'<section class="sources" id="{exchange.id}-sources" data-exchange="{exchange.id}"'
        f"{'' if shown else ' hidden'}>"
        f'<p class="sources-of">{escape(words("sources_of", question=cut_end(exchange.question, 90)))}</p>'
        f"{_group_body(exchange, words)}</section>"
    )


def _group_body(exchange: Exchange, words: Words) -> str:
    if exchange.citations:
        cards = "".join(_card(exchange, citation, words) for citation in exchange.citations)
        return f'<ol class="cards">{cards}</ol>{_also_read(exchange, words)}'
    if exchange.answer is not None:
        return f'<p class="side-empty">{escape(words("no_sources"))}</p>'
    if exchange.found:
        links = passage_links(exchange.found[:MOST_ALSO_READ], words)
        return (
            f'<div class="provisional"><h3 class="small-heading">{escape(words("found"))}</h3>{links}</div>'
        )
    return f'<p class="side-empty">{escape(words("searching"))}</p>'


def _card(exchange: Exchange, citation: Citation, words: Words) -> str:
    document = citation.document
    link = escape(address(document, citation.start, citation.end, words))
    before, after = _context(citation)
    return (
        f'<li class="card" id="{exchange.id}-s{citation.mark}">'
        f'<a class="card-link" data-open href="{link}">'
        f'<span class="mark">[{citation.mark}]</span> '
        f'<span class="card-title" lang="{document.language}">{escape(document.title)}</span></a>'
        f"{validity_note(validity_of(document, exchange.found), words)}"
        f'<p class="card-facts">{facts_line(document, words)}</p>'
        f'<p class="card-place">{escape(locator(citation, words.language))}</p>'
        f'<blockquote lang="{document.language}">{escape(before)}'
        f"<mark>{escape(citation.quote)}</mark>{escape(after)}</blockquote>"
        f'<button type="button" class="quiet copy" data-copy="{escape(official_citation(citation, words))}"'
        f' data-copied="{escape(words("copied"))}">{escape(words("ask_copy_citation"))}</button></li>'
    )


def _also_read(exchange: Exchange, words: Words) -> str:
    """What search returned beside the cited passages, folded away; once the answer is whole."""
    if exchange.answer is None:
        return ""
    cited = {citation.passage.id for citation in exchange.citations}
    rest = tuple(retrieved for retrieved in exchange.found if retrieved.passage.id not in cited)[
        :MOST_ALSO_READ
    ]
    if not rest:
        return ""
    summary = escape(words("also_read", count=len(rest)))
    return f'<details class="also-read"><summary>{summary}</summary>{passage_links(rest, words)}</details>'


def _context(citation: Citation) -> tuple[str, str]:
    """What stands before and after the quote in its paragraph, shortened to CONTEXT characters a side."""
    text = citation.document.text
    line_start = text.rfind("\n", 0, citation.start) + 1
    line_end = text.find("\n", citation.end)
    before = text[line_start : citation.start].lstrip()
    after = text[citation.end : line_end if line_end >= 0 else len(text)].rstrip()
    if len(before) > CONTEXT:
        kept = before[-CONTEXT:]
        before = "… " + (kept.split(" ", 1)[1] if " " in kept.rstrip() else kept)
    return before, after if len(after) <= CONTEXT else cut_end(after, CONTEXT)


def cut_end(text: str, length: int) -> str:
    """At most `length` characters of the text, cut between words if it has spaces, and a sign of the cut."""
    if len(text) <= length:
        return text
    kept = text[:length]
    return (kept.rsplit(" ", 1)[0] if " " in kept else kept) + " …"
