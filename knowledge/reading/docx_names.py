"""How elements and attributes of a Word document are named and asked for."""

from lxml import etree

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RELATIONSHIP_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def in_main_namespace(data: bytes) -> bytes:
    """A part's bytes with the strict format's namespace as the usual one."""
    return data.replace(_STRICT.encode(), _MAIN.encode())


def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return f"{{{_MAIN}}}{name}"


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The element that a path of names leads to, None where there is none."""
    for name in path:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: etree._Element | None) -> str:
    """The w:val of an element, "" without one."""
    return "" if element is None else element.get(w("val"), "")


def is_on(element: etree._Element | None) -> bool | None:
    """Whether a switch such as w:vanish is on, None where it is not there."""
    return None if element is None else element.get(w("val"), "1") not in ("0", "false", "off")
