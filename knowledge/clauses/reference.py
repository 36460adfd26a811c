"""What a reference from one clause to another is; `cross_references` finds and resolves them."""

from dataclasses import dataclass

from knowledge.clauses.clause_labels import Path


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a text that names a clause; a list such as "Articles 3 and 4" gives one for each.

    A path that begins below the article counts from the clause in which the reference stands. A negative
    number counts back from there: 前款 is paragraph -1.
    """

    start: int  # character offsets into the document's text, of the words that name the clause
    end: int
    path: Path  # the levels that are named, outermost first
    document: str | None = None  # the other document that is named, as the text writes its title
