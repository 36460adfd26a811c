"""What to read after an answer, from the structure of the quoted documents alone and never made up.

The clauses that the quotes refer to, then the clauses that stand beside the quoted ones under one heading.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, NamedTuple

from assistant.answer import Answer, Citation
from knowledge.clauses.cross_references import Clauses, references_in
from knowledge.facts.titles import normal_title
from knowledge.policy import Section

MOST_OFFERED = 4
_CITATIONS_LOOKED_AT = 3

SectionsOf = Callable[[str], list[Section]]  # of a document id
Named = Callable[[str], list[Section]]  # a title -> the sections of the one document that has it, or none


Why = Literal["referred_to", "after", "before"]  # by a quote; the quoted clause


class NextClause(NamedTuple):
    """A stretch of a document that is offered, and why."""

    section: Section
    start: int
    end: int
    why: Why


def next_clauses(answer: Answer, sections_of: SectionsOf, named: Named) -> tuple[NextClause, ...]:
    """Up to MOST_OFFERED clauses that the answer does not quote, those that the quotes refer to first."""
    cited = answer.citations[:_CITATIONS_LOOKED_AT]
    held = {one.document.id: sections_of(one.document.id) for one in cited}
    quoted = {_place(one.passage.section) for one in answer.citations}
    offered: dict[tuple[str, int], NextClause] = {}
    for citation in cited:
        for clause in _referred_to(citation, held[citation.document.id], named):
            if _place(clause.section) not in quoted:
                offered.setdefault(_place(clause.section), clause)
    for citation in cited[:1]:
        for clause in _beside(citation.passage.section, held[citation.document.id]):
            if _place(clause.section) not in quoted:
                offered.setdefault(_place(clause.section), clause)
    return tuple(offered.values())[:MOST_OFFERED]


def _place(section: Section) -> tuple[str, int]:
    return section.document.id, section.ordinal


def _referred_to(citation: Citation, sections: Sequence[Section], named: Named) -> Iterator[NextClause]:
    """The clauses of its own or of another document that the quoted words name."""
    own = citation.passage.section
    title = normal_title(citation.document.title)
    for reference in references_in(own):
        if reference.end <= citation.start or citation.end <= reference.start:
            continue
        elsewhere = reference.document is not None and normal_title(reference.document) != title
        clauses = Clauses(named(reference.document or "")) if elsewhere else Clauses(sections)
        target = clauses.target(reference, None if elsewhere else own)
        if target is not None:
            section, (start, end) = target
            yield NextClause(section, start, end, "referred_to")


def _beside(section: Section, sections: Sequence[Section]) -> Iterator[NextClause]:
    """The clause behind a clause and the one before it, under one heading."""
    ordered = sorted(sections, key=lambda one: one.start)
    at = next((index for index, one in enumerate(ordered) if one.ordinal == section.ordinal), None)
    steps: tuple[tuple[int, Why], ...] = ((1, "after"), (-1, "before"))
    for step, why in steps:
        if section.heading_path and at is not None and 0 <= at + step < len(ordered):
            near, path = ordered[at + step], section.heading_path
            if near.heading_path and near.heading_path[:-1] == path[:-1] and near.heading_path != path:
                yield NextClause(near, near.start, near.end, why)
