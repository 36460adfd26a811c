"""The page on a port of this machine: routes, protection, and starting it."""

import contextlib
import os
import socket
import sys
import webbrowser
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.errors import CannotServe
from assistant.web.exchange import PageAssistant
from assistant.web.loopback import is_loopback
from assistant.web.words import LANGUAGES, Words
from knowledge.policy import Language

if TYPE_CHECKING:
    from fastapi import FastAPI

_FILES = {
    "document.css": "text/css",
    "style.css": "text/css",
    "guidance.css": "text/css",
    "ask.css": "text/css",
    "page.js": "text/javascript",
    "guidance.js": "text/javascript",
    "ask.js": "text/javascript",
    "filters.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_FONT = "chinese.otf"  # 8 MB, from a package; document.css asks for it where the machine has no Chinese face


def serve(
    assistant: PageAssistant,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
    language: Language = "en",
) -> None:
    """Serve the page until it is interrupted; `language` is the one it opens in.

    Raises CannotServe, before anything slow is loaded, when the host is not this machine alone or the
    port cannot be had.
    """
    with listening(host, port) as listener:
        import uvicorn

        app = build_app(assistant, language)
        config = uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=1)
        where = f"[{host}]" if ":" in host else host
        address = f"http://{where}:{listener.getsockname()[1]}"
        sys.stdout.write(f"{Words(language)('product')}: {address}  (Ctrl+C stops it)\n")
        sys.stdout.flush()
        if open_browser:
            webbrowser.open(address)  # connections wait in the socket's queue until the server takes them
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def check_address(host: str, port: int) -> None:
    """Raise CannotServe when the page cannot be served there; for callers with slow work before `serve`."""
    listening(host, port).close()


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens on a port of this machine; raises CannotServe when it cannot be had."""
    if not is_loopback(host):
        raise CannotServe(
            f"The page has no log-in yet, so it is served on this machine only: use 127.0.0.1 and not {host}."
        )
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    if os.name != "nt":  # there it would let two programs share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(where)
        listener.listen()
    except OSError as error:
        listener.close()
        why = error.strerror or error
        raise CannotServe(
            f"Port {port} of {host} cannot be used ({why}); choose another one with --port."
        ) from error
    return listener


def build_app(assistant: PageAssistant, language: Language = "en") -> "FastAPI":
    """The page, the documents and the page's own files as one ASGI application. Loading it takes seconds."""
    # Gradio reads these when it is imported; without them it contacts two hosts at its start.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from fastapi import FastAPI

    from assistant.web.answer_files import add_answer_files
    from assistant.web.chat_page import mount_page
    from assistant.web.filter_chips import add_filters
    from assistant.web.guidance_page import add_guidance_files
    from assistant.web.page_pictures import add_page_pictures
    from assistant.web.protection import Protection
    from assistant.web.shown_answers import ShownAnswers

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Protection)
    _add_documents(app, assistant)
    _add_files(app)
    add_guidance_files(app, assistant)
    shown = ShownAnswers()
    add_answer_files(app, assistant, shown)
    add_filters(app, assistant)
    add_page_pictures(app, assistant)
    mount_page(app, assistant, language, shown=shown)
    return app


def _add_documents(app: "FastAPI", assistant: PageAssistant) -> None:
    from fastapi import Request
    from fastapi.responses import HTMLResponse

    from assistant.web.asker import asker_of
    from assistant.web.document_page import document_page, documents_page, missing_page
    from assistant.web.reference_links import documents_named

    def of_asker(request: Request) -> PageAssistant:
        return assistant.for_collections(asker_of(request.scope).collections)

    @app.get("/documents")
    def documents(request: Request, lang: str = "en") -> HTMLResponse:
        seen = of_asker(request)
        held = seen.library.documents()
        validities = {one.id: seen.validity(one.id) for one in held}
        return HTMLResponse(documents_page(held, _words(lang), validities))

    @app.get("/documents/{document_id}")
    def document(
        request: Request, document_id: str, start: str = "", end: str = "", lang: str = "en"
    ) -> HTMLResponse:
        seen = of_asker(request)
        found = seen.library.document(document_id)
        if found is None:
            return HTMLResponse(missing_page(_words(lang)), status_code=404)
        highlight = (_offset(start), _offset(end)) if start or end else None
        sections, named = seen.library.sections(document_id), documents_named(seen.library)
        validity = seen.validity(document_id)
        return HTMLResponse(document_page(found, sections, highlight, _words(lang), validity, named))


def _add_files(app: "FastAPI") -> None:
    from fastapi import Response

    @app.get(f"/page-files/{_FONT}")
    def font() -> Response:
        content = (files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf").read_bytes()
        return Response(content, media_type="font/otf", headers={"cache-control": "public, max-age=31536000"})

    @app.get("/page-files/{name}")
    def page_file(name: str) -> Response:
        if name not in _FILES:
            return Response("There is nothing at this address.", 404, media_type="text/plain")
        content = (files(__package__) / "assets" / name).read_bytes()
        return Response(content, media_type=_FILES[name], headers={"cache-control": "no-cache"})


def _words(language: str) -> Words:
    return Words(next((known for known in LANGUAGES if known == language), "en"))


def _offset(text: str) -> int:
    """The number that an address gives, or -1, which is an offset of no text."""
    return int(text) if text.isdecimal() and len(text) < 12 else -1
