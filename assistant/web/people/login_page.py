"""The log-in page, and those that look like it: plain HTML that needs no script."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from assistant.people.person import Person, Role
from assistant.web.words import Words

_HEAD = (
    '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    # Else a browser would hide from which page the form is sent, as it must from other sites.
    '<meta name="referrer" content="same-origin">'
    '<link rel="icon" href="/page-files/icon.svg"><link rel="stylesheet" href="/page-files/document.css">'
    '<link rel="stylesheet" href="/page-files/people.css">'
)


@dataclass(frozen=True, slots=True)
class LogInForm:
    """What the page shows besides its words."""

    next: str  # where to go afterwards
    name: str = ""  # as it was typed before
    problem: str = ""  # why the last attempt was not let in
    with_provider: bool = False  # there is another way in


def login_page(form: LogInForm, words: Words) -> str:
    """The whole page; everything that was typed is escaped."""
    other = escape("/login?" + urlencode({"next": form.next, "lang": words.other_language}))
    problem = (
        f'<p class="problem" role="alert" id="problem">{escape(form.problem)}</p>' if form.problem else ""
    )
    described = ' aria-describedby="problem" aria-invalid="true"' if form.problem else ""
    # The cursor waits where there is something to type next.
    on_name, on_password = ("", " autofocus") if form.name else (" autofocus", "")
    main = (
        f'<h1 class="log-in-heading">{escape(words("people_log_in"))}</h1>{problem}'
        '<form method="post" action="/login">'
        f'<input type="hidden" name="next" value="{escape(form.next)}">'
        f'<input type="hidden" name="lang" value="{words.language}">'
        f'<label for="name">{escape(words("people_name"))}</label>'
        f'<input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false"'
        f' required maxlength="100" value="{escape(form.name)}"{described}{on_name}>'
        f'<label for="password">{escape(words("people_password"))}</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required'
        f' maxlength="1000"{described}{on_password}>'
        f'<button type="submit">{escape(words("people_log_in"))}</button></form>{_provider(form, words)}'
        f'<p class="log-in-help">{escape(words("people_no_access"))}</p>'
    )
    switch = (
        f'<a class="switch" lang="{_tag(words.other_language)}" hreflang="{_tag(words.other_language)}"'
        f' href="{other}">{escape(words("switch_language"))}</a>'
    )
    return _page(words("people_log_in"), f"{_brand(words)}<main>{main}</main>{switch}", words)


def onward_page(target: str, words: Words) -> str:
    """A page that leads on at once: a browser sends the session cookie only where our own page sends it."""
    link = f'<a href="{escape(target)}">{escape(words("people_go_on"))}</a>'
    refresh = f'<meta http-equiv="refresh" content="0;url={escape(target)}">'
    main = f"{_brand(words)}<main><p>{link}</p></main>"
    return _page(words("people_log_in"), main, words, refresh)


def not_allowed_page(person: Person, least: Role, words: Words) -> str:
    """What is shown to somebody who has logged in but may not open an address."""
    told = words(
        "people_not_allowed",
        least=words(f"people_role_{least}"),
        name=person.name,
        role=words(f"people_role_{person.role}"),
    )
    heading = f'<h1 class="log-in-heading">{escape(words("people_not_for_you"))}</h1>'
    back = f'<p><a href="/">{escape(words("back"))}</a></p>'
    main = f"{_brand(words)}<main>{heading}<p>{escape(told)}</p>{back}</main>"
    return _page(words("people_not_for_you"), main, words)


def _provider(form: LogInForm, words: Words) -> str:
    if not form.with_provider:
        return ""
    address = escape("/login/provider?" + urlencode({"next": form.next, "lang": words.language}))
    return (
        f'<p class="or"><span>{escape(words("people_or"))}</span></p>'
        f'<a class="provider" href="{address}">{escape(words("people_with_provider"))}</a>'
    )


def _brand(words: Words) -> str:
    return (
        '<header class="log-in-brand"><span class="seal" aria-hidden="true"></span>'
        f'<p class="product">{escape(words("product"))}</p>'
        f'<p class="tagline">{escape(words("tagline"))}</p></header>'
    )


def _page(title: str, body: str, words: Words, head: str = "") -> str:
    return (
        f'<!doctype html>\n<html lang="{_tag(words.language)}"><head>{_HEAD}{head}'
        f"<title>{escape(title)} – {escape(words('product'))}</title></head>"
        f'<body class="log-in-page">{body}</body></html>\n'
    )


def _tag(language: str) -> str:
    return "zh-CN" if language == "zh" else "en"
