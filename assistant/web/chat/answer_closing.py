"""What stands under an answer: what can be done with it, and where to go on from it."""

from html import escape

from assistant.answer import Answer, Wording
from assistant.answer_text import framing
from assistant.disagreement_text import disagreement_note
from assistant.validity_text import validity_of, warning
from assistant.web.chat.answer_sheet import all_quoted
from assistant.web.chat.exchange import Exchange
from assistant.web.chat.next_clauses import NextClause
from assistant.web.chat.official_citation import official_citation
from assistant.web.chat.source_cards import cut_end, passage_links
from assistant.web.chat.welcome import question_button
from assistant.web.documents.document_links import address
from assistant.web.words import Words
from knowledge.clauses.locators import locate

_FORMS = (("docx", "save_docx"), ("md", "save_md"), ("json", "ask_save_receipt"))
_BEGINNING = 60  # characters shown of a clause that is offered


def closing_html(exchange: Exchange, words: Words) -> str:
    """The last line of an answer's box, or what may be looked at where nothing is answered."""
    answer = exchange.answer
    if answer is None:
        return ""
    if not answer.sentences:
        return _offer(answer, words)
    own_words = f'<span class="own-words">{escape(words("own_words"))}</span>'
    count = escape(words("sources_count", count=len(exchange.citations)))
    return (
        f'<div class="closing">{own_words if all_quoted(answer.sentences) else ""}'
        f'<button type="button" class="quiet show-sources" data-exchange="{exchange.id}">{count}</button>'
        f'<button type="button" class="quiet copy" data-copy="{escape(answer_as_text(answer, words))}"'
        f' data-copied="{escape(words("copied"))}">{escape(words("copy"))}</button>'
        f"{_files(exchange, words)}</div>"
    )


def clarifying_html(answer: Answer) -> str:
    """The replies to a condition that the answer asks about, as buttons in the language of the question."""
    if answer.clarification is None:
        return ""
    words = Words(answer.language)
    replies = "".join(
        question_button(words(key), answer.language) for key in ("ask_yes", "ask_no", "ask_unknown")
    )
    label = escape(words("ask_reply"))
    return f'<div class="replies" role="group" lang="{answer.language}" aria-label="{label}">{replies}</div>'


def next_clauses_html(exchange: Exchange, words: Words) -> str:
    """The clauses to read next, each a link that opens the document there."""
    if not exchange.read_next:
        return ""
    items = "".join(f"<li>{_clause_link(clause, words)}</li>" for clause in exchange.read_next)
    heading = f'<h3 class="small-heading">{escape(words("ask_read_next"))}</h3>'
    return f'<div class="read-next">{heading}<ul>{items}</ul></div>'


def answer_as_text(answer: Answer, words: Words) -> str:
    """An answer with its sources as plain text, to be pasted into a letter or a note."""
    lines = [answer.question, ""]
    lines += [framing(answer), ""] if answer.wording is Wording.DRAFTED else []
    for sentence in answer.sentences:
        marks = "".join(f"[{citation.mark}]" for citation in sentence.citations)
        lines.append(f"{sentence.text} {marks}")
    lines += [disagreement_note(note, answer.language) for note in answer.disagreements]
    lines += ["", words("sources")]
    for citation in answer.citations:
        lines.append(f"[{citation.mark}] {official_citation(citation, words)}")
        told = warning(validity_of(citation.document, answer.considered), words.language)
        lines += [told] if told else []
    return "\n".join(lines)


def _files(exchange: Exchange, words: Words) -> str:
    """The links to the answer as a file; page.js leaves downloads to the browser."""
    if not exchange.key:
        return ""
    links = "".join(
        f'<a class="quiet" download href="/answers/{exchange.key}.{form}?lang={words.language}">'
        f"{escape(words(label))}</a>"
        for form, label in _FORMS
    )
    label = escape(words("save_as"))
    shown = f'<span aria-hidden="true">{label}</span>'
    return f'<span class="files" role="group" aria-label="{label}">{shown}{links}</span>'


def _offer(answer: Answer, words: Words) -> str:
    if not answer.nearest:
        return ""
    heading = f'<h3 class="small-heading">{escape(words("may_look"))}</h3>'
    return f'<div class="nearest">{heading}{passage_links(answer.nearest, words)}</div>'


def _clause_link(clause: NextClause, words: Words) -> str:
    document = clause.section.document
    place = locate(clause.section, clause.start, clause.end, words.language)
    why = words(f"ask_{clause.why}")
    text = " ".join(document.text[clause.start : clause.end].split()).removeprefix(place).strip()
    href = escape(address(document, clause.start, clause.end, words))
    return (
        f'<a data-open href="{href}"><span class="why">{escape(why)}</span> '
        f'<span class="card-title" lang="{document.language}">{escape(document.title)}</span> '
        f'<span class="place">{escape(place)}</span> '
        f'<span class="beginning" lang="{document.language}">{escape(cut_end(text, _BEGINNING))}</span></a>'
    )
