"""What of a web page is its main content, and what only leads around the site."""

import re

from lxml import etree

from knowledge.reading.xml_tree import local_name

_BOILERPLATE_TAGS = frozenset({"nav", "footer", "aside", "form", "menu"})
_BOILERPLATE_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "toolbar", "dialog",
    "alert",
})  # fmt: skip
_BOILERPLATE_NAMES = frozenset({
    "nav", "navbar", "navigation", "menu", "topmenu", "breadcrumb", "breadcrumbs", "crumb", "crumbs",
    "sidebar", "footer", "foot", "share", "sharing", "social", "cookie", "cookies", "pagination", "pager",
    "related", "advert", "ads", "copyright", "toolbar", "login", "search", "banner", "skip", "comments",
    "newsletter",
})  # fmt: skip
_NAME_PARTS = re.compile(r"[\s_-]+|(?<=[a-z])(?=[A-Z])")
_MOST_OF_PAGE = 0.4  # of the page's words: what holds more is not led around by it, whatever its name

_NO_WORDS = frozenset({"script", "style", "noscript", "template"})
_LINK_LISTS = frozenset({"ul", "ol", "div", "p", "table", "td", "section", "dl", "header"})
_LEAST_LINKS, _LEAST_SHARE_OF_LINKS = 3, 0.8
_ENDS_SENTENCE = re.compile("[。；.;!?！？]")


class Counts:
    """How many characters of words every element of a page holds, and how much of them are links."""

    def __init__(self, page: etree._Element) -> None:
        self.words: dict[etree._Element, int] = {}
        self.linked: dict[etree._Element, tuple[int, int]] = {}  # (links, characters in them)
        for element in reversed(list(page.iter(etree.Element))):  # what is inside comes first
            tag = local_name(element)
            words = 0 if tag in _NO_WORDS else _characters(element.text)
            links, linked = 0, 0
            for child in element:
                words += self.words.get(child, 0) + (0 if tag in _NO_WORDS else _characters(child.tail))
                inner = self.linked.get(child, (0, 0))
                links, linked = links + inner[0], linked + inner[1]
            if tag == "a" and element.get("href") and not (element.get("href") or "").startswith("#"):
                links, linked = 1, words
            self.words[element] = words
            self.linked[element] = (links, linked)


def main_content(page: etree._Element, counts: Counts) -> etree._Element:
    """The element that holds the page's own text: <main>, a lone <article>, or the body."""
    body = next(page.iter("body"), page)
    for candidates in (
        [*page.iter("main"), *page.iterfind(".//*[@role='main']")],
        [article for article in page.iter("article") if next(article.iterancestors("article"), None) is None],
    ):
        if len(candidates) == 1 and counts.words[candidates[0]] > _MOST_OF_PAGE * counts.words[body]:
            return candidates[0]
    return body


def boilerplate(content: etree._Element, counts: Counts) -> set[etree._Element]:
    """What inside the content leads around the site: navigation, footers, share bars, lists of links."""
    most = _MOST_OF_PAGE * counts.words[content]
    return {
        element
        for element in content.iter(etree.Element)
        if element is not content and counts.words[element] <= most and _leads_around(element, counts)
    }


def _leads_around(element: etree._Element, counts: Counts) -> bool:
    tag = local_name(element)
    if tag in ("html", "body", "main", "article") or re.fullmatch("h[1-6]", tag):
        return False
    if tag in _BOILERPLATE_TAGS or (element.get("role") or "").lower() in _BOILERPLATE_ROLES:
        return True
    names = _NAME_PARTS.split(f"{element.get('class') or ''} {element.get('id') or ''}")
    if any(name.lower() in _BOILERPLATE_NAMES for name in names):
        return True
    links, linked = counts.linked[element]
    if tag not in _LINK_LISTS or links < _LEAST_LINKS:
        return False
    if linked < _LEAST_SHARE_OF_LINKS * max(counts.words[element], 1):
        return False
    return not _ENDS_SENTENCE.search(str(element.xpath("string()")))


def _characters(words: str | None) -> int:
    return len("".join(words.split())) if words else 0
