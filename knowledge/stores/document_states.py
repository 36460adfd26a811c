"""Arriving, current, leaving: the steps of a document through the library, inside one transaction.

A document is *arriving* until both indexes hold it, then *current*, and *leaving* until both indexes have
let it go. A file leads to at most one current document (`files`) and one arriving one (`arriving_files`).
Beside these a document may be *waiting* for approval or be *removed* but kept: see `shelves`.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Literal

from knowledge.policy import Document, Passage, Section
from knowledge.stores.database import Transaction
from knowledge.stores.stored_document import stored

State = Literal["arriving", "current", "leaving", "waiting", "removed"]

_LEADS_ANEW = "ON CONFLICT (path) DO UPDATE SET document_id = excluded.document_id"


def arrive(db: Transaction, document: Document) -> None:
    """Store a document as arriving from its path, in place of what was arriving from there."""
    former = _led_to(db, "arriving_files", document.path)
    # A document that was leaving or lay on a shelf turns round; one that is arriving goes on arriving.
    db.execute(
        "INSERT INTO documents VALUES (?, 'arriving', ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET state = 'arriving' "
        "WHERE documents.state IN ('leaving', 'waiting', 'removed')",
        (
            document.id,
            stored(document.facts),
            document.language,
            document.sha256,
            document.text,
            stored(document.layout),
        ),
    )
    db.execute(f"INSERT INTO arriving_files VALUES (?, ?) {_LEADS_ANEW}", (document.path, document.id))  # noqa: S608
    db.execute("DELETE FROM waiting_files WHERE document_id = ?", (document.id,))
    db.execute("DELETE FROM removed_files WHERE document_id = ?", (document.id,))
    let_unreferenced_leave(db, former)


def cut(db: Transaction, document_id: str, sections: Sequence[Section], passages: Sequence[Passage]) -> None:
    """Store a document's sections and passages in place of those it had."""
    db.execute("DELETE FROM sections WHERE document_id = ?", (document_id,))
    db.execute("DELETE FROM passages WHERE document_id = ?", (document_id,))
    db.executemany(
        "INSERT INTO sections VALUES (?, ?, ?, ?, ?)",
        [
            (document_id, s.ordinal, json.dumps(s.heading_path, ensure_ascii=False), s.start, s.end)
            for s in sections
        ],
    )
    db.executemany(
        "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
        [(p.id, document_id, p.section.ordinal, p.start, p.end) for p in passages],
    )


def become_current(db: Transaction, document_id: str) -> None:
    """Let an arriving document be found, in place of what its files led to before."""
    paths = [
        path
        for (path,) in db.execute("SELECT path FROM arriving_files WHERE document_id = ?", (document_id,))
    ]
    replaced = [
        path
        for (path,) in db.execute("SELECT path FROM replaced_files WHERE document_id = ?", (document_id,))
    ]
    former = {known for path in (*paths, *replaced) for known in _led_to(db, "files", path)}
    db.execute("UPDATE documents SET state = 'current' WHERE id = ?", (document_id,))
    db.execute("INSERT INTO unprepared VALUES (?) ON CONFLICT DO NOTHING", (document_id,))
    db.executemany("DELETE FROM files WHERE path = ?", [(path,) for path in replaced])
    db.executemany(
        f"INSERT INTO files VALUES (?, ?) {_LEADS_ANEW}",  # noqa: S608 (a constant)
        [(path, document_id) for path in paths],
    )
    db.execute("DELETE FROM arriving_files WHERE document_id = ?", (document_id,))
    db.execute("DELETE FROM replaced_files WHERE document_id = ?", (document_id,))
    let_unreferenced_leave(db, former)


def lead(db: Transaction, path: str, document_id: str | None) -> None:
    """Let a file lead to a current document, or to none, and to no arriving one."""
    former = {*_led_to(db, "files", path), *_led_to(db, "arriving_files", path)}
    db.execute("DELETE FROM files WHERE path = ?", (path,))
    db.execute("DELETE FROM arriving_files WHERE path = ?", (path,))
    if document_id is None:
        _forget_stamps(db, path)
    else:
        db.execute("INSERT INTO files VALUES (?, ?)", (path, document_id))
    let_unreferenced_leave(db, former)


def start_over(db: Transaction) -> None:
    """Make every document arriving and uncut; what was arriving from a file replaces what it led to."""
    in_the_indexes = "(SELECT id FROM documents WHERE state NOT IN ('waiting', 'removed'))"
    db.execute(f"DELETE FROM sections WHERE document_id IN {in_the_indexes}")  # noqa: S608 (a constant)
    db.execute(f"DELETE FROM passages WHERE document_id IN {in_the_indexes}")  # noqa: S608 (a constant)
    former = [
        document_id for (document_id,) in db.execute("SELECT id FROM documents WHERE state = 'current'")
    ]
    db.execute(
        "INSERT INTO arriving_files SELECT path, document_id FROM files WHERE true ON CONFLICT DO NOTHING"
    )
    db.execute("UPDATE documents SET state = 'arriving' WHERE state = 'current'")
    let_unreferenced_leave(db, former)


def let_unreferenced_leave(db: Transaction, document_ids: Iterable[str]) -> None:
    """Of these documents, let those leave that no file leads to any more.

    An arriving one may be in the indexes already, wholly or in part, so it leaves by the same door as others.
    """
    db.executemany(
        "UPDATE documents SET state = 'leaving' WHERE id = ? AND CASE state "
        "WHEN 'arriving' THEN NOT EXISTS (SELECT 1 FROM arriving_files WHERE document_id = documents.id) "
        "WHEN 'current' THEN NOT EXISTS (SELECT 1 FROM files WHERE document_id = documents.id) END",
        [(document_id,) for document_id in document_ids],
    )


def _forget_stamps(db: Transaction, path: str) -> None:
    """Have a file, and the archive that it may be a member of, read again when it is met again."""
    places = (path, *map(str, PurePosixPath(path).parents))
    db.executemany("DELETE FROM file_stamps WHERE path = ?", [(place,) for place in places])


def _led_to(db: Transaction, table: Literal["files", "arriving_files"], path: str) -> set[str]:
    rows = db.execute(f"SELECT document_id FROM {table} WHERE path = ?", (path,))  # noqa: S608 (two fixed names)
    return {document_id for (document_id,) in rows}
