"""References from one clause to another: where they stand, and the clause that each of them names."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.clauses.chinese_references import chinese_references
from knowledge.clauses.clause_labels import INSIDE_CLAUSE, Path, Step, clause_path
from knowledge.clauses.clause_numbers import roman_number
from knowledge.clauses.clause_places import clause_at, span_of
from knowledge.clauses.english_references import english_references
from knowledge.clauses.headings import text_after
from knowledge.clauses.reference import Reference
from knowledge.paragraphs import Span
from knowledge.policy import Section
from knowledge.sectioning import opening


def references_in(section: Section) -> Iterator[Reference]:
    """The references in a section's text, in order; its heading and the label of its clause are none."""
    text = section.document.text
    paragraphs, heading = opening(section)
    start = section.start
    if heading is not None:
        words = text[slice(*paragraphs[0])]
        start = paragraphs[0].end if heading.is_whole(words) else start + text_after(words)
    find = chinese_references if section.document.language == "zh" else english_references
    position = start
    for found in find(text, start, section.end):
        if found.start >= position:
            yield found
            position = found.end


class Clauses:
    """The sections of one document, by the clause that each of them is."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sorted(sections, key=lambda section: section.start)
        self._by_step: dict[Step, list[Section]] = {}
        for section in self._sections:
            path = clause_path(section.heading_path)
            if path:
                self._by_step.setdefault(path[-1], []).append(section)

    def target(self, reference: Reference, origin: Section | None) -> tuple[Section, Span] | None:
        """The section that a reference names and its span there; None where there is none or several.

        `origin` is the section of this document that holds the reference, None where another document does.
        """
        outer = tuple(step for step in reference.path if step.unit not in INSIDE_CLAUSE)
        inside = reference.path[len(outer) :]
        if outer and _counts_back(outer[0]):
            section = self._before(origin, outer[0].number[0]) if origin else None
        elif outer:
            section, inside = self._named(outer, inside, origin)
        else:
            section = origin
            inside = _from_here(inside, origin, reference.start) if origin else ()
        if section is None or any(_counts_back(step) for step in inside):
            return None
        span = _span(section, inside)
        return (section, span) if span else None

    def _named(self, outer: Path, inside: Path, origin: Section | None) -> tuple[Section | None, Path]:
        """The one section of that number; "Article 5.3" may be paragraph 3 of Article 5."""
        section = self._only(outer, origin)
        last = outer[-1]
        if section is None and last.unit == "article" and len(last.number) > 1:
            section = self._only((*outer[:-1], replace(last, number=last.number[:-1])), origin)
            if section is not None:
                numbers = (last.number, last.number[-1:])
                steps = (Step("paragraph", number) for number in numbers)
                fitting = next((step for step in steps if span_of(section, (step,))), None)
                return (section, (fitting, *inside)) if fitting else (None, ())
        return section, inside

    def _only(self, outer: Path, origin: Section | None) -> Section | None:
        found = [
            section
            for section in self._by_step.get(outer[-1], ())
            if set(outer[:-1]) <= set(clause_path(section.heading_path))
        ]
        # An HTML comment divides a section; its first part is where it begins.
        first = {clause_path(section.heading_path): section for section in reversed(found)}
        if len(first) > 1 and origin is not None:
            # Of two articles of one number, the one of the same chapter or annex is meant.
            own = clause_path(origin.heading_path)
            first = {path: section for path, section in first.items() if path[:-1] == own[: len(path) - 1]}
        return next(iter(first.values())) if len(first) == 1 else None

    def _before(self, origin: Section, back: int | str) -> Section | None:
        """The clause that stands so many clauses before the one of `origin`."""
        own = clause_path(origin.heading_path)
        index = bisect_left(self._sections, origin.start, key=lambda section: section.start) - 1
        while index >= 0 and own:
            path = clause_path(self._sections[index].heading_path)
            if path and path[-1].unit == own[-1].unit and path != own:
                return self._sections[index] if back == -1 else None
            index -= 1
        return None


def _counts_back(step: Step) -> bool:
    return bool(step.number) and isinstance(step.number[0], int) and step.number[0] < 0


def _from_here(inside: Path, origin: Section, offset: int) -> Path:
    """The levels below the section, counted from the clause that holds `offset`."""
    here = clause_at(origin, offset).inside
    index = next((place for place, step in enumerate(here) if step.unit == inside[0].unit), None)
    if _counts_back(inside[0]):
        if index is None:
            return inside
        own, back = here[index].number[-1], inside[0].number[0]
        assert isinstance(own, int) and isinstance(back, int)  # noqa: S101, PT018
        before = replace(here[index], number=(*here[index].number[:-1], own + back))
        return (*here[:index], before, *inside[1:]) if own + back > 0 else inside
    if inside[0].unit == "item" and here[:1] and here[0].unit == "paragraph":
        return (here[0], *inside)  # of this paragraph
    return inside


def _span(section: Section, inside: Path) -> Span | None:
    """Where a clause inside the section stands; "(i)" may be the ninth letter or the first Roman number."""
    span = span_of(section, inside)
    if span is None:
        roman = tuple(
            replace(step, number=(number,))
            if step.unit == "item" and (number := roman_number(step.label.strip("()")))
            else step
            for step in inside
        )
        span = span_of(section, roman) if roman != inside else None
    return span
