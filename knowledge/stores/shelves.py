"""What the library holds and nobody finds: documents that wait for approval, and those that were removed.

A document on a shelf has its text, sections and passages, and stands in neither index. Each step from and to
a shelf is one transaction; what then is to be done with the indexes, `knowledge.shelving` does.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.facts.corrections import Correction
from knowledge.policy import GENERAL, Document, DocumentFacts, Language, Layout, Passage, Section
from knowledge.stores import document_states
from knowledge.stores.database import Database, Transaction
from knowledge.stores.stored_document import stored, stored_facts, stored_layout

Shelf = Literal["waiting", "removed"]


@dataclass(frozen=True, slots=True)
class Shelved:
    """A document on a shelf, without its text."""

    id: str
    facts: DocumentFacts
    language: Language
    layout: Layout
    paths: tuple[str, ...]  # where it was read from
    by: str  # who put it there
    at: str  # when, ISO 8601 in UTC

    @property
    def collection(self) -> str:
        """The collection whose readers may see it once it can be found."""
        return self.facts.collection or GENERAL


class Shelves:
    """The shelves of one library; safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def on(self, shelf: Shelf) -> list[Shelved]:
        """The documents on a shelf, the latest first."""
        rows = self._database.all(
            f"SELECT d.id, d.facts, d.language, d.layout, f.path, f.by, f.at FROM {shelf}_files f "  # noqa: S608
            "JOIN documents d ON d.id = f.document_id WHERE d.state = ? OR (? = "
            "'removed' AND d.state = 'leaving') "
            "ORDER BY f.at DESC, d.id, f.path",
            shelf,
            shelf,
        )
        found: dict[str, Shelved] = {}
        for id_, facts, language, layout, path, by, at in rows:
            known = found.get(id_)
            paths = (*known.paths, path) if known else (path,)
            found[id_] = Shelved(id_, stored_facts(facts), language, stored_layout(layout), paths, by, at)
        return list(found.values())

    def wait(
        self,
        document: Document,
        sections: Sequence[Section],
        passages: Sequence[Passage],
        *,
        by: str,
        at: str,
    ) -> bool:
        """Let a document wait, in place of what waited from its path; False when it is known already."""
        with self._database.transaction() as db:
            known = db.execute("SELECT state FROM documents WHERE id = ?", (document.id,)).fetchone()
            if known is not None and known[0] != "waiting":
                return False
            _insert_waiting(db, document, sections, passages)
            db.execute(
                "INSERT INTO waiting_files VALUES (?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET "
                "document_id = excluded.document_id, by = excluded.by, at = excluded.at",
                (document.path, document.id, by, at),
            )
            _drop_unreferenced(db)
            return known is None

    def become(
        self, document_id: str, changed: Document, sections: Sequence[Section], passages: Sequence[Passage]
    ) -> None:
        """Let another document wait in place of a waiting one, as put there by the same person."""
        with self._database.transaction() as db:
            _insert_waiting(db, changed, sections, passages)
            db.execute(
                "UPDATE waiting_files SET document_id = ? WHERE document_id = ?", (changed.id, document_id)
            )
            _drop_unreferenced(db)

    def approve(self, document_id: str, *, instead_of: str | None = None) -> None:
        """Let a waiting document arrive; once it can be found, the files of `instead_of` lead nowhere."""
        with self._database.transaction() as db:
            _arrive(db, "waiting", document_id)
            if instead_of is not None:
                db.execute(
                    "INSERT INTO replaced_files SELECT path, ? FROM files WHERE document_id = ? "
                    "ON CONFLICT (path) DO UPDATE SET document_id = excluded.document_id",
                    (document_id, instead_of),
                )

    def discard(self, document_ids: Iterable[str]) -> None:
        """Delete waiting documents."""
        with self._database.transaction() as db:
            db.executemany(
                "DELETE FROM documents WHERE id = ? AND state = 'waiting'", [(id_,) for id_ in document_ids]
            )

    def remove(self, document_id: str, *, by: str, at: str) -> None:
        """Let a current document leave, and keep it on the shelf of the removed."""
        with self._database.transaction() as db:
            paths = db.execute("SELECT path FROM files WHERE document_id = ?", (document_id,)).fetchall()
            db.executemany(
                "INSERT INTO removed_files VALUES (?, ?, ?, ?) ON CONFLICT (path, document_id) "
                "DO UPDATE SET by = excluded.by, at = excluded.at",
                [(path, document_id, by, at) for (path,) in paths],
            )
            for (path,) in paths:
                document_states.lead(db, path, None)

    def restore(self, document_id: str) -> None:
        """Let a removed document arrive again, from its files as far as they lead to no other by now."""
        with self._database.transaction() as db:
            taken = db.execute(
                "SELECT count(*) FROM removed_files WHERE document_id = ? "
                "AND path NOT IN (SELECT path FROM files UNION SELECT path FROM arriving_files)",
                (document_id,),
            ).fetchone()
            if not taken[0]:
                db.execute(
                    "INSERT INTO removed_files SELECT ?, document_id, min(by), min(at) FROM removed_files "
                    "WHERE document_id = ? GROUP BY document_id ON CONFLICT DO NOTHING",
                    (f"restored:{document_id}", document_id),
                )
            db.execute(
                "DELETE FROM removed_files WHERE document_id = ? "
                "AND path IN (SELECT path FROM files UNION SELECT path FROM arriving_files)",
                (document_id,),
            )
            _arrive(db, "removed", document_id)

    def forget_removed(self, before: str) -> int:
        """Delete for good what was removed before that moment; returns how many documents."""
        with self._database.transaction() as db:
            gone = db.execute(
                "DELETE FROM documents WHERE state = 'removed' AND NOT EXISTS "
                "(SELECT 1 FROM removed_files WHERE document_id = documents.id AND at >= ?)",
                (before,),
            )
            return gone.rowcount

    def paths(self) -> set[str]:
        """Every path that leads to a document in any state."""
        tables = ("files", "arriving_files", "waiting_files", "removed_files")
        query = " UNION ".join(f"SELECT path FROM {table}" for table in tables)  # noqa: S608 (fixed names)
        return {str(path) for (path,) in self._database.all(query)}

    # -- corrections ------------------------------------------------------------------------------

    def correction(self, path: str, sha256: str) -> Correction:
        """What a maintainer has stated of the file while it holds those bytes; empty for nothing."""
        row = self._database.one("SELECT facts FROM corrections WHERE path = ? AND sha256 = ?", path, sha256)
        return {} if row is None else dict(json.loads(row[0]))

    def record_correction(
        self, paths: Iterable[str], sha256: str, correction: Mapping[str, str | None]
    ) -> None:
        """Keep what a maintainer states of files with those bytes, in place of what was stated before."""
        told = json.dumps(dict(correction), ensure_ascii=False)
        with self._database.transaction() as db:
            db.executemany(
                "INSERT INTO corrections VALUES (?, ?, ?) "
                "ON CONFLICT (path, sha256) DO UPDATE SET facts = excluded.facts",
                [(path, sha256, told) for path in paths],
            )


def _insert_waiting(
    db: Transaction, document: Document, sections: Sequence[Section], passages: Sequence[Passage]
) -> None:
    values = (
        document.id,
        stored(document.facts),
        document.language,
        document.sha256,
        document.text,
        stored(document.layout),
    )
    inserted = db.execute(
        "INSERT INTO documents VALUES (?, 'waiting', ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", values
    )
    if inserted.rowcount:
        document_states.cut(db, document.id, sections, passages)


def _arrive(db: Transaction, shelf: Shelf, document_id: str) -> None:
    """Take a document from a shelf and let it arrive, to be cut anew: the cutting may have changed since."""
    former = [
        known
        for (known,) in db.execute(
            f"SELECT document_id FROM arriving_files WHERE document_id <> ? AND path IN "  # noqa: S608
            f"(SELECT path FROM {shelf}_files WHERE document_id = ?)",
            (document_id, document_id),
        )
    ]
    db.execute(
        f"INSERT INTO arriving_files SELECT path, document_id FROM {shelf}_files "  # noqa: S608
        "WHERE document_id = ? ON CONFLICT (path) DO UPDATE SET document_id = excluded.document_id",
        (document_id,),
    )
    db.execute(f"DELETE FROM {shelf}_files WHERE document_id = ?", (document_id,))  # noqa: S608
    db.execute("DELETE FROM sections WHERE document_id = ?", (document_id,))
    db.execute(
        "UPDATE documents SET state = 'arriving' WHERE id = ? AND state IN ('waiting', 'removed', 'leaving')",
        (document_id,),
    )
    document_states.let_unreferenced_leave(db, former)


def _drop_unreferenced(db: Transaction) -> None:
    db.execute(
        "DELETE FROM documents WHERE state = 'waiting' "
        "AND NOT EXISTS (SELECT 1 FROM waiting_files WHERE document_id = documents.id)"
    )
