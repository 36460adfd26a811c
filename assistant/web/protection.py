"""What stands between a browser and the page: who may ask for what, and the headers on every answer.

Gradio sends no security headers and checks no roles; both happen here, by the rules of `route_rules`.
"""

import re
import secrets
from collections.abc import Callable, Collection, MutableMapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.errors import SessionsUnreachable
from assistant.people.person import LOCAL_PERSON, Person
from assistant.web.api.error_forms import MCP, OPENAI, REST, in_form_of, is_below
from assistant.web.asker import remember_asker
from assistant.web.loopback import is_loopback
from assistant.web.people.login_page import not_allowed_page
from assistant.web.route_rules import ANYONE, Rule, rule_for
from assistant.web.words import Words

# Establishes who sent a request, from its ASGI scope; None for nobody that is known.
Identify = Callable[[Scope], Person | None]


def whoever_sits_here(scope: Scope) -> Person:  # noqa: ARG001 (an Identify)
    """Who sends requests to a page without a log-in, which this machine alone can reach."""
    return LOCAL_PERSON


# What Gradio tells link previews: its own name and a picture on another machine.
_PREVIEW = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>')
_PLAIN = ("/documents", "/library", "/evals", "/login", "/conversations")
_OWN_FILE = re.compile(rb"/(page-files/[a-z.]+\.(css|js))")
_NOT_SENT_ON = frozenset({b"accept-encoding", b"if-none-match", b"if-modified-since"})


class Protection:
    """ASGI middleware: refuses foreign hosts and origins, large bodies, what has no rule or is not allowed.

    What it lets through carries who sent it (see `asker`); every answer carries the security headers.
    `hosts` are the names by which other machines may ask for the page; this one always may.
    """

    def __init__(
        self, app: ASGIApp, identify: Identify = whoever_sits_here, hosts: Collection[str] = ()
    ) -> None:
        self._app = app
        self._identify = identify
        self._hosts = hosts
        self._asks_log_in = identify is not whoever_sits_here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused request, or pass the request on and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        headers = _security_headers(scope["path"], nonce)
        rule = rule_for(scope["method"], scope["path"])
        if self._asks_log_in and rule is not None and rule.least is not ANYONE:
            headers["cache-control"] = "no-store"  # nobody reads it in this browser after a log-out
        refusal = self._refusal(scope)
        if refusal is not None:
            refusal = in_form_of(scope["path"], refusal)
            await refusal(scope, receive, _with_headers(send, headers))
        elif scope["path"] == "/" and scope["method"] == "GET":
            plain = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in _NOT_SENT_ON]}
            await self._app(plain, receive, _with_nonce(_with_headers(send, headers), nonce))
        else:
            await self._app(scope, receive, _with_headers(send, headers))

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        name = _name(host)
        if not is_loopback(name) and name not in self._hosts:
            # Any web site may give itself a name that leads to this machine; it must not read the documents.
            return PlainTextResponse(
                "This page is not known by that name; open it by one of the setting hosts."
                if self._hosts
                else "This page answers on this machine only; open it as http://127.0.0.1.",
                400,
            )
        if _is_foreign(scope["method"], headers, host):
            return PlainTextResponse("Requests from other sites are refused.", 403)
        rule = rule_for(scope["method"], scope["path"])
        if rule is None:
            return PlainTextResponse("There is nothing at this address.", 404)
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not length.isdecimal() or int(length) > rule.largest_body:
            return PlainTextResponse(f"A request may have at most {rule.largest_body:,} bytes.", 413)
        return self._not_allowed(scope, rule)

    def _not_allowed(self, scope: Scope, rule: Rule) -> Response | None:
        try:
            person = self._identify(scope)
        except SessionsUnreachable as error:
            return PlainTextResponse(str(error), 503, {"retry-after": "2"})
        if person is not None:
            remember_asker(scope, person)
        if rule.least is ANYONE:
            return None
        if person is None:
            return self._asked_to_log_in(scope)
        if person.role.covers(rule.least):
            return None
        if _opens_a_page(scope):
            query = QueryParams(scope.get("query_string", b""))
            words = Words("zh" if query.get("lang") == "zh" else "en")
            return HTMLResponse(not_allowed_page(person, rule.least, words), 403)
        return PlainTextResponse(f"This is for a {rule.least} or above; you are a {person.role}.", 403)

    def _asked_to_log_in(self, scope: Scope) -> Response:
        # A browser that opens a page is led to the log-in; whatever asks otherwise cannot fill in a form.
        if self._asks_log_in and _opens_a_page(scope) and "authorization" not in Headers(scope=scope):
            asked, query = scope["path"], scope.get("query_string", b"").decode("latin-1")
            wanted = urlencode({"next": f"{asked}?{query}" if query else asked})
            return RedirectResponse(f"/login?{wanted}", 303)
        return PlainTextResponse("Log in first.", 401, {"www-authenticate": "Bearer"})


def _opens_a_page(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    return (
        scope["method"] in ("GET", "HEAD")
        and "text/html" in headers.get("accept", "")
        and headers.get("sec-fetch-dest", "document") != "empty"  # no script of an open page
    )


def _is_foreign(method: str, headers: Headers, host: str) -> bool:
    """Whether a request was made by a page of another site, in a browser that says so."""
    site = headers.get("sec-fetch-site", "none")
    if method not in ("GET", "HEAD") and site not in ("same-origin", "none"):
        return True
    origin = headers.get("origin")
    if origin == "null":  # so a browser sends it with forms of pages whose address is to be told to nobody
        return site != "same-origin"
    return origin is not None and urlsplit(origin).netloc != host


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _security_headers(path: str, nonce: str) -> dict[str, str]:
    # Gradio renders its templates with new Function and sets styles inline, so these two allowances stay;
    # scripts run only from our own files or with the nonce of this very answer.
    scripts = f"'self' 'nonce-{nonce}' 'unsafe-eval'"
    policy = (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
        "frame-ancestors 'self'"
    )
    if path.startswith(_PLAIN):
        # Plain pages: forms and pictures, and a script only where there is something to drag or to wait for.
        runs = "script-src 'self'; connect-src 'self'; " if path.startswith("/library/desk") else ""
        policy = (
            f"default-src 'none'; {runs}style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
        )
    elif any(is_below(path, way_in) for way_in in (REST, OPENAI, MCP)):
        policy = "default-src 'none'; frame-ancestors 'none'"  # nothing here is a page
    # Gradio's own files carry a hash of what is in them in their names, so a browser need never ask again.
    kept = {"cache-control": "public, max-age=31536000, immutable"} if path.startswith("/assets/") else {}
    return kept | {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }


def _with_headers(send: Send, added: dict[str, str]) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in added.items():
                headers[name] = value
        await send(message)

    return send_with_headers


def _preloads(page: bytes) -> bytes:
    """What lets a browser fetch our files at once; Gradio's script asks for them only when it has run."""
    kinds = {b"css": b"style", b"js": b"script"}
    names = dict.fromkeys(_OWN_FILE.findall(page))
    links = (b'<link rel="preload" href="/%s" as="%s">' % (name, kinds[ending]) for name, ending in names)
    return b"".join(links)


def _with_nonce(send: Send, nonce: str) -> Send:
    """Hold the page back until it is whole, give its scripts the nonce and take the previews out.

    Nothing that a person wrote can open a script tag here: Gradio writes its settings with "<" escaped.
    """
    start: MutableMapping[str, Any] = {}
    body = bytearray()

    async def send_with_nonce(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
            return
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        page = _PREVIEW.sub(b"", bytes(body)).replace(b"<script", f'<script nonce="{nonce}"'.encode())
        page = page.replace(b"</head>", _preloads(page) + b"</head>", 1)
        MutableHeaders(scope=start)["content-length"] = str(len(page))
        await send(start)
        await send({"type": "http.response.body", "body": page})

    return send_with_nonce
