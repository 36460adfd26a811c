"""What a reader of the library table asks for, as the address says it: words, status, kind, order, page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args
from urllib.parse import urlencode

from knowledge.policy import Entry, Status, Validity

COLUMNS = ("title", "status", "kind", "level", "issuer", "number", "date", "collection", "passages")
STATUSES: tuple[Status, ...] = get_args(Status)
A_PAGE = 200  # rows
_LONGEST = 200  # characters of words that are searched for


@dataclass(frozen=True, slots=True)
class Row:
    """One document of the table."""

    entry: Entry
    validity: Validity
    passages: int

    def value(self, column: str) -> str | int:
        """What the column sorts by; nothing stated comes last."""
        if column == "passages":
            return self.passages
        if column == "status":
            return STATUSES.index(self.validity.status)
        if column == "collection":
            return self.entry.collection.casefold()
        value = getattr(self.entry.facts, column)
        return value.casefold() if value else "\U0010ffff"


@dataclass(frozen=True, slots=True)
class TableQuery:
    """Which rows, in which order; what is not understood is as if it had not been asked."""

    words: str = ""
    status: str = ""
    kind: str = ""
    sort: str = "title"
    falling: bool = False
    page: int = 1

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "TableQuery":
        """The query that an address holds."""
        sort = asked.get("sort", "")
        page = asked.get("page", "")
        return cls(
            asked.get("words", "").strip()[:_LONGEST],
            asked.get("status", "") if asked.get("status", "") in STATUSES else "",
            asked.get("kind", "")[:_LONGEST],
            sort.removeprefix("-") if sort.removeprefix("-") in COLUMNS else "title",
            sort.startswith("-"),
            int(page) if page.isdecimal() and 0 < int(page[:6]) < 10_000 else 1,
        )

    def rows(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that pass, in order."""
        wanted = self.words.casefold().split()
        kept = [
            row
            for row in rows
            if (not self.status or row.validity.status == self.status)
            and (not self.kind or row.entry.facts.kind == self.kind)
            and all(word in _searched(row.entry) for word in wanted)
        ]
        by_title = sorted(kept, key=lambda row: (row.entry.facts.title.casefold(), row.entry.id))
        return sorted(by_title, key=lambda row: row.value(self.sort), reverse=self.falling)

    def address(self, language: str, **changes: object) -> str:
        """Where the table stands with these changes; another order begins at its first page."""
        one = replace(self, **changes)  # type: ignore[arg-type]
        sort = f"-{one.sort}" if one.falling else one.sort
        asked = {
            "words": one.words,
            "status": one.status,
            "kind": one.kind,
            "sort": "" if sort == "title" else sort,
            "page": "" if one.page == 1 else str(one.page),
        }
        return "/library?" + urlencode(
            {name: value for name, value in asked.items() if value} | {"lang": language}
        )


def _searched(entry: Entry) -> str:
    return f"{entry.facts.title} {entry.facts.number or ''}".casefold()
