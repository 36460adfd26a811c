"""What a browser makes of a page: elements with their attributes and text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "img", "br", "input"}


@dataclass
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str | None]
    content: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What DOM calls textContent."""
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    def all(self, tag: str = "", css_class: str = "") -> list["Element"]:
        """The elements below this one of that tag and class, in order."""
        found = []
        for part in self.content:
            if isinstance(part, Element):
                classes = (part.attributes.get("class") or "").split()
                if tag in ("", part.tag) and (not css_class or css_class in classes):
                    found.append(part)
                found += part.all(tag, css_class)
        return found

    def one(self, tag: str = "", css_class: str = "") -> "Element":
        """The only such element."""
        found = self.all(tag, css_class)
        assert len(found) == 1, f"{len(found)} elements {tag}.{css_class}"
        return found[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("page", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def read_html(source: str) -> Element:
    """The page as a tree; fails on tags that are not closed in order."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return reader.open[0]
