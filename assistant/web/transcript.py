"""The conversation as HTML: what was asked, what the documents say, and how to begin."""

from collections.abc import Sequence
from html import escape

from assistant.answer import Answer, Sentence, Verdict, Wording
from assistant.answer_text import framing, locator
from assistant.disagreement_text import disagreement_note
from assistant.validity_text import validity_of, warning
from assistant.web.document_links import address, document_list, facts_line
from assistant.web.exchange import Exchange, Exchanges
from assistant.web.source_cards import passage_links
from assistant.web.trust_note import trust_note
from assistant.web.words import Example, Words, examples
from knowledge.language import language_of
from knowledge.policy import Document, Language

MOST_LISTED = 4  # documents named on the empty page


def transcript_html(exchanges: Exchanges, documents: Sequence[Document], words: Words) -> str:
    """The whole conversation, or the welcome while there is none; everything quoted or typed is escaped."""
    if not exchanges:
        return _welcome(documents, words)
    shown = [_exchange(exchange, words) for exchange in exchanges[:-1]]
    last = exchanges[-1]
    trust = trust_note(words) if last.answer and last.answer.sentences else ""
    shown.append(_exchange(last, words, trust + _follow_up(last, documents, words)))
    return f'<div class="log" role="log" aria-label="{escape(words("conversation"))}">{"".join(shown)}</div>'


def _exchange(exchange: Exchange, words: Words, next_step: str = "") -> str:
    busy = "true" if exchange.answer is None else "false"
    return (
        f'<article class="exchange" id="{exchange.id}">'
        f'<h2 class="question"><span class="unseen">{escape(words("you_asked"))} </span>'
        f"{escape(exchange.question)}</h2>{_restated(exchange, words)}"
        f'<div class="answer" aria-busy="{busy}">{_status(exchange, words)}'
        f"{''.join(_sentence(exchange, sentence, words) for sentence in exchange.sentences)}"
        f"{_disagreements(exchange)}{_closing(exchange, words)}</div>{next_step}</article>"
    )


def _restated(exchange: Exchange, words: Words) -> str:
    if exchange.sources is None or exchange.sources.standalone_question == exchange.question.strip():
        return ""
    understood = words("restated", question=exchange.sources.standalone_question)
    return f'<p class="restated">{escape(understood)}</p>'


def _status(exchange: Exchange, words: Words) -> str:
    """What is being done, or once the answer is whole, what became of the question, in its own language."""
    answer = exchange.answer
    if answer is not None:
        said = escape(framing(answer))
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
    if all(one.verdict is Verdict.QUOTED for one in exchange.sentences):
        return ""
    verdict = f"verdict_{sentence.verdict}"
    told = escape(words(f"{verdict}_text"))
    return f' <span class="verdict {sentence.verdict}" title="{told}">{escape(words(verdict))}</span>'


def _disagreements(exchange: Exchange) -> str:
    """Where the sources differ, said in the answer's own language as its framing is."""
    answer = exchange.answer
    if answer is None:
        return ""
    return "".join(
        f'<p class="disagreement" role="note" lang="{answer.language}">'
        f"{escape(disagreement_note(note, answer.language))}</p>"
        for note in answer.disagreements
    )


def _closing(exchange: Exchange, words: Words) -> str:
    answer = exchange.answer
    if answer is None:
        return ""
    if not answer.sentences:
        return _offer(answer, words)
    quoted = all(sentence.verdict is Verdict.QUOTED for sentence in answer.sentences)
    own_words = f'<span class="own-words">{escape(words("own_words"))}</span>' if quoted else ""
    count = escape(words("sources_count", count=len(exchange.citations)))
    return (
        f'<p class="closing">{own_words}'
        f'<button type="button" class="quiet show-sources" data-exchange="{exchange.id}">{count}</button>'
        f'<button type="button" class="quiet copy" data-copy="{escape(answer_as_text(answer, words))}"'
        f' data-copied="{escape(words("copied"))}">{escape(words("copy"))}</button></p>'
    )


def _offer(answer: Answer, words: Words) -> str:
    if not answer.nearest:
        return ""
    heading = f'<h3 class="small-heading">{escape(words("may_look"))}</h3>'
    return f'<div class="nearest">{heading}{passage_links(answer.nearest, words)}</div>'


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
        stands = (
            citation.document.title,
            facts_line(citation.document, words),
            locator(citation, words.language),
        )
        lines.append(f"[{citation.mark}] {words('joiner').join(stands)}")
        told = warning(validity_of(citation.document, answer.considered), words.language)
        lines += [told] if told else []
    return "\n".join(lines)


def _welcome(documents: Sequence[Document], words: Words) -> str:
    return (
        f'<section class="welcome"><h2>{escape(words("welcome"))}</h2>'
        f'<p class="welcome-text">{escape(words("welcome_text"))}</p>{trust_note(words)}'
        f"{_questions_to_try(documents, words)}{_documents_at_hand(documents, words)}</section>"
    )


def _questions_to_try(documents: Sequence[Document], words: Words) -> str:
    offered = "".join(_question_button(example.question, example.language) for example in _fitting(documents))
    if not offered:
        return ""
    return (
        f'<h3 class="small-heading">{escape(words("try_asking"))}</h3><div class="examples">{offered}</div>'
    )


def _follow_up(last: Exchange, documents: Sequence[Document], words: Words) -> str:
    """The question that goes on from an example, once the example has been answered."""
    if last.answer is None:
        return ""
    for example in _fitting(documents):
        if example.question == last.question:
            heading = f'<h3 class="small-heading">{escape(words("follow_up"))}</h3>'
            button = _question_button(example.follow_up, example.language)
            return f'<div class="follow-up">{heading}<div class="examples">{button}</div></div>'
    return ""


def _fitting(documents: Sequence[Document]) -> list[Example]:
    held = {document.sha256 for document in documents}
    return [example for example in examples() if example.document in held]


def _question_button(question: str, language: str) -> str:
    return f'<button type="button" class="example" lang="{language}">{escape(question)}</button>'


def _documents_at_hand(documents: Sequence[Document], words: Words) -> str:
    if not documents:
        return ""
    listed = document_list(documents[:MOST_LISTED], words)
    more = ""
    if len(documents) > MOST_LISTED:
        label = escape(words("all_documents", count=len(documents)))
        more = (
            f'<p><a class="all-documents" data-open href="/documents?lang={words.language}">{label}</a></p>'
        )
    return f'<h3 class="small-heading">{escape(words("documents"))}</h3>{listed}{more}'
