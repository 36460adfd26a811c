from datetime import date

from knowledge.policy import DocumentFacts, Entry
from knowledge.validity.library_check import NEED_ACTION, findings

TODAY = date(2026, 1, 1)


def told(within: int = 90, **documents: DocumentFacts) -> dict[str, list[str]]:
    found = findings([Entry(id_, facts, "en") for id_, facts in documents.items()], TODAY, within)
    return {
        id_: [f"{one.concern}: {one.told}" for one in found if one.document_id == id_] for id_ in documents
    }


def whole(title: str, **facts: object) -> DocumentFacts:
    return DocumentFacts(title, **({"issuer": "Council", "level": "law"} | facts))  # type: ignore[arg-type]


def test_what_ends_and_what_has_ended() -> None:
    assert told(
        soon=whole("Soon", date="2020", in_force_until="2026-03-31"),
        later=whole("Later", date="2020", in_force_until="2026-04-02"),
        over=whole("Over", date="2020", in_force_until="2025-12-31"),
        coming=whole("Coming", date="2025-12-01", in_force_from="2026-02-01", repeals=("Gone",)),
        gone=whole("Gone", date="2020-01-01"),
    ) == {
        "soon": ["expires soon: is in force until 2026-03-31, then expired"],
        "later": [],
        "over": ["expired: is expired: its last day was 2025-12-31"],
        "coming": ["not yet in force: is not in force before 2026-02-01"],
        "gone": ["ends soon: is in force until 2026-01-31, then repealed by Coming of 2026-02-01"],
    }


def test_versions_and_copies() -> None:
    assert told(
        a=whole("Act", date="2020-01-01"),
        b=whole("Act", date="2021-01-01"),
        c=whole("Act", date="2021-01-01"),
        d=whole("Act"),
    ) == {
        "a": ["superseded: is superseded by Act of 2021-01-01: its last day was 2020-12-31"],
        "b": ["copies: is here 2 times in the version of 2021-01-01"],
        "c": ["copies: is here 2 times in the version of 2021-01-01"],
        "d": [
            "undated version: is one of 4 versions and says nothing of when it is in force",
            "missing: has no date",
        ],
    }


def test_what_is_missing() -> None:
    assert told(
        bare=DocumentFacts("Bare"),
        day=DocumentFacts("Day", issuer="X", date="--08-26", level="speech"),
        ender=whole("Ender", repeals=("Old Act",)),
    ) == {
        "bare": ["missing: has no date, no issuer, no level"],
        "day": ["missing: has no year of its date"],
        "ender": ["undated repeal: ends Old Act, but nothing says from when", "missing: has no date"],
    }
    assert "missing" not in NEED_ACTION
    assert "superseded" not in NEED_ACTION
