"""How to begin: what the page is for, questions to try, and the documents that are there."""

from collections.abc import Sequence
from html import escape

from assistant.web.chat.trust_note import trust_note
from assistant.web.documents.document_links import document_list
from assistant.web.words import Example, Words, examples
from knowledge.policy import Document

MOST_LISTED = 4  # documents named on the empty page


def welcome_html(documents: Sequence[Document], words: Words) -> str:
    """The empty page; `documents` are those that the reader may open."""
    return (
        f'<section class="welcome"><h2>{escape(words("welcome"))}</h2>'
        f'<p class="welcome-text">{escape(words("welcome_text"))}</p>{trust_note(words)}'
        f"{_questions_to_try(documents, words)}{_documents_at_hand(documents, words)}</section>"
    )


def follow_up_html(question: str, documents: Sequence[Document], words: Words) -> str:
    """The question that goes on from an example; empty for any other question."""
    for example in _fitting(documents):
        if example.question == question:
            heading = f'<h3 class="small-heading">{escape(words("follow_up"))}</h3>'
            button = question_button(example.follow_up, example.language)
            return f'<div class="follow-up">{heading}<div class="examples">{button}</div></div>'
    return ""


def question_button(question: str, language: str) -> str:
    """A button that asks exactly the question that stands on it."""
    return f'<button type="button" class="example" lang="{language}">{escape(question)}</button>'


def _questions_to_try(documents: Sequence[Document], words: Words) -> str:
    offered = "".join(question_button(example.question, example.language) for example in _fitting(documents))
    if not offered:
        return ""
    return (
        f'<h3 class="small-heading">{escape(words("try_asking"))}</h3><div class="examples">{offered}</div>'
    )


def _fitting(documents: Sequence[Document]) -> list[Example]:
    held = {document.sha256 for document in documents}
    return [example for example in examples() if example.document in held]


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
