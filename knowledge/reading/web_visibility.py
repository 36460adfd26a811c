"""Whether a reader of a web page sees an element: its attributes, its style and the page's own style rules.

Only what the page itself carries is judged, by simple selectors (a tag, a class, an id); style sheets that
stand elsewhere are not fetched.
"""

import re
from dataclasses import dataclass, replace

from lxml import etree

_MEDIA = re.compile(r"@media([^{]*)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?([.#][\w-]+)?", re.IGNORECASE)
_LONGEST_STYLE = 200_000  # characters of style rules that are looked at

_NOTHING = re.compile(r"0*\.?0+(?:px|pt|em|rem|%|cm|mm|in|vw|vh)?")
_FAR_AWAY = re.compile(r"-\d{3,}(?:\.\d+)?(?:px|em|rem|pt|%)?|-\d{2,}(?:em|rem)")
_TINY_FONT = re.compile(r"(?:0*\.?0+|0?\.\d+)(?:px|pt)?|[01](?:\.\d+)?(?:px|pt)|0(?:\.0\d*)?(?:em|rem|%)")
_CLIPPED = re.compile(r"rect\(\s*(?:0|1)(?:px)?[\s,]+.*|inset\(\s*(?:50|100)%.*")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+))?.*\)")
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "snow": (255, 250, 250), "ivory": (255, 255, 240),
          "whitesmoke": (245, 245, 245), "ghostwhite": (248, 248, 255)}  # fmt: skip
_SAME = 24  # of 255 in every channel: nobody tells such colours apart

Colour = tuple[int, int, int]
Style = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How text inside an element is drawn."""

    colour: Colour | None = None  # None: the page's own, which can be read
    ground: Colour | None = None  # None: a picture or an unknown colour
    hidden: str = ""  # why nobody sees it, "" when it is seen


PAPER = Look(ground=(255, 255, 255))


class StyleRules:
    """The page's own style rules, by tag, class and id."""

    def __init__(self, sheet: str) -> None:
        self._rules: dict[str, Style] = {}
        sheet = _MEDIA.sub(
            lambda media: media[2] if re.search(r"screen|all", media[1]) else "",
            _COMMENT.sub("", sheet[:_LONGEST_STYLE]),
        )
        for selectors, body in _RULE.findall(sheet):
            for selector in selectors.split(","):
                selector = selector.strip().lower()
                if selector and _SIMPLE.fullmatch(selector):
                    self._rules.setdefault(selector, {}).update(declarations(body))

    def of(self, element: etree._Element, tag: str) -> Style:
        """What the rules and the element's own attributes declare for it."""
        style: Style = {}
        if self._rules:
            names = [f".{name}" for name in (element.get("class") or "").lower().split()]
            names += [f"#{(element.get('id') or '').lower()}"]
            for selector in (tag, *names, *(tag + name for name in names)):
                style |= self._rules.get(selector, {})
        if element.get("color"):
            style["color"] = (element.get("color") or "").lower()
        if element.get("bgcolor"):
            style["background-color"] = (element.get("bgcolor") or "").lower()
        return style | declarations(element.get("style") or "")


def declarations(style: str) -> Style:
    """ "color: #FFF; display:none" as names and values in small letters."""
    pairs = (declaration.partition(":") for declaration in style.lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, colon, value in pairs if colon}


def look(element: etree._Element, style: Style, around: Look) -> Look:
    """How an element is drawn that declares `style` and stands in what is drawn as `around`."""
    if around.hidden:
        return around
    ground = style.get("background-color") or style.get("background")
    seen = replace(
        around,
        colour=_colour(style["color"]) if "color" in style else around.colour,
        ground=_colour(ground) if ground and not _is_clear(ground) else around.ground,
    )
    reason = _reason(element, style)
    if not reason and seen.colour and seen.ground and _alike(seen.colour, seen.ground):
        reason = "Text in the colour of its ground"
    return replace(seen, hidden=reason)


def _reason(element: etree._Element, style: Style) -> str:
    if element.get("hidden") is not None or style.get("display") == "none":
        return "Text that its style hides"
    if style.get("visibility") in ("hidden", "collapse") or _NOTHING.fullmatch(style.get("opacity", "1")):
        return "Text that its style hides"
    if _TINY_FONT.fullmatch(style.get("font-size", "1em")):
        return "Text of no size"
    clipped = style.get("overflow", style.get("overflow-y", "")) in ("hidden", "clip")
    if clipped and any(
        _NOTHING.fullmatch(style.get(side, "auto")) for side in ("height", "width", "max-height", "max-width")
    ):
        return "Text of no size"
    if _CLIPPED.fullmatch(style.get("clip", style.get("clip-path", ""))):
        return "Text of no size"
    if any(
        _FAR_AWAY.fullmatch(style.get(side, "")) for side in ("left", "top", "text-indent", "margin-left")
    ):
        return "Text outside the page"
    if style.get("color") == "transparent":
        return "Text in the colour of its ground"
    return ""


def _is_clear(ground: str) -> bool:
    return ground in ("none", "transparent", "inherit", "initial")


def _colour(value: str) -> Colour | None:
    value = value.strip()
    if value in _NAMED:
        return _NAMED[value]
    digits = value.removeprefix("#")
    if value.startswith("#") and re.fullmatch("[0-9a-f]{3,8}", digits):
        if len(digits) < 6:
            digits = "".join(digit * 2 for digit in digits)
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    rgb = _RGB.fullmatch(value)
    return (int(rgb[1]), int(rgb[2]), int(rgb[3])) if rgb else None


def _alike(one: Colour, other: Colour) -> bool:
    return all(abs(a - b) <= _SAME for a, b in zip(one, other, strict=True))
