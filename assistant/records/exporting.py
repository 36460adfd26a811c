"""Conversations as files that a person takes away: JSON for programs, Markdown to read.

What they hold of answers is what stands today; what does not is said, as on the page.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from assistant.answer_text import as_json as answer_as_json
from assistant.answer_text import framing, locator
from assistant.disagreement_text import disagreement_note
from assistant.records.reopening import Reopened
from assistant.records.stored import StoredConversation, StoredExchange
from assistant.records.stored_answer import filters_as_json
from knowledge.policy import Language

FORMAT = "policy-assistant conversations"
VERSION = 1

Conversations = Sequence[tuple[StoredConversation, Sequence[Reopened]]]

_TEXTS: dict[Language, dict[str, str]] = {
    "en": {
        "title": "Conversations",
        "asked": "Asked on {day} (UTC); the quotes were compared with the documents again for this file.",
        "lost": "No longer in “{document}”:",
        "unseen": "A sentence rested on a document that is no longer at hand.",
        "feedback": "You said: {rating}",
    },
    "zh": {
        "title": "对话记录",
        "asked": "提问时间：{day}（UTC）；导出时已重新核对引文。",
        "lost": "《{document}》中已无下列语句：",
        "unseen": "有一句所依据的文件已不在文件库中。",
        "feedback": "您的评价：{rating}",
    },
}
# Whatever could begin markup in a line of Markdown, or HTML in it.
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-!|>~$])")


def as_json(conversations: Conversations) -> dict[str, Any]:
    """The file for programs; each answer is the object that `ask --json` prints."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "conversations": [
            _head(conversation) | {"exchanges": [_exchange(one) for one in exchanges]}
            for conversation, exchanges in conversations
        ],
    }


def as_stored_json(
    conversations: Sequence[tuple[StoredConversation, Sequence[StoredExchange]]],
) -> dict[str, Any]:
    """Everything that is stored, as it is stored, whether it still stands or not: for those who keep it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "conversations": [
            _head(conversation)
            | {"person": conversation.person, "exchanges": [asdict(one) for one in exchanges]}
            for conversation, exchanges in conversations
        ],
    }


def as_markdown(conversations: Conversations, language: Language) -> str:
    """The file to read; nothing that stands in it is markup but its own."""
    texts = _TEXTS[language]
    lines = [f"# {texts['title']}"]
    for conversation, exchanges in conversations:
        lines += ["", f"## {_plain(conversation.title)}"]
        for one in exchanges:
            lines += _as_lines(one, texts, language)
    return "\n".join(lines) + "\n"


def _head(conversation: StoredConversation) -> dict[str, Any]:
    return {"title": conversation.title, "begun": conversation.begun, "changed": conversation.changed}


def _exchange(again: Reopened) -> dict[str, Any]:
    stored, answer = again.stored, answer_as_json(again.answer)
    for inner in ("seconds", "fault", "unknown_marks"):
        del answer[inner]
    feedback = stored.feedback
    return {
        "asked": stored.asked,
        "question": stored.question,
        "filters": filters_as_json(stored.filters),
        "answer": answer,
        "no_longer_stands": [asdict(lost) for lost in again.lost],
        "feedback": asdict(feedback) if feedback else None,
    }


def _as_lines(again: Reopened, texts: dict[str, str], language: Language) -> Iterator[str]:
    stored, answer = again.stored, again.answer
    yield from ("", f"### {_plain(stored.question)}", "")
    yield from (f"*{texts['asked'].format(day=stored.asked[:10])}*", "")
    if answer.sentences or not again.lost:
        yield from (_plain(framing(answer)), "")
    for sentence in answer.sentences:
        marks = "".join(f"\\[{citation.mark}\\]" for citation in sentence.citations)
        yield from (f"> {_plain(sentence.text)} {marks}", "")
    for note in answer.disagreements:
        yield from (_plain(disagreement_note(note, answer.language)), "")
    for citation in answer.citations:
        place = _plain(f"{citation.document.title}, {locator(citation, language)}")
        yield f"- \\[{citation.mark}\\] {place}"
    for lost in again.lost:
        told = texts["lost"].format(document=lost.document) if lost.text else texts["unseen"]
        yield from ("", f"{_plain(told)} ~~{_plain(lost.text)}~~" if lost.text else _plain(told))
    if stored.feedback:
        said = f"{stored.feedback.rating} {stored.feedback.reason or ''} {stored.feedback.comment}".strip()
        yield from ("", _plain(texts["feedback"].format(rating=said)))


def _plain(text: str) -> str:
    """The text on one line, with nothing in it that Markdown or HTML would take for markup."""
    one_line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return _MARKUP.sub(r"\\\1", one_line)
