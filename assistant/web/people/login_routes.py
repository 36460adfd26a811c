"""The addresses at which people log in and out, and the way to an OpenID Connect provider and back."""

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qs, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import AssistantError, LogInRefused, PeopleError, ProviderFault, TooManyAttempts
from assistant.people.log_in import LogIn
from assistant.people.oidc import OidcLogIn
from assistant.people.people import Entrance, People
from assistant.web.asker import known_asker
from assistant.web.people.identification import session_cookie
from assistant.web.people.login_page import LogInForm, login_page, onward_page
from assistant.web.words import LANGUAGES, Words
from knowledge.policy import Language

if TYPE_CHECKING:
    from fastapi import FastAPI

log = logging.getLogger(__name__)

_STATE_COOKIE = "policy-assistant-provider"
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")  # a path of this page and no address of another

Fields = dict[str, str]


async def _fields(request: Request) -> Fields:
    # Read by hand: what a framework says of a form that it refuses would repeat the password.
    body = (await request.body()).decode("utf-8", "replace")
    return {name: values[0] for name, values in parse_qs(body).items()}


def local(address: str) -> str:
    """The address, if it is a path of this page; else the page itself."""
    again = address.partition("?")[0] in ("/login", "/logout")
    return address if _LOCAL.fullmatch(address) and not again else "/"


def add_log_in(app: "FastAPI", people: People, language: Language) -> None:
    """Add the log-in page, which opens in `language`, and log-out; without a log-in both lead to the page."""
    if people.log_in is None:
        for methods, path in ((["GET", "POST"], "/login"), (["POST"], "/logout")):
            app.add_api_route(path, lambda: RedirectResponse("/", 303), methods=methods, response_model=None)
        return
    cookies = _Cookies(people.entrance)
    _add_passwords(app, people.log_in, cookies, language)
    if people.log_in.oidc is not None:
        _add_provider(app, people.log_in, people.log_in.oidc, cookies, language)


def _add_passwords(app: "FastAPI", log_in: LogIn, cookies: "_Cookies", language: Language) -> None:
    @app.get("/login", response_class=HTMLResponse)
    def show(request: Request, next: str = "/", lang: str = "") -> Response:  # noqa: A002 (a parameter's name)
        words = _words(lang or _asked_in(next), language)
        if known_asker(request.scope) is not None:
            return RedirectResponse(local(next), 303)
        if request.headers.get("sec-fetch-site") == "cross-site":
            # After a link on another site the browser keeps the session cookie back; once more from here.
            again = urlencode({"next": local(next), "lang": words.language})
            return HTMLResponse(onward_page(f"/login?{again}", words))
        return _form(LogInForm(local(next), with_provider=log_in.oidc is not None), words)

    @app.post("/login")
    def enter(request: Request, fields: Annotated[Fields, Depends(_fields)]) -> Response:
        words = _words(fields.get("lang", ""), language)
        name, wanted = fields.get("name", ""), local(fields.get("next", "/"))
        try:
            session = log_in.with_password(name, fields.get("password", ""), _address(request))
        except (LogInRefused, PeopleError) as error:
            return _refused(LogInForm(wanted, name, with_provider=log_in.oidc is not None), error, words)
        log_in.log_out(request.cookies.get(cookies.session, ""))
        return cookies.given(RedirectResponse(wanted, 303), session)

    @app.post("/logout")
    def leave(request: Request, fields: Annotated[Fields, Depends(_fields)]) -> Response:
        log_in.log_out(request.cookies.get(cookies.session, ""))
        speaking = _words(fields.get("lang", ""), language).language
        return cookies.taken(RedirectResponse(f"/login?lang={speaking}", 303))


def _add_provider(
    app: "FastAPI", log_in: LogIn, oidc: OidcLogIn, cookies: "_Cookies", language: Language
) -> None:
    @app.get("/login/provider")
    def send(request: Request, next: str = "/", lang: str = "") -> Response:  # noqa: A002
        words, wanted = _words(lang, language), local(next)
        back = f"{cookies.scheme}://{request.headers['host']}/login/return"
        try:
            address, state = oidc.begin(back, wanted)
        except ProviderFault as error:
            return _refused(LogInForm(wanted, with_provider=True), error, words)
        return cookies.with_state(RedirectResponse(address, 303), f"{words.language}.{state}")

    @app.get("/login/return")
    def come_back(request: Request) -> Response:
        speaking, _, state = request.cookies.get(_STATE_COOKIE, "").partition(".")
        words = _words(speaking, language)
        try:
            person, wanted = oidc.finish(dict(request.query_params), state)
            session = log_in.with_provider(person, _address(request))
        except (LogInRefused, ProviderFault, PeopleError) as error:
            return _refused(LogInForm("/", with_provider=True), error, words)
        log_in.log_out(request.cookies.get(cookies.session, ""))
        answer = cookies.given(HTMLResponse(onward_page(wanted, words)), session)
        answer.delete_cookie(_STATE_COOKIE, path="/login")
        return answer


class _Cookies:
    """The cookies of the log-in."""

    def __init__(self, entrance: Entrance) -> None:
        self._https = entrance.https
        self.scheme = "https" if entrance.https else "http"
        self.session = session_cookie(https=entrance.https)

    def given(self, answer: Response, session: str) -> Response:
        answer.set_cookie(self.session, session, httponly=True, samesite="strict", secure=self._https)
        return answer

    def taken(self, answer: Response) -> Response:
        answer.delete_cookie(self.session, httponly=True, samesite="strict", secure=self._https)
        return answer

    def with_state(self, answer: Response, state: str) -> Response:
        # Lax: the provider, another site, sends the browser back with it.
        answer.set_cookie(
            _STATE_COOKIE, state, 600, path="/login", httponly=True, samesite="lax", secure=self._https
        )
        return answer


def _refused(form: LogInForm, error: AssistantError, words: Words) -> HTMLResponse:
    """The form once more, with what went wrong in the language of the page."""
    match error:
        case TooManyAttempts():
            told = replace(form, problem=words("people_refused_too_many", seconds=error.seconds))
            return _form(told, words, 429, {"retry-after": str(error.seconds)})
        case LogInRefused():
            told = replace(form, problem=words(f"people_refused_{error.reason}"))
            return _form(told, words, 401, {"www-authenticate": "Bearer"})
    log.warning("Nobody can log in: %s", error)
    key = "people_provider_fault" if isinstance(error, ProviderFault) else "people_unreadable"
    return _form(replace(form, problem=words(key)), words, 503)


def _form(
    form: LogInForm, words: Words, status: int = 200, headers: dict[str, str] | None = None
) -> HTMLResponse:
    return HTMLResponse(login_page(form, words), status, {"cache-control": "no-store"} | (headers or {}))


def _asked_in(address: str) -> str:
    """The language of the page that somebody wanted to open, if its address says it."""
    return parse_qs(address.partition("?")[2]).get("lang", [""])[0]


def _words(asked: str, otherwise: Language) -> Words:
    return Words(next((known for known in LANGUAGES if known == asked), otherwise))


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
