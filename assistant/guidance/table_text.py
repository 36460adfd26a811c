"""Guidance as plain text for a terminal: one block a provision, under its matter."""

from assistant.answer_text import for_terminal, place
from assistant.guidance.guidance import Guidance
from assistant.guidance.table import Group, Line, Texts, closing_notes, groups_of, opening_note


def as_text(guidance: Guidance) -> str:
    """The table in the asker's language."""
    texts = Texts(guidance.language)
    groups = groups_of(guidance, guidance.language)
    lines = [opening_note(guidance, guidance.language)]
    for group in groups:
        if group.lines:
            lines += ["", f"{group.facet.label}  ({texts('raised_by', words=_flat(group.facet.words))})"]
            for line in group.lines:
                lines += _block(line)
    without = [group for group in groups if not group.lines]
    if without:
        lines += ["", texts("not_covered"), texts("not_covered_text")]
    for group in without:
        lines += _not_covered(group, texts)
    lines += ["", *closing_notes(guidance, guidance.language)]
    return for_terminal("\n".join(lines))


def _block(line: Line) -> list[str]:
    block = [f"  [{'; '.join(line.forces)}]  {line.document}, {line.locator}"]
    block += [f"      {condition}" for condition in line.conditions]
    block += [f"      “{_flat(line.quote)}”"]
    block += [f"      {line.goes_on}"] if line.goes_on else []
    block += [f"      ! {line.warning}"] if line.warning else []
    return block


def _not_covered(group: Group, texts: Texts) -> list[str]:
    listed = [f"  - {group.facet.label}"]
    if group.nearest:
        listed += [f"      {texts('may_look')}: " + "; ".join(place(one.passage) for one in group.nearest)]
    return listed


def _flat(text: str) -> str:
    return " ".join(text.split())
