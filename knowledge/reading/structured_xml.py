"""XML of laws and agreements -> text: chapters and articles become headings, what stands in "meta" facts.

No schema is asked for. An element is a unit (chapter, article, …) when it has a number or a name, as
attributes or as its first children, and words of its own below; anything else that holds words is text.
"""

import re
from collections.abc import Iterator

from lxml import etree

from knowledge.reading.content import Content, ContentBuilder
from knowledge.reading.stated_facts import Stated, stated_facts
from knowledge.reading.xml_tree import local_name, parsed_xml

_UNITS = frozenset({
    "book", "part", "title", "subtitle", "chapter", "subchapter", "section", "subsection", "article", "annex",
    "appendix", "schedule", "preamble", "protocol", "division", "clause", "rule", "paragraph",
    "编", "章", "节", "条", "款", "附件",
})  # fmt: skip
_META = frozenset({"meta", "metadata", "head", "header", "identification", "properties"})
_NUMBERS = ("number", "num", "no", "n", "label")
_NAMES = ("name", "heading", "title", "head", "caption")
_ROWS, _CELLS = frozenset({"row", "tr"}), frozenset({"cell", "entry", "td", "th"})
_INLINE = frozenset({"b", "i", "em", "strong", "ref", "a", "span", "sub", "sup", "u", "term", "def", "quote"})
_LEVEL_OF_ROOT = {"treaty": "treaty", "agreement": "treaty", "constitution": "constitution"}

_PARAGRAPH_GAP = re.compile(r"[ \u00a0]{2,}(?=\S)")
_LINE_BREAK = re.compile(r"[ \t]*\r?\n\s*")
_BARE_NUMBER = re.compile(r"[\dIVXLC]+(?:[.-]\w+)*")


def read_xml(data: bytes, name: str) -> Content:
    """The text of an XML document; raises UnreadableFile when it is broken, a trap or has no words."""
    root = parsed_xml(data, name)
    builder = ContentBuilder(name)
    _Walk(builder).through(root)
    return builder.finished(_stated(root))


class _Walk:
    """Goes through a tree in reading order and hands its blocks to the builder."""

    def __init__(self, builder: ContentBuilder) -> None:
        self._builder = builder
        self._units: list[etree._Element] = []  # open ones, outermost first
        self._words: list[str] = []
        self._heading = ""  # the one that was added last, until other words follow

    def through(self, root: etree._Element) -> None:
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if skipped is None and event == "start":
                if self._open(element, root):
                    continue
                skipped = element
            elif skipped is None or (event == "end" and element is skipped):
                if skipped is None:
                    self._close(element)
                skipped = None
                if element is not root:
                    self._words.append(element.tail or "")
        self._flush()

    def _open(self, element: etree._Element, root: etree._Element) -> bool:
        """Begin an element; False when its inside is done with or is no text."""
        tag = local_name(element)
        if tag not in _INLINE:
            self._flush()
        if tag in _META and element is not root:
            return False
        if tag in _ROWS:
            self._builder.row("".join(cell.itertext()) for cell in element if local_name(cell) in _CELLS)
            return False
        if _is_label(element, self._units[-1] if self._units else None):
            return False
        heading = _heading_of(element, tag)
        if heading:
            self._flush()
            self._units.append(element)
            self._builder.paragraph(heading, level=len(self._units))
            self._heading = heading
        self._words.append(element.text or "")
        return True

    def _close(self, element: etree._Element) -> None:
        if local_name(element) not in _INLINE:
            self._flush()
        if self._units and self._units[-1] is element:
            self._units.pop()

    def _flush(self) -> None:
        for paragraph in _paragraphs("".join(self._words)):
            if paragraph != self._heading:  # an article may begin with its own heading
                self._builder.paragraph(paragraph)
            self._heading = ""
        self._words.clear()


def _paragraphs(text: str) -> Iterator[str]:
    """Words as paragraphs: two spaces divide them, a line break with its indent is one space."""
    for paragraph in _PARAGRAPH_GAP.split(_LINE_BREAK.sub(" ", text.strip())):
        if paragraph.strip():
            yield paragraph.strip()


def _heading_of(element: etree._Element, tag: str) -> str:
    """ "ARTICLE 5 Objectives" for a unit with number and name, "" for an element that is none."""
    if tag not in _UNITS:
        return ""
    number, name = _label(element, _NUMBERS), _label(element, _NAMES)
    if number and _BARE_NUMBER.fullmatch(number) and tag.isascii():
        number = f"{tag.capitalize()} {number}"
    return " ".join(part for part in (number, name) if part)


def _label(element: etree._Element, names: tuple[str, ...]) -> str:
    for wanted in names:
        value = element.get(wanted)
        if value and value.strip():
            return " ".join(value.split())
    for child in element[:3]:
        if local_name(child) in names and len(child) == 0 and child.text and child.text.strip():
            return " ".join(child.text.split())
    return ""


def _is_label(element: etree._Element, unit: etree._Element | None) -> bool:
    """Whether an element is the number or the name of the unit around it, which its heading says already."""
    if unit is None or element.getparent() is not unit or len(element):
        return False
    words = " ".join((element.text or "").split())
    tag = local_name(element)
    return any(tag in names and words == _label(unit, names) for names in (_NUMBERS, _NAMES))


def _stated(root: etree._Element) -> Stated:
    pairs: list[tuple[str, str]] = []
    for element in root.iter(etree.Element):
        if local_name(element) in _META and element is not root:
            pairs += [(local_name(leaf), leaf.text or "") for leaf in element.iter() if len(leaf) == 0]
            break
    pairs += [(key, value) for key, value in root.attrib.items() if key in ("title", "date", "status")]
    level = _LEVEL_OF_ROOT.get(local_name(root))
    return stated_facts(pairs + ([("level", level)] if level else []))
