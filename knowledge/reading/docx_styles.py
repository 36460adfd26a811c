"""What Word's styles say of paragraphs and runs: heading level, list, and whether a reader sees the words."""

import re
from dataclasses import dataclass, replace

from lxml import etree

from knowledge.reading.docx_names import child, is_on, value, w

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY_LEVEL = 9  # the outline level of text that is no heading
_SMALLEST = 4  # half points: nobody reads type of 2 points
_WHITE = re.compile("(?:f[a-f0-9]){3}", re.IGNORECASE)  # white, and what cannot be told from it on white


@dataclass(frozen=True, slots=True)
class Look:
    """How words are drawn; None where nothing says so."""

    vanishes: bool | None = None
    colour: str | None = None  # six hex digits or "auto"
    size: int | None = None  # half points
    ground: bool | None = None  # whether something coloured lies behind the words

    def over(self, other: "Look") -> "Look":
        """This look where it says something, else the other's."""
        return Look(
            other.vanishes if self.vanishes is None else self.vanishes,
            other.colour if self.colour is None else self.colour,
            other.size if self.size is None else self.size,
            other.ground if self.ground is None else self.ground,
        )

    @property
    def hidden(self) -> str:
        """Why a reader does not see such words, "" when they are seen."""
        if self.vanishes:
            return "Text that is formatted as hidden"
        if self.colour and _WHITE.fullmatch(self.colour) and not self.ground:
            return "White text"
        return "Text of no size" if self.size is not None and self.size < _SMALLEST else ""


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it inherits."""

    name: str = ""
    level: int | None = None  # of a heading, from 1
    list_id: str | None = None
    depth: int | None = None  # in the list, from 0
    look: Look = Look()


@dataclass(frozen=True, slots=True)
class Styles:
    """A document's styles by their ids, and what words look like where no style speaks."""

    styles: dict[str, Style]
    plain: Style
    default: Look

    def paragraph(self, properties: etree._Element | None) -> Style:
        """The style of a paragraph with its own formatting over it."""
        style = self.styles.get(value(child(properties, "pStyle")), self.plain)
        level = _level(properties)
        return _with_list(
            replace(style, level=style.level if level is None else level or None, look=style.look), properties
        )

    def run(self, properties: etree._Element | None, paragraph: Look) -> Look:
        """How the words of a run are drawn in a paragraph that is drawn so."""
        style = self.styles.get(value(child(properties, "rStyle")), Style()).look
        return look(properties).over(style).over(paragraph).over(self.default)


def look(properties: etree._Element | None) -> Look:
    """What the run properties of a style, a paragraph or a run say."""
    colour, size = value(child(properties, "color")), value(child(properties, "sz"))
    highlight = value(child(properties, "highlight"))
    return Look(
        vanishes=is_on(child(properties, "vanish")),
        colour=colour or None,
        size=int(size) if size.isdigit() else None,
        ground=True if highlight not in ("", "none", "white") else is_shaded(properties),
    )


def is_shaded(properties: etree._Element | None) -> bool | None:
    """Whether something coloured lies behind what has these properties, None where nothing says so."""
    shade = child(properties, "shd")
    if shade is None:
        return None
    fill = shade.get(w("fill"), "auto")
    return fill != "auto" and not _WHITE.fullmatch(fill)


def styles(root: etree._Element | None) -> Styles:
    """The styles that styles.xml defines; none for a document without it."""
    if root is None:
        return Styles({}, Style(), Look())
    own: dict[str, tuple[str, Style]] = {}
    plain_id = ""
    for element in root.iterfind(w("style")):
        style_id = element.get(w("styleId"), "")
        own[style_id] = (value(child(element, "basedOn")), _own(element))
        if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true"):
            plain_id = style_id
    whole = {style_id: _whole(style_id, own) for style_id in own}
    default = look(child(root, "docDefaults", "rPrDefault", "rPr"))
    return Styles(whole, whole.get(plain_id, Style()), default)


def _own(element: etree._Element) -> Style:
    name = value(child(element, "name"))
    named = _HEADING_NAME.fullmatch(name.strip())
    properties = child(element, "pPr")
    level = _level(properties)
    if level is None and named:
        level = int(named[1])
    ground = is_shaded(properties)
    drawn = look(child(element, "rPr")).over(Look(ground=ground))
    return _with_list(Style(name, level, look=drawn), properties)


def _whole(style_id: str, own: dict[str, tuple[str, Style]]) -> Style:
    """A style with what it takes from those that it is based on."""
    based_on, style = own[style_id]
    seen = {style_id}
    while based_on in own and based_on not in seen:
        seen.add(based_on)
        following, base = own[based_on]
        style = Style(
            style.name,
            base.level if style.level is None else style.level,
            base.list_id if style.list_id is None else style.list_id,
            base.depth if style.depth is None else style.depth,
            style.look.over(base.look),
        )
        based_on = following
    return replace(style, level=style.level or None)


def _level(properties: etree._Element | None) -> int | None:
    """The heading level that an outline level says: 0 for "no heading", None where it says nothing."""
    outline = value(child(properties, "outlineLvl"))
    if not outline.isdigit():
        return None
    return int(outline) + 1 if int(outline) < _BODY_LEVEL else 0


def _with_list(style: Style, properties: etree._Element | None) -> Style:
    numbered = child(properties, "numPr")
    list_id, depth = value(child(numbered, "numId")), value(child(numbered, "ilvl"))
    return replace(
        style,
        list_id=list_id or style.list_id,  # "0" takes the paragraph out of its style's list
        depth=int(depth) if depth.isdigit() else style.depth,
    )
