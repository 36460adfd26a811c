"""The page on a port of this machine: routes, protection, and starting it."""

import os
import socket
import sys
import webbrowser
from importlib.resources import files
from typing import TYPE_CHECKING

from assistant.admission import Admission
from assistant.errors import CannotServe
from assistant.people.people import People
from assistant.web.loopback import is_loopback
from assistant.web.site import Site
from assistant.web.words import Words

if TYPE_CHECKING:
    from fastapi import FastAPI


_FILES = {
    "document.css": "text/css",
    "bar.css": "text/css",
    "style.css": "text/css",
    "guidance.css": "text/css",
    "library.css": "text/css",
    "evals.css": "text/css",
    "history.css": "text/css",
    "people.css": "text/css",
    "ask.css": "text/css",
    "page.js": "text/javascript",
    "guidance.js": "text/javascript",
    "library.js": "text/javascript",
    "bar.js": "text/javascript",
    "history.js": "text/javascript",
    "ask.js": "text/javascript",
    "filters.js": "text/javascript",
    "people.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_FONT = "chinese.otf"  # 8 MB, from a package; document.css asks for it where the machine has no Chinese face


def serve(site: Site, *, host: str = "127.0.0.1", port: int = 7860, open_browser: bool = False) -> None:
    """Serve a site until it is interrupted.

    Raises CannotServe, before anything slow is loaded, when the host is not this machine alone and nobody
    has to log in, or the port cannot be had.
    """
    with listening(host, port, site.people) as listener:
        run_page(site, build_app(site), listener, open_browser=open_browser)


def run_page(site: Site, app: "FastAPI", listener: socket.socket, *, open_browser: bool = False) -> None:
    """Serve the application of a site on a listening socket until SIGTERM or Ctrl+C, and stop in order.

    What has come in by the site's door is answered to the end, for ten seconds at most. What proxies say of
    whom they send requests for is believed of those alone that are set.
    """
    import uvicorn

    from assistant.web.running.stopping import OrderlyServer

    proxies = site.people.entrance.proxies
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="warning",
        access_log=False,
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=1,
        proxy_headers=bool(proxies),  # else it believes whatever runs on this machine
        forwarded_allow_ips=proxies,
    )
    host, port = listener.getsockname()[:2]
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    sys.stdout.write(f"{Words(site.language)('product')}: {address}  (Ctrl+C stops it)\n")
    sys.stdout.flush()
    if open_browser:
        webbrowser.open(address)  # connections wait in the socket's queue until the server takes them
    OrderlyServer(config, site.door).run(sockets=[listener])


def check_address(host: str, port: int, people: People | None = None) -> None:
    """Raise CannotServe when the page cannot be served there; for callers with slow work before `serve`."""
    listening(host, port, people).close()


def listening(host: str, port: int, people: People | None = None) -> socket.socket:
    """A socket that listens on a port; raises CannotServe when it cannot be had.

    Beyond this machine only where people log in, and know the page by a name that is set.
    """
    people = people or People()
    if people.log_in is None and not is_loopback(host):
        raise CannotServe(
            f"Nobody has to log in, so the page is served on this machine only: use 127.0.0.1 and not {host}"
            ", or make users with: policy-assistant users add NAME"
        )
    if people.log_in is None and people.entrance.hosts:
        raise CannotServe(
            "hosts is set, but nobody has to log in: make users with policy-assistant users add NAME, "
            "or take hosts out of the settings."
        )
    if not is_loopback(host) and not people.entrance.hosts:
        raise CannotServe(
            f"To be served at {host} the page must know its name: set hosts to the names by which people "
            "open it, such as policy.example.org."
        )
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise CannotServe(
            f"There is no address {host} on this machine; choose another with --host."
        ) from error
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


def build_app(site: Site) -> "FastAPI":
    """The page, documents, ways in for programs and the page's own files as one ASGI application.

    Loading it takes seconds.
    """
    # Gradio reads these when it is imported; without them it contacts two hosts at its start.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from fastapi import FastAPI

    from assistant.web.api.adding import add_api
    from assistant.web.chat.answer_files import add_answer_files
    from assistant.web.chat.chat_page import mount_page
    from assistant.web.chat.filter_chips import add_filters
    from assistant.web.chat.shown_answers import ShownAnswers
    from assistant.web.documents.page_pictures import add_page_pictures
    from assistant.web.guidance.guidance_page import add_guidance_files
    from assistant.web.history.routes import add_history
    from assistant.web.library.routes import add_library
    from assistant.web.other_rooms import PageParts, add_other_rooms, feedback_of
    from assistant.web.people.identification import Identification
    from assistant.web.people.login_routes import add_log_in
    from assistant.web.protection import Protection, whoever_sits_here
    from assistant.web.running.request_log import RequestLog

    assistant, people, shown = site.assistant, site.people, ShownAnswers()
    log_in = people.log_in
    identify = Identification(log_in, https=people.entrance.https) if log_in else whoever_sits_here
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Protection, identify=identify, hosts=people.entrance.hosts)
    app.add_middleware(RequestLog)  # added last, it is the outermost
    _add_alive(app, site.door)
    add_log_in(app, people, site.language)  # before the page: Gradio has addresses of the same names
    add_library(app, assistant, site.desk)
    add_other_rooms(app, PageParts(assistant, site.evals_folder, feedback_of(site.records, assistant)))
    _add_files(app)
    add_guidance_files(app, assistant, people.quota)
    add_answer_files(app, assistant, shown)
    add_filters(app, assistant)
    add_page_pictures(app, assistant)
    add_history(app, assistant, site.records)
    desk = add_api(app, assistant, people.quota.take, records=site.records, door=site.door)
    mount_page(app, site, shown, desk.metrics)
    return app


def _add_alive(app: "FastAPI", door: Admission) -> None:
    """The address at which a supervisor looks whether questions are taken on."""
    from fastapi import Response

    @app.get("/alive")
    def alive() -> Response:
        if door.is_closed:
            return Response("stopping", 503, media_type="text/plain")
        return Response("ok", media_type="text/plain", headers={"cache-control": "no-store"})


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
