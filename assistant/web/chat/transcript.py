"""The conversation as HTML: what was asked, what the documents say, and what to do next."""

from collections.abc import Mapping, Sequence
from html import escape

from assistant.answer import Sentence, Verdict
from assistant.answer_text import framing
from assistant.web.chat.answer_closing import clarifying_html, closing_html, next_clauses_html
from assistant.web.chat.answer_sheet import all_quoted, notes_of
from assistant.web.chat.chosen_filters import filters_as_sent, filters_in_words
from assistant.web.chat.exchange import Exchange, Exchanges
from assistant.web.chat.trust_note import trust_note
from assistant.web.chat.welcome import follow_up_html, welcome_html
from assistant.web.documents.document_links import address
from assistant.web.history.below_answer import below_answer, lost_html, nothing_stands
from assistant.web.own_language import in_own_language
from assistant.web.words import Words
from knowledge.language import language_of
from knowledge.policy import Document, Language


def transcript_html(exchanges: Exchanges, documents: Sequence[Document], words: Words) -> str:
    """The whole conversation, or the welcome while there is none; everything quoted or typed is escaped."""
    if not exchanges:
        return welcome_html(documents, words)
    titles = {document.id: document.title for document in documents}
    shown = [_exchange(exchange, titles, words) for exchange in exchanges[:-1]]
    last = exchanges[-1]
    trust = trust_note(words) if last.answer and last.answer.sentences else ""
    replies = clarifying_html(last.answer) if last.answer else ""
    shown.append(_exchange(last, titles, words, replies + trust + _next_step(last, documents, words)))
    return f'<div class="log" role="log" aria-label="{escape(words("conversation"))}">{"".join(shown)}</div>'


def _next_step(last: Exchange, documents: Sequence[Document], words: Words) -> str:
    """Where to go on once an answer is whole: its example's follow-up, the clauses beside it."""
    if last.answer is None:
        return ""
    return follow_up_html(last.question, documents, words) + next_clauses_html(last, words)


def _exchange(exchange: Exchange, titles: Mapping[str, str], words: Words, next_step: str = "") -> str:
    busy = "true" if exchange.answer is None else "false"
    return (
        f'<article class="exchange" id="{exchange.id}"{_filters_again(exchange)}>'
        f'<h2 class="question"><span class="unseen">{escape(words("you_asked"))} </span>'
        f"{in_own_language(exchange.question)}</h2>{_narrowed(exchange, titles, words)}"
        f"{_restated(exchange, words)}"
        f'<div class="answer" aria-busy="{busy}">{_status(exchange, words)}'
        f"{''.join(_sentence(exchange, sentence, words) for sentence in exchange.sentences)}"
        f"{lost_html(exchange, words)}{_notes(exchange, words)}{closing_html(exchange, words)}"
        f"{below_answer(exchange, words)}</div>{next_step}</article>"
    )


def _filters_again(exchange: Exchange) -> str:
    """What filters.js chooses again when an earlier conversation is opened: a filter holds for all of it."""
    again = filters_as_sent(exchange.filters) if exchange.record and exchange.record.asked else ""
    return f' data-filters="{escape(again)}"' if again else ""


def _narrowed(exchange: Exchange, titles: Mapping[str, str], words: Words) -> str:
    told = filters_in_words(exchange.filters, titles, words)
    return f'<p class="restated narrowed">{escape(words("joiner").join(told))}</p>' if told else ""


def _restated(exchange: Exchange, words: Words) -> str:
    """The question as it was searched, with a button that puts it into the question box to be changed."""
    if exchange.sources is None or exchange.sources.standalone_question == exchange.question.strip():
        return ""
    standalone = exchange.sources.standalone_question
    edit = (
        f'<button type="button" class="quiet edit-question" data-question="{escape(standalone)}">'
        f"{escape(words('ask_edit'))}</button>"
    )
    return f'<p class="restated">{escape(words("restated", question=standalone))} {edit}</p>'


def _status(exchange: Exchange, words: Words) -> str:
    """What is being done, or once the answer is whole, what became of the question, in its own language."""
    answer = exchange.answer
    if answer is not None:
        said = escape(words("records_nothing_stands") if nothing_stands(exchange) else framing(answer))
        return f'<p class="outcome {answer.outcome}" lang="{answer.language}">{said}</p>'
    doing = words("choosing", count=len(exchange.found)) if exchange.found else words("searching")
    return f'<p class="outcome working">{escape(doing)}</p>'


def _sentence(exchange: Exchange, sentence: Sentence, words: Words) -> str:
    marks = "".join(
        f'<a class="mark" data-open data-card="{exchange.id}-s{citation.mark}"'
        f' href="{escape(address(citation.document, citation.start, citation.end, words))}"'
        f' aria-label="{escape(words("source_mark", mark=citation.mark, title=citation.document.title))}">'
        f"[{citation.mark}]</a>"
        for citation in sentence.citations
    )
    return (
        f'<p class="sentence {sentence.verdict}" lang="{_language(sentence)}">'
        f"{escape(sentence.text)} {marks}{_sign(exchange, sentence, words)}</p>"
    )


def _language(sentence: Sentence) -> Language:
    if sentence.verdict is Verdict.QUOTED and sentence.citations:
        return sentence.citations[0].document.language
    return language_of(sentence.text)


def _sign(exchange: Exchange, sentence: Sentence, words: Words) -> str:
    """What the check found, said of each sentence once not all are the documents' own words."""
    if all_quoted(exchange.sentences):
        return ""
    verdict = f"verdict_{sentence.verdict}"
    told = escape(words(f"{verdict}_text"))
    return f' <span class="verdict {sentence.verdict}" title="{told}">{escape(words(verdict))}</span>'


def _notes(exchange: Exchange, words: Words) -> str:
    """Where the sources differ, in the answer's own language as its framing is, and what was withheld."""
    answer = exchange.answer
    if answer is None:
        return ""
    notes = notes_of(answer, words)
    languages = [answer.language] * len(answer.disagreements) + [words.language] * len(notes)
    return "".join(
        f'<p class="disagreement" role="note" lang="{language}">{escape(note)}</p>'
        for note, language in zip(notes, languages, strict=False)
    )
