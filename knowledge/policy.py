"""The types of the knowledge room: Document -> Section -> Passage -> RetrievedPassage.

Each type holds the one before it and copies nothing from it; all are frozen and do no I/O.
Offsets are character offsets (Python `str` indices, end exclusive) into `Document.text`.
"""

from bisect import bisect_right
from collections.abc import Set
from dataclasses import dataclass, field, replace
from typing import Literal

Language = Literal["en", "zh"]
# Of authority, highest first.
Level = Literal[
    "constitution",
    "law",
    "treaty",
    "regulation",
    "ministry rule",
    "local regulation",
    "local rule",
    "notice",
    "speech",
]
FoundBy = Literal["keywords", "translation", "meaning"]
Ending = Literal["superseded", "repealed", "expired", "stated"]  # "stated": somebody says so without a day
GENERAL = "general"  # the collection of every document that names none
Status = Literal["in force", "not yet in force", "superseded", "repealed", "expired", "unknown"]


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of a document beside its text; None means that nobody has stated it.

    Dates are ISO 8601 and may be partial: "2021-04-29", "2021-04", "2021", or "--08-26" for a day whose year
    the document does not give.
    """

    title: str
    issuer: str | None = None
    kind: str | None = None
    date: str | None = None  # of issue
    language: Language | None = None
    source: str | None = None
    status: str | None = None
    number: str | None = None  # 文号, such as "国务院令第666号"
    level: Level | None = None
    in_force_from: str | None = None
    in_force_until: str | None = None  # its last day in force
    collection: str | None = None  # whose readers may see it; GENERAL when nobody has stated one
    amends: tuple[
        str, ...
    ] = ()  # titles or numbers of other documents, as the text or the catalogue writes them
    supersedes: tuple[str, ...] = ()
    repeals: tuple[str, ...] = ()
    found: tuple[
        str, ...
    ] = ()  # names of the fields above that were found in the text and not stated beside it


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file's format shows beside its words; offsets are into the document's text.

    A plain text has none of it. `hidden` says in one sentence each what was left out of the text because a
    reader of the file cannot see it.
    """

    headings: tuple[tuple[int, int], ...] = ()  # (where a heading's paragraph starts, its level from 1)
    pages: tuple[int, ...] = ()  # where each page starts, the first at 0; empty where there are no pages
    hidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it is stored: its text, its facts and where it was read from."""

    id: str  # 16 hex digits, of the sha256 of the file's bytes and its facts
    facts: DocumentFacts
    text: str = field(repr=False)
    language: Language
    sha256: str  # of the file's bytes, 64 hex digits
    path: str  # the file it was read from, absolute; "…/laws.zip/a.pdf" for a member of an archive
    layout: Layout = field(default=Layout(), repr=False)

    def __hash__(self) -> int:
        return hash(self.id)  # made of everything that differs; hashing the whole costs a question 10 ms

    @property
    def title(self) -> str:
        """The title that the catalogue or the text gives it."""
        return self.facts.title

    @property
    def collection(self) -> str:
        """The collection whose readers may see it."""
        return self.facts.collection or GENERAL


@dataclass(frozen=True, slots=True)
class Entry:
    """A document without its text: enough to list it or to filter by it."""

    id: str
    facts: DocumentFacts
    language: Language

    @property
    def collection(self) -> str:
        """The collection whose readers may see it."""
        return self.facts.collection or GENERAL


@dataclass(frozen=True, slots=True)
class Validity:
    """What a document is on one day, and why; days are ISO 8601.

    What has no date has the status "unknown" and counts as in force.
    """

    status: Status
    begins: str | None = None  # its first day in force
    ends: str | None = None  # its last
    by: str | None = None  # id of the document that ends it: the next version, or what repeals it
    by_title: str | None = None
    by_date: str | None = None  # from when that is in force
    ends_soon: bool = False  # in force on that day, and for 90 days from it at most

    @property
    def holds(self) -> bool:
        """Whether the document is to be taken as in force."""
        return self.status in ("in force", "unknown")

    def known_to(self, unreadable: Set[str]) -> "Validity":
        """The same without the name of a document that the asker may not read."""
        return replace(self, by=None, by_title=None, by_date=None) if self.by in unreadable else self


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document under one heading, or one clause; sections do not overlap.

    `heading_path` goes from the outermost heading to the section's own, without the document's title;
    it is empty for text that stands under no heading.
    """

    document: Document
    ordinal: int  # 0-based, in document order
    heading_path: tuple[str, ...]
    start: int
    end: int

    def __hash__(self) -> int:
        return hash((self.document.id, self.ordinal))

    @property
    def text(self) -> str:
        """The section's own words, heading line included."""
        return self.document.text[self.start : self.end]

    @property
    def anchor(self) -> str:
        """The section's name inside its document, for links."""
        return f"s{self.ordinal}"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one section that is searched and cited as a unit."""

    id: str  # "<document id>:<start>-<end>"
    section: Section
    start: int
    end: int

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def document(self) -> Document:
        """The document that the passage stands in."""
        return self.section.document

    @property
    def text(self) -> str:
        """The passage's own words: `document.text[start:end]`."""
        return self.document.text[self.start : self.end]

    @property
    def page(self) -> int | None:
        """The 1-based page on which the passage starts, None where the document has no pages."""
        return bisect_right(self.document.layout.pages, self.start) or None

    @property
    def search_text(self) -> str:
        """Title and headings above the passage's words: what is indexed for search."""
        return "\n".join((self.document.title, *self.section.heading_path, self.text))


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage that search returned, best first."""

    passage: Passage
    score: float  # of score fusion, > 0, comparable within one search only
    found_by: frozenset[FoundBy]
    validity: Validity = Validity("unknown")  # of its document, on the day of the search


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents a search may return; an empty tuple or None does not restrict.

    Dates are ISO 8601, inclusive; a document whose date has no year matches no date bound. Found is what is
    in force on `as_of`, a whole date, today when it is None, and what `document_ids` names in any case.
    """

    document_ids: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    as_of: str | None = None
    include_superseded: bool = False  # and what is repealed, has expired, or is not in force yet
    kinds: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
