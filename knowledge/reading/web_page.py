"""HTML -> the words of its main content, with title, date and headings; what nobody sees is left out."""

import codecs
import re

import lxml.html
from lxml import etree

from knowledge.errors import UnreadableFile
from knowledge.reading.content import Content, ContentBuilder
from knowledge.reading.plain_text import decoded
from knowledge.reading.stated_facts import Stated, stated_facts
from knowledge.reading.web_boilerplate import Counts, boilerplate, main_content
from knowledge.reading.web_visibility import PAPER, Look, StyleRules, look
from knowledge.reading.xml_tree import local_name

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHARSET_WITHIN = 4_096  # bytes from the start
_CHINESE = {"gb2312", "gbk", "gb18030", "x-gbk"}

# Elements whose words are not part of the page's text; scripts and the like are nobody's text at all.
_NO_TEXT = frozenset({
    "script", "style", "noscript", "template", "head", "object", "embed", "svg", "math", "canvas", "audio",
    "video", "iframe", "map", "select", "textarea", "button", "input", "datalist", "dialog",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile("[ \\t\\r\\n\\f\\v]+")
_WIDE = "[\u2e80-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\u201c\u201d\u2018\u2019]"
_BETWEEN_WIDE = re.compile(f"(?<={_WIDE})\v(?={_WIDE})")  # a line of Chinese goes on without a space
_STRUCK = frozenset({"del", "s", "strike"})


def read_html(data: bytes, name: str) -> Content:
    """The text of a web page; raises UnreadableFile when it has none that a reader sees."""
    text = _text(data, name)
    parser = lxml.html.HTMLParser(remove_pis=True, huge_tree=False, no_network=True)
    try:
        page = lxml.html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        if reason.startswith("unknown error"):  # what libxml2 says where it gets no more memory
            raise MemoryError from error
        raise UnreadableFile(
            f"{name} is no sound HTML ({reason}): save the page again.",
            f"{name} 的 HTML 不完整：请重新保存该网页。",
        ) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log.filter_from_fatals()):
        raise UnreadableFile(
            f"{name} is nested deeper than any page: save its text anew.",
            f"{name} 的嵌套过深，不像正常网页：请另存其正文。",
        )
    builder = ContentBuilder(name)
    rules = StyleRules("\n".join(style.text or "" for style in page.iter("style")))
    stated = _stated(page)
    looks = _looks(page, rules)
    for comment in page.iter(etree.Comment):
        if not (comment.text or "").lstrip().startswith("[if"):  # for browsers, not for people
            builder.left_out("A comment", comment.text or "")
    counts = Counts(page)
    content = main_content(page, counts)
    _Walk(builder, looks, boilerplate(content, counts)).through(content)
    return builder.finished(stated)


def _text(data: bytes, name: str) -> str:
    """The page's characters, by the encoding that it names if that fits."""
    named = _CHARSET.search(data[:_CHARSET_WITHIN])
    if named and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        charset = named[1].decode("ascii").lower()
        try:
            text = data.decode("gb18030" if charset in _CHINESE else charset)
        except (LookupError, UnicodeDecodeError):
            text = ""
        if text.strip("\0 \n"):
            return _without_declaration(text.replace("\0", "").replace("\r\n", "\n"))
    return _without_declaration(decoded(data, name))


def _without_declaration(text: str) -> str:
    """lxml refuses characters whose XML declaration names an encoding."""
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)


def _looks(page: etree._Element, rules: StyleRules) -> dict[etree._Element, Look]:
    """How every element of a page is drawn."""
    looks: dict[etree._Element, Look] = {}
    for element in page.iter(etree.Element):
        parent = element.getparent()
        around = looks[parent] if parent is not None else PAPER
        looks[element] = look(element, rules.of(element, local_name(element)), around)
    return looks


class _Walk:
    """Goes through a page in reading order and hands its blocks to the builder."""

    def __init__(
        self, builder: ContentBuilder, looks: dict[etree._Element, Look], passed_over: set[etree._Element]
    ) -> None:
        self._builder = builder
        self._looks = looks
        self._passed_over = passed_over
        self._words: list[str] = []
        self._level: int | None = None
        self._preformatted = 0

    def through(self, content: etree._Element) -> None:
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(content, events=("start", "end", "comment")):
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._tail(element, content)
            elif event == "comment":
                self._tail(element, content)
            elif event == "end":
                self._close(element)
                self._tail(element, content)
            elif not self._open(element):
                skipped = element
        self._flush()

    def _open(self, element: etree._Element) -> bool:
        """Begin an element; False when its inside is done with or not wanted."""
        tag = local_name(element)
        hidden = self._looks[element].hidden
        if hidden and tag not in _NO_TEXT:
            self._builder.left_out(hidden, _inside(element))
        if hidden or tag in _NO_TEXT or element in self._passed_over:
            return False
        if tag in _STRUCK:
            self._builder.left_out("Text that is struck out", _inside(element))
            return False
        if tag == "tr" and not _holds_table(element):
            self._flush()
            cells = [cell for cell in element if local_name(cell) in ("td", "th")]
            shown = [self._cell(cell) for cell in cells]
            if len(shown) == 1:
                self._builder.paragraph(shown[0])
            else:
                self._builder.row(shown)
            return False
        if tag == "br":
            self._words.append("\n")
        elif tag not in _INLINE:
            self._flush()
            self._level = _HEADINGS.get(tag, self._level)
        self._preformatted += tag == "pre"
        self._add(element.text)
        return True

    def _close(self, element: etree._Element) -> None:
        tag = local_name(element)
        if tag not in _INLINE and tag != "br":
            self._flush()
            if tag in _HEADINGS:
                self._level = None
        self._preformatted -= tag == "pre"

    def _tail(self, element: etree._Element, content: etree._Element) -> None:
        if element is not content:
            self._add(element.tail)

    def _add(self, words: str | None) -> None:
        if words:
            self._words.append(words if self._preformatted else _SPACE.sub(_one_space, words))

    def _flush(self) -> None:
        words = _BETWEEN_WIDE.sub("", "".join(self._words)).replace("\v", " ").replace("\f", " ")
        self._words.clear()
        self._builder.paragraph(words, self._level)

    def _cell(self, cell: etree._Element) -> str:
        """The words of a table's cell that a reader sees."""
        inner = ContentBuilder("")
        walk = _Walk(inner, self._looks, self._passed_over)
        walk.through(cell)
        for kind, sample in inner.kinds_left_out():
            self._builder.left_out(kind, sample)
        return " ".join(inner.words().split())


def _one_space(space: re.Match[str]) -> str:
    return "\v" if "\n" in space[0] else " "  # told apart until it is known what follows


def _inside(element: etree._Element) -> str:
    return " ".join(str(element.xpath("string()")).split())


def _holds_table(element: etree._Element) -> bool:
    """Whether a row lays out other tables or headings, and is no row of values."""
    return next(element.iter("table", "h1", "h2", "h3", "h4", "h5", "h6"), None) is not None


def _stated(page: etree._Element) -> Stated:
    pairs: list[tuple[str, str]] = []
    for meta in page.iter("meta"):
        key = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        pairs.append((key, meta.get("content") or ""))
    # What a site calls "type", "url" or "category" is not what the document is.
    pairs = [(key, value) for key, value in pairs if key.lower() not in _OF_THE_SITE]
    moments = [time for time in page.iter("time") if time.get("pubdate") is not None or time.get("itemprop")]
    pairs += [("pubdate", time.get("datetime") or "") for time in moments]
    headings = [heading for heading in page.iter("h1") if _inside(heading)]
    if len(headings) == 1:
        pairs.append(("title", _inside(headings[0])))
    pairs += [("title", title.text or "") for title in page.iter("title")]
    pairs.append(("language", page.get("lang") or ""))
    return stated_facts(pairs)


_OF_THE_SITE = frozenset({"name", "type", "category", "url", "publisher", "source", "level", "status", "no"})
