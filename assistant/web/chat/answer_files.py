"""Where an answer can be had as a file: Word, Markdown, or a receipt that `verify` checks."""

from typing import TYPE_CHECKING

from assistant.receipts.receipt import receipt_of
from assistant.receipts.receipt_file import as_json
from assistant.web.chat.answer_sheet import sheet_of
from assistant.web.chat.exchange import PageAssistant
from assistant.web.chat.sheet_markdown import sheet_as_markdown
from assistant.web.chat.shown_answers import ShownAnswer, ShownAnswers
from assistant.web.words import Words

if TYPE_CHECKING:
    from fastapi import FastAPI

FORMS = ("docx", "md", "json")
_MEDIA_TYPES = {
    "md": "text/markdown; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def add_answer_files(app: "FastAPI", assistant: PageAssistant, shown: ShownAnswers) -> None:
    """One address a form; whoever asks for an answer that was made for somebody else finds nothing."""
    from fastapi import Request, Response

    from assistant.web.asker import asker_of

    @app.get("/answers/{key}.{form}")
    def answer_file(request: Request, key: str, form: str, lang: str = "en") -> Response:
        words = Words("zh" if lang == "zh" else "en")
        asker = asker_of(request.scope)
        kept = shown.find(key, asker)
        if kept is None or form not in FORMS:
            return Response(words("ask_answer_gone"), 404, media_type="text/plain; charset=utf-8")
        content = _file(kept, form, assistant.for_collections(asker.collections), words)
        headers = {"content-disposition": f'attachment; filename="answer-{kept.made:%Y%m%d-%H%M%S}.{form}"'}
        return Response(content, media_type=_MEDIA_TYPES[form], headers=headers)


def _file(kept: ShownAnswer, form: str, assistant: PageAssistant, words: Words) -> bytes:
    exchange, day = kept.exchange, kept.made.date().isoformat()
    if form == "json":
        assert exchange.answer is not None  # noqa: S101 (only answered exchanges are kept)
        as_of = exchange.filters.as_of or day
        receipt = receipt_of(exchange.answer, as_of=as_of, made=kept.made, index=assistant.built_with)
        return as_json(receipt).encode("utf-8")
    titles = {entry.id: entry.facts.title for entry in assistant.library.entries()}
    sheet = sheet_of(exchange, words, day=day, titles=titles)
    if form == "md":
        return sheet_as_markdown(sheet).encode("utf-8")
    from assistant.web.chat.sheet_docx import sheet_as_docx

    return sheet_as_docx(sheet)
