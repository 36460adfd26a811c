"""The types of guidance: Facet, Ruling, Provision, Guidance.

A provision holds a checked sentence with its citations, so every word that is shown can be found in a
document by its offsets. All are frozen and do no I/O.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from assistant.answer import Citation, Sentence
from knowledge.paragraphs import Span
from knowledge.policy import Document, Language, RetrievedPassage, Validity

Bearer = Literal["business", "authority"]  # whom a ruling is laid on
ConditionKind = Literal["if", "except"]


class Force(StrEnum):
    """How strongly a provision speaks; CONDITIONAL where what it lays down hangs on a condition."""

    PROHIBITED = "prohibited"
    RESTRICTED = "restricted"
    REQUIRED = "required"
    CONDITIONAL = "conditional"
    PERMITTED = "permitted"
    ENCOURAGED = "encouraged"


@dataclass(frozen=True, slots=True)
class Facet:
    """One matter that a description raises, with the words of the description that raise it."""

    matter: str  # key of matters.toml; "" for words that no known matter covers
    label: str  # in the language of the description
    words: str  # verbatim: `description[span.start:span.end]`
    span: Span
    queries: tuple[str, ...]  # what is searched for, in either language


@dataclass(frozen=True, slots=True)
class Condition:
    """What a ruling hangs on or excepts, verbatim: `document.text[start:end] == quote`."""

    kind: ConditionKind
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """One thing that a sentence lays down, with the clause that says so, as offsets into the document."""

    force: Force
    once_met: Force | None  # of a CONDITIONAL one: what holds when the condition is met; None for a penalty
    bearer: Bearer
    condition: Condition | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Provision:
    """One line of the table: a quoted sentence, or a sentence with its items, and what it lays down."""

    sentence: Sentence
    rulings: tuple[Ruling, ...]  # at least one, in the order of the text
    validity: Validity
    goes_on: bool = False  # the list that it quotes has further items in the document

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the quoted words stand, in order."""
        return self.sentence.citations

    @property
    def document(self) -> Document:
        """The document that the provision stands in."""
        return self.citations[0].document

    @property
    def main(self) -> Ruling:
        """The strictest ruling on the business; on the authority only where there is no other."""
        order = list(Force)
        return min(self.rulings, key=lambda ruling: (ruling.bearer == "authority", order.index(ruling.force)))


@dataclass(frozen=True, slots=True)
class FacetGuidance:
    """What the documents lay down on one facet; without provisions, what lies nearest."""

    facet: Facet
    provisions: tuple[Provision, ...]
    nearest: tuple[RetrievedPassage, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Guidance:
    """The whole table for one description, by facet; `withheld` lines did not pass the check."""

    description: str
    language: Language
    facets: tuple[FacetGuidance, ...]
    withheld: int = 0
    places_left_out: int = 0  # local documents with something on the matter, of places not described

    @property
    def covered(self) -> tuple[FacetGuidance, ...]:
        """The facets on which the documents lay something down."""
        return tuple(one for one in self.facets if one.provisions)

    @property
    def not_covered(self) -> tuple[FacetGuidance, ...]:
        """The facets on which they do not."""
        return tuple(one for one in self.facets if not one.provisions)

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Every line of the table, in its order."""
        return tuple(provision for one in self.facets for provision in one.provisions)
