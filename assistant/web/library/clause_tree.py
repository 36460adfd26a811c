"""The clauses of a document as a tree that can be opened and closed, each a link to its place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from knowledge.policy import Section

_SHOWN = 36  # characters of a clause's own words beside its number
_LONG_LABEL = 24  # characters; a heading of that length says enough by itself
_OPEN_BELOW = 30  # entries; a longer tree is closed at first


@dataclass(slots=True)
class _Node:
    label: str
    section: Section | None = None
    below: "list[_Node]" = field(default_factory=list)


def clause_tree_html(sections: Sequence[Section], base: str | None = "") -> str:
    """The tree, empty for a document without headings.

    `base` is the address of the page that has the text, "" for this one, None where nothing is to be opened.
    """
    top = _tree(sections)
    if not top:
        return ""
    is_open = len(sections) <= _OPEN_BELOW
    return f'<ul class="clauses">{"".join(_entry(node, base, is_open) for node in top)}</ul>'


def _tree(sections: Sequence[Section]) -> list[_Node]:
    top: list[_Node] = []
    for section in sections:
        level = top
        for depth, label in enumerate(section.heading_path, start=1):
            is_own = depth == len(section.heading_path)
            # A chapter whose heading is a section of its own stands above what follows under it.
            if not level or level[-1].label != label or (is_own and level[-1].section is not None):
                level.append(_Node(label))
            if level[-1].section is None and (is_own or not level[-1].below):
                level[-1].section = section
            level = level[-1].below
    return top


def _entry(node: _Node, base: str | None, is_open: bool) -> str:
    label = escape(node.label.strip())
    if not node.below:
        if node.section is None or base is None:
            return f"<li>{label}{_beginning(node)}</li>"
        return f'<li><a href="{escape(base)}#{node.section.anchor}">{label}{_beginning(node)}</a></li>'
    below = "".join(_entry(one, base, is_open) for one in node.below)
    opened = " open" if is_open else ""
    return f"<li><details{opened}><summary>{label}</summary><ul>{below}</ul></details></li>"


def _beginning(node: _Node) -> str:
    """The first words of a clause whose heading is a number alone."""
    if node.section is None or len(node.label) > _LONG_LABEL:
        return ""
    text = node.section.text
    stands = text.find(node.label)
    words = " ".join(text[stands + len(node.label) if stands >= 0 else 0 :].split()).lstrip(" .:：、#*　")
    if not words:
        return ""
    cut = words[:_SHOWN] + (" …" if len(words) > _SHOWN else "")
    return f' <span class="beginning">{escape(cut)}</span>'
