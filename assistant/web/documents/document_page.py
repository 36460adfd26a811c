"""A whole document as a plain page that can be read, printed and linked to, with a quote highlighted.

The page is complete without a script. The chat page shows its <main> in a panel, so both are one text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from html import escape

from assistant.answer import Citation
from assistant.answer_text import locator
from assistant.web.documents.document_links import document_list, page_address
from assistant.web.documents.reference_links import Link, Named, links_of
from assistant.web.documents.validity_note import validity_note
from assistant.web.own_language import in_own_language
from assistant.web.words import Words
from knowledge.page_pictures import has_pages, page_of
from knowledge.policy import Document, Passage, Section, Validity

_MARKDOWN = (".md", ".markdown")
_HEADING_SIGN = re.compile(r"^#{1,6}[ \t]+")

Span = tuple[int, int]  # character offsets into the document's text, end exclusive


def _none_named(_title: str) -> list[Section]:
    return []


def document_page(
    document: Document,
    sections: list[Section],
    highlight: Span | None,
    words: Words,
    validity: Validity = Validity("unknown"),  # noqa: B008 (frozen, no state)
    named: Named = _none_named,
    *,
    bar: str = "",
    head: str = "",
    tools: str = "",
) -> str:
    """The document with `highlight` inside <mark>, whose text content is exactly those characters.

    A highlight that does not fit the text is said to be lost, and the text is shown without one. A document
    that is not in force says so above everything else. A reference to a clause is a link where it is certain
    what it names; `named` finds the sections of other documents. `tools` is ready HTML beside the text.
    """
    lost = highlight is not None and not 0 <= highlight[0] < highlight[1] <= len(document.text)
    shown = None if lost else highlight
    note = f'<p class="note">{escape(words("lost_place"))}</p>' if lost else ""
    links = links_of(document, sections, named, words)
    body = "".join(
        _piece(document, section, span, shown, links) for section, span in _pieces(document, sections)
    )
    main = (
        f'<header class="document-head"><h1 lang="{document.language}">{escape(document.title)}</h1>'
        f"{validity_note(validity, words)}{_facts(document, words)}{note}"
        f"{_pointer(sections, shown, words)}{_as_printed(document, shown, words)}</header>"
        f'<article class="document-text" lang="{document.language}">{body}</article>'
    )
    return page(document.title, main, words, bar=bar, head=head, aside=tools)


def documents_page(
    documents: list[Document],
    words: Words,
    validities: Mapping[str, Validity] = {},
) -> str:
    """The list of every document in the library; `validities` by document id."""
    heading = escape(words("documents"))
    count = escape(words("documents_count", count=len(documents)))
    head = f'<header class="document-head"><h1>{heading}</h1><p class="note">{count}</p></header>'
    return page(words("documents"), head + document_list(documents, words, validities), words)


def missing_page(words: Words) -> str:
    """What is shown for a document that the library does not hold."""
    heading, text = escape(words("document_missing")), escape(words("document_missing_text"))
    main = f'<header class="document-head"><h1>{heading}</h1><p>{text}</p></header>'
    return page(words("document_missing"), main, words)


def page(
    title: str,
    main: str,
    words: Words,
    *,
    bar: str = "",
    head: str = "",
    aside: str = "",
    wide: bool = False,
) -> str:
    """A page of its own around ready HTML, with `bar` or else the way back to the chat.

    `head` are further tags of the head; `aside` stands beside the text, or above it on a narrow screen.
    """
    language = "zh-CN" if words.language == "zh" else "en"
    way = bar or f'<nav><a href="/">{escape(words("back"))}</a></nav>'
    styled = '<link rel="stylesheet" href="/page-files/bar.css">' if bar else ""
    beside = f'<aside aria-label="{escape(words("tools"))}">{aside}</aside>' if aside else ""
    kind = " wide" if wide else " with-tools" if aside else ""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} – {escape(words('product'))}</title>"
        '<link rel="icon" href="/page-files/icon.svg"><link rel="stylesheet" href="/page-files/document.css">'
        f'{styled}{head}</head><body class="document-page{kind}">{way}{beside}'
        f"<main>{main}</main></body></html>\n"
    )


def _facts(document: Document, words: Words) -> str:
    facts = document.facts
    date = words.date(facts.date) if facts.date else words("not_stated")
    issuer = in_own_language(facts.issuer or "") or escape(words("not_stated"))
    rows = [("issuer", issuer), ("date", escape(date))]
    rows += [
        (name, in_own_language(value))
        for name in ("kind", "status", "source")
        if (value := getattr(facts, name))
    ]
    return (
        '<dl class="facts">'
        + "".join(f"<div><dt>{escape(words(name))}</dt><dd>{value}</dd></div>" for name, value in rows)
        + "</dl>"
    )


def _pointer(sections: list[Section], highlight: Span | None, words: Words) -> str:
    """One line that says where the highlight is and leads there."""
    if highlight is None:
        return ""
    where = words("whole_text")
    for section in sections:
        if section.start <= highlight[0] < section.end:
            passage = Passage("", section, section.start, section.end)
            where = locator(Citation(1, passage, "", *highlight), words.language)
    return f'<p class="pointer"><a href="#quote">{escape(words("quoted_at", place=where))}</a></p>'


def _as_printed(document: Document, highlight: Span | None, words: Words) -> str:
    """The way to the page of the original, where there are pages to look at."""
    if not has_pages(document):
        return ""
    number = page_of(document, highlight[0] if highlight else 0)
    href = escape(page_address(document, number, highlight, words))
    said = escape(words("ask_page_image", page=number))
    return f'<p class="as-printed"><a data-open href="{href}">{said}</a></p>'


def _pieces(document: Document, sections: list[Section]) -> Iterator[tuple[Section | None, Span]]:
    """The sections in order and what stands between them, so that no character of the text is left out."""
    position = 0
    for section in sorted(sections, key=lambda section: section.start):
        if section.start > position:
            yield None, (position, section.start)
        yield section, (section.start, section.end)
        position = section.end
    if position < len(document.text):
        yield None, (position, len(document.text))


def _piece(
    document: Document, section: Section | None, span: Span, highlight: Span | None, links: list[Link]
) -> str:
    headings = [heading.strip() for heading in section.heading_path] if section else []
    blocks = []
    for start, end in _blocks(document.text, span, highlight):
        line = document.text[start:end].strip().lstrip("#").strip()
        marked = _marked(document.text, (start, end), highlight, links)
        if document.path.endswith(_MARKDOWN):
            marked = _heading_sign_hidden(marked)
        if line in headings:
            # The outermost heading of the text stands under the page's own <h1>.
            level = min(headings.index(line) + 2, 6)
            blocks.append(f"<h{level}>{marked}</h{level}>")
        else:
            headings = []  # a line that only repeats a heading further down is no heading
            blocks.append(f"<p>{marked}</p>")
    anchor = f' id="{section.anchor}"' if section else ""
    return f"<section{anchor}>{''.join(blocks)}</section>"


def _blocks(text: str, span: Span, highlight: Span | None) -> Iterator[Span]:
    """The non-blank lines of a piece; lines that the highlight runs across are one block, for one <mark>."""
    start, end = span
    while start < end:
        stop = _line_end(text, start, end)
        if highlight is not None and start < highlight[1] and highlight[0] <= stop < highlight[1]:
            highlighted = min(highlight[1], end)
            stop = max(_line_end(text, highlighted - 1, end), highlighted)
        if text[start:stop].strip():
            yield start, stop
        start = stop + 1 if text.startswith("\n", stop) else stop


def _line_end(text: str, start: int, end: int) -> int:
    stop = text.find("\n", start, end)
    return end if stop < 0 else stop


def _linked(text: str, start: int, end: int, links: list[Link]) -> str:
    """A stretch as HTML, with the parts of links that stand in it."""
    written, position = "", start
    for index in range(bisect_right(links, start, key=lambda link: link.end), len(links)):
        link = links[index]
        if link.start >= end:
            break
        first, last = max(link.start, start), min(link.end, end)
        written += f"{escape(text[position:first])}{link.opening}{escape(text[first:last])}</a>"
        position = last
    return written + escape(text[position:end])


def _marked(text: str, block: Span, highlight: Span | None, links: list[Link]) -> str:
    start, end = block
    if highlight is None or highlight[1] <= start or end <= highlight[0]:
        return _linked(text, start, end, links)
    mark_start, mark_end = max(start, highlight[0]), min(end, highlight[1])
    # Only the block where the highlight begins carries the id: an id stands once on a page.
    name = ' id="quote" tabindex="-1"' if mark_start == highlight[0] else ""
    # Links stand inside the highlight, and one that crosses its edge is divided: the mark is one element.
    quote = _linked(text, mark_start, mark_end, links).replace("\n", '\n<span class="gap"></span>')
    before, after = _linked(text, start, mark_start, links), _linked(text, mark_end, end, links)
    return f"{before}<mark{name}>{quote}</mark>{after}"


def _heading_sign_hidden(line: str) -> str:
    """A line of Markdown as HTML without the sight of its "## "; it stays in the text."""
    return _HEADING_SIGN.sub(r'<span class="markup">\g<0></span>', line)
