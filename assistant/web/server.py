"""The page on a port of this machine: routes, protection, and starting it."""

import contextlib
import os
import socket
import sys
import webbrowser
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import CannotServe
from assistant.web.exchange import PageAssistant
from assistant.web.loopback import is_loopback
from assistant.web.words import Words
from knowledge.policy import Language

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.desk.desk import Desk

_FILES = {
    "document.css": "text/css",
    "bar.css": "text/css",
    "style.css": "text/css",
    "guidance.css": "text/css",
    "library.css": "text/css",
    "evals.css": "text/css",
    "page.js": "text/javascript",
    "guidance.js": "text/javascript",
    "library.js": "text/javascript",
    "bar.js": "text/javascript",
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
    desk: "Desk | None" = None,
    evals_folder: Path = Path("evals/runs"),
) -> None:
    """Serve the page until it is interrupted; `language` is the one it opens in.

    Raises CannotServe, before anything slow is loaded, when the host is not this machine alone or the
    port cannot be had.
    """
    with listening(host, port) as listener:
        import uvicorn

        app = build_app(assistant, language, desk=desk, evals_folder=evals_folder)
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


def build_app(
    assistant: PageAssistant,
    language: Language = "en",
    *,
    desk: "Desk | None" = None,
    evals_folder: Path = Path("evals/runs"),
) -> "FastAPI":
    """The page, the documents and the page's own files as one ASGI application. Loading it takes seconds.

    Maintainers have a desk when one is given.
    """
    # Gradio reads these when it is imported; without them it contacts two hosts at its start.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from fastapi import FastAPI

    from assistant.web.chat_page import mount_page
    from assistant.web.guidance_page import add_guidance_files
    from assistant.web.library.routes import add_library
    from assistant.web.other_rooms import PageParts, add_other_rooms
    from assistant.web.protection import Protection

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Protection)
    add_library(app, assistant, desk)
    add_other_rooms(app, PageParts(assistant, evals_folder))
    _add_files(app)
    add_guidance_files(app, assistant)
    mount_page(app, assistant, language)
    return app


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
