"""Inside a section: its paragraphs and items, down to the clause that holds a given place.

A Chinese clause's 款 are its paragraphs without a number, and its （一）… items belong to the 款 above them.
An English article's paragraphs are numbered, or counted where they are not.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from knowledge.clauses.chinese_clauses import chinese_clauses
from knowledge.clauses.clause_labels import INSIDE_CLAUSE, Path, clause_path
from knowledge.clauses.english_clauses import english_clauses
from knowledge.clauses.headings import text_after
from knowledge.paragraphs import Span
from knowledge.policy import Section
from knowledge.sectioning import opening


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a section and what it is called; stretches follow one another without a gap."""

    path: Path  # labelled headings, then paragraph, item, …; equal for two stretches that an item divides
    start: int
    end: int

    @property
    def inside(self) -> Path:
        """The levels below the section's own: paragraph, item and deeper."""
        return tuple(step for step in self.path if step.unit in INSIDE_CLAUSE)


# A page asks for every source of every answer that it shows, and for every reference of a document.
@lru_cache(maxsize=512)
def clauses_of(section: Section) -> tuple[Clause, ...]:
    """The section's stretches in order, together exactly the section; the first may be only its heading."""
    text = section.document.text
    paragraphs, heading = opening(section)
    outer = clause_path(section.heading_path)
    if heading is not None:
        first = paragraphs.pop(0)
        words = text[first.start : first.end]
        if not heading.is_whole(words):
            paragraphs.insert(0, Span(first.start + text_after(words), first.end))
    chinese = outer[-1].label.startswith("第") if outer else section.document.language == "zh"
    found = chinese_clauses(text, paragraphs) if chinese else english_clauses(text, paragraphs)
    starts = [(section.start, Path()), *found]
    ends = [*(start for start, _ in found), section.end]
    return tuple(
        Clause((*outer, *inside), start, end)
        for (start, inside), end in zip(starts, ends, strict=True)
        if start < end
    )


def clause_at(section: Section, offset: int) -> Clause:
    """The innermost clause that holds an offset of the section."""
    clauses = clauses_of(section)
    return clauses[max(0, bisect_right(clauses, offset, key=lambda clause: clause.start) - 1)]


def span_of(section: Section, inside: Path) -> Span | None:
    """Where the clause `inside` a section stands, its items included; None where it has no such clause.

    A section with a single paragraph does not number it, so `inside` may name a paragraph 1 in vain.
    """
    if not inside:
        return Span(section.start, section.end)
    clauses = clauses_of(section)
    held = [clause for clause in clauses if clause.inside[: len(inside)] == inside]
    if not held and inside[0].unit == "item":  # "第五条第三项" leaves out the paragraph
        held = [clause for clause in clauses if clause.inside[1 : len(inside) + 1] == inside][:1]
    if held:
        return Span(held[0].start, held[-1].end)
    single = inside[0].unit == "paragraph" and inside[0].number == (1,)
    if single and not any(clause.inside[:1] and clause.inside[0].unit == "paragraph" for clause in clauses):
        return span_of(section, inside[1:])
    return None
