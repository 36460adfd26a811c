"""Guidance as Markdown: a table a matter, every character of a document shown as itself."""

import re

from assistant.answer_text import place
from assistant.guidance.guidance import Guidance
from assistant.guidance.table import Line, Texts, closing_notes, groups_of, opening_note

# What Markdown, or the HTML inside it, would take for a sign of its own.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_LINE_SIGN = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def as_markdown(guidance: Guidance) -> str:
    """The table in the asker's language."""
    texts = Texts(guidance.language)
    groups = groups_of(guidance, guidance.language)
    parts = [
        f"# {texts('title')}",
        f"{texts('described')}: {_shown(guidance.description)}",
        opening_note(guidance, guidance.language),
    ]
    heads = [texts(name) for name in ("force", "condition", "provision", "place")]
    for group in groups:
        if group.lines:
            rows = [
                _row(heads),
                _row(["---"] * len(heads)),
                *(_row(_cells(line, texts)) for line in group.lines),
            ]
            parts += [f"## {_shown(group.facet.label)}", "\n".join(rows)]
    without = [group for group in groups if not group.lines]
    if without:
        listed = []
        for group in without:
            listed.append(f"- {_shown(group.facet.label)}")
            listed += [f"  - {texts('may_look')}: {_shown(place(one.passage))}" for one in group.nearest]
        parts += [f"## {texts('not_covered')}", texts("not_covered_text"), "\n".join(listed)]
    return "\n\n".join((*parts, *closing_notes(guidance, guidance.language))) + "\n"


def _cells(line: Line, texts: Texts) -> list[str]:
    said = [_in_cell(line.quote)] + ([f"*{line.goes_on}*"] if line.goes_on else [])
    stands = [f"{_in_cell(line.document)}, {_in_cell(line.locator)}"]
    stands += [f"**{_in_cell(line.warning)}**"] if line.warning else []
    return [
        "<br>".join(map(_in_cell, line.forces)),
        "<br>".join(map(_in_cell, line.conditions)) or texts("none"),
        "<br>".join(said),
        "<br>".join(stands),
    ]


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _in_cell(text: str) -> str:
    """Text for a cell of a table, its line breaks kept and blank lines left out."""
    return "<br>".join(_escaped(line.strip()) for line in text.splitlines() if line.strip())


def _shown(text: str) -> str:
    """Text for a line of its own."""
    return _escaped(" ".join(text.split()))


def _escaped(line: str) -> str:
    return _LINE_SIGN.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", line))
