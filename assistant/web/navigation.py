"""One quiet bar that all pages have in common: where a person may go, and where they are."""

from dataclasses import dataclass
from html import escape

from assistant.people.person import Person, Role
from assistant.web.words import Words


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the bar leads to; `key` names its text, "bar_<key>"."""

    key: str
    address: str
    least: Role


PLACES = (
    Place("ask", "/", Role.READER),
    Place("guidance", "/#guidance", Role.READER),
    Place("library", "/library", Role.READER),
    Place("history", "/conversations", Role.READER),
    Place("desk", "/library/desk", Role.MAINTAINER),
    Place("evals", "/evals", Role.MAINTAINER),
)


def bar(words: Words, person: Person, current: str, *, switch: str = "") -> str:
    """The bar as HTML: what the person's role allows, the current page marked.

    `switch` is the address of the same page in the other language, "" for none.
    """
    links = "".join(_link(place, words, current) for place in PLACES if person.role.covers(place.least))
    other = words.other_language
    switched = (
        f'<a class="bar-switch" lang="{"zh-CN" if other == "zh" else "en"}" href="{escape(switch)}">'
        f"{escape(words('switch_language'))}</a>"
        if switch
        else ""
    )
    return (
        f'<nav class="bar" aria-label="{escape(words("bar"))}"><a class="bar-name" href="{_of("/", words)}">'
        f"{escape(words('product'))}</a><ul>{links}</ul>{switched}</nav>"
    )


def bar_links(words: Words, person: Person) -> str:
    """The links that the chat page sets beside its own two modes."""
    own = ("ask", "guidance", "history")
    places = [place for place in PLACES if place.key not in own and person.role.covers(place.least)]
    return "".join(
        f'<a class="place" href="{_of(place.address, words)}">{escape(words(f"bar_{place.key}"))}</a>'
        for place in places
    )


def _link(place: Place, words: Words, current: str) -> str:
    here = ' aria-current="page"' if place.key == current else ""
    return f'<li><a{here} href="{_of(place.address, words)}">{escape(words(f"bar_{place.key}"))}</a></li>'


def _of(address: str, words: Words) -> str:
    path, sign, anchor = address.partition("#")
    return escape(f"{path}?lang={words.language}{sign}{anchor}") if path != "/" else escape(address)
