"""The library: documents, sections and passages in one database, the one source of truth.

It is a SQLite file, or a PostgreSQL that several processes share. Both indexes are rebuilt from it. Only
current documents can be found (see `document_states`), so a process killed at any moment leaves either the
old document or the new one, never half of each.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge.policy import Document, Entry, Passage, Section
from knowledge.stores import document_states
from knowledge.stores.database import Database
from knowledge.stores.document_states import State
from knowledge.stores.library_database import LibraryDatabase
from knowledge.stores.shelves import Shelves
from knowledge.stores.stored_document import stored_facts, stored_layout

IDENTITY = "identity"  # among the facts; a copy of a library needs another one
_RECORD = "INSERT INTO facts VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_DOCUMENTS_KEPT = 256  # recently used documents held in memory with their text
_PASSAGE_COLUMNS = 'p.id, p.document_id, s.ordinal, s.heading_path, s.start, s."end", p.start, p."end"'
_PASSAGE_JOINS = (
    "JOIN sections s ON s.document_id = p.document_id AND s.ordinal = p.section "
    "JOIN documents d ON d.id = p.document_id"
)


class Library:
    """One file or one database; safe to use from several threads.

    Every method raises DataFolderUnusable when the file is damaged or cannot be written, ServerUnreachable
    when the database does not answer.
    """

    def __init__(self, place: Path | Database) -> None:
        self._database: Database = LibraryDatabase(place) if isinstance(place, Path) else place
        self._recent = lru_cache(maxsize=_DOCUMENTS_KEPT)(self._read_document)
        self.shelves = Shelves(self._database)

    def close(self) -> None:
        """Let go of file or database; the library cannot be used afterwards."""
        self._database.close()

    @property
    def changes(self) -> int:
        """Another number after each change, of whichever process: until then what was worked out holds."""
        return self._database.changes

    # -- reading ----------------------------------------------------------------------------------

    def recorded(self, name: str) -> str | None:
        """A fact recorded about the index ("embedder", "cutting"), or None."""
        row = self._database.one("SELECT value FROM facts WHERE name = ?", name)
        return None if row is None else str(row[0])

    def identity(self) -> str:
        """16 hex digits that no other library has, given to it when they are first asked for."""
        known = self.recorded(IDENTITY)
        if known is None:
            with self._database.transaction() as db:
                made = (IDENTITY, secrets.token_hex(8))
                db.execute("INSERT INTO facts VALUES (?, ?) ON CONFLICT DO NOTHING", made)
            known = self.recorded(IDENTITY)
        return known or ""

    def entries(self) -> list[Entry]:
        """Every document that can be found, by id, without the cost of reading its text."""
        rows = self._database.all(
            "SELECT id, facts, language FROM documents WHERE state = 'current' ORDER BY id"
        )
        return [Entry(id_, stored_facts(facts), language) for id_, facts, language in rows]

    def documents(self) -> list[Document]:
        """Every document that can be found, by title, then id."""
        with self._database.unchanged() as changes:
            documents = [self._recent(changes, document_id) for document_id in self.in_state("current")]
        return sorted(documents, key=lambda document: (document.title, document.id))

    def document(self, document_id: str, state: State = "current") -> Document | None:
        """The document of that id if it is in that state, else None."""
        with self._database.unchanged() as changes:
            return self._recent(changes, document_id) if self.state(document_id) == state else None

    def sections(self, document_id: str) -> list[Section]:
        """The sections of a document in any state, in order; empty for an unknown id."""
        with self._database.unchanged() as changes:
            rows = self._database.all(
                'SELECT ordinal, heading_path, start, "end" FROM sections '
                "WHERE document_id = ? ORDER BY ordinal",
                document_id,
            )
            return [
                Section(self._recent(changes, document_id), ordinal, tuple(json.loads(path)), start, end)
                for ordinal, path, start, end in rows
            ]

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of these ids in current documents, in the order given; other ids are left out."""
        with self._database.unchanged() as changes:
            rows = self._database.all(
                f"SELECT {_PASSAGE_COLUMNS} FROM passages p {_PASSAGE_JOINS} "  # noqa: S608 (constants)
                "WHERE p.id IN (SELECT value FROM json_each(?)) AND d.state = 'current'",
                json.dumps(ids),
            )
            passages = [self._passage(changes, row) for row in rows]
            by_id = {passage.id: passage for passage in passages}
        return [by_id[passage_id] for passage_id in ids if passage_id in by_id]

    def passages_of(self, document_id: str) -> list[Passage]:
        """Every passage of a document in any state, in order."""
        with self._database.unchanged() as changes:
            rows = self._database.all(
                f"SELECT {_PASSAGE_COLUMNS} FROM passages p {_PASSAGE_JOINS} "  # noqa: S608 (constants)
                "WHERE p.document_id = ? ORDER BY p.start",
                document_id,
            )
            return [self._passage(changes, row) for row in rows]

    def passage_count(self, state: State = "current") -> int:
        """How many passages the documents of a state have."""
        row = self._database.one(
            "SELECT count(*) FROM passages p JOIN documents d ON d.id = p.document_id WHERE d.state = ?",
            state,
        )
        return int(row[0]) if row else 0

    def passage_counts(self, document_ids: Sequence[str] | None = None) -> dict[str, int]:
        """How many passages each document has, by id; of all documents, or of those that are named."""
        query = "SELECT document_id, count(*) FROM passages"
        if document_ids is None:
            return dict(self._database.all(f"{query} GROUP BY document_id"))
        some = "WHERE document_id IN (SELECT value FROM json_each(?)) GROUP BY document_id"
        return dict(self._database.all(f"{query} {some}", json.dumps(document_ids)))

    def state(self, document_id: str) -> State | None:
        """The state of a document, None for an unknown id."""
        row = self._database.one("SELECT state FROM documents WHERE id = ?", document_id)
        return None if row is None else row[0]

    def in_state(self, state: State) -> list[str]:
        """Ids of the documents in a state, in the order in which they were put in."""
        rows = self._database.all("SELECT id FROM documents WHERE state = ? ORDER BY rowid", state)
        return [str(row[0]) for row in rows]

    def is_settled(self) -> bool:
        """Whether no document is arriving or leaving, as it is unless an index run has not finished."""
        query = "SELECT 1 FROM documents WHERE state IN ('arriving', 'leaving') LIMIT 1"
        return self._database.one(query) is None

    def uncut(self) -> list[str]:
        """Ids of the arriving documents without sections, in the order in which they were put in."""
        rows = self._database.all(
            "SELECT id FROM documents d WHERE state = 'arriving' "
            "AND NOT EXISTS (SELECT 1 FROM sections WHERE document_id = d.id) ORDER BY rowid"
        )
        return [str(row[0]) for row in rows]

    def unprepared(self) -> list[str]:
        """Ids of the current documents whose sentences have not been embedded ahead of questions."""
        rows = self._database.all(
            "SELECT id FROM documents d JOIN unprepared u ON u.document_id = d.id "
            "WHERE state = 'current' ORDER BY d.rowid"
        )
        return [str(row[0]) for row in rows]

    def files(self) -> dict[str, str]:
        """Every file that an indexed document was read from: path -> document id."""
        return dict(self._database.all("SELECT path, document_id FROM files"))

    def arriving_files(self) -> dict[str, str]:
        """Every file whose new content an unfinished run has read: path -> document id."""
        return dict(self._database.all("SELECT path, document_id FROM arriving_files"))

    def contents(self) -> dict[str, str]:
        """What every file of an indexed document holds: path -> sha256 of its bytes."""
        query = "SELECT path, sha256 FROM files JOIN documents ON documents.id = document_id"
        return dict(self._database.all(query))

    def stamps(self) -> dict[str, str]:
        """How every file looked when it was last read (see `file_stamps`): path -> stamp."""
        return dict(self._database.all("SELECT path, stamp FROM file_stamps"))

    # -- changing ---------------------------------------------------------------------------------

    def record(self, facts: Mapping[str, str]) -> None:
        """Record facts about the index, all of them or none."""
        with self._database.transaction() as db:
            db.executemany(_RECORD, list(facts.items()))

    def put(self, document: Document, sections: Sequence[Section], passages: Sequence[Passage]) -> None:
        """Store a document as arriving from its path, in place of what was arriving from there.

        It must not be current: `point` is for that.
        """
        with self._database.transaction() as db:
            document_states.arrive(db, document)
            document_states.cut(db, document.id, sections, passages)

    def cut(self, document_id: str, sections: Sequence[Section], passages: Sequence[Passage]) -> None:
        """Give an arriving document sections and passages in place of those it had."""
        with self._database.transaction() as db:
            document_states.cut(db, document_id, sections, passages)

    def make_current(self, document_ids: Iterable[str]) -> None:
        """Let arriving documents be found; documents that no file leads to any more start leaving."""
        with self._database.transaction() as db:
            for document_id in document_ids:
                document_states.become_current(db, document_id)

    def prepared(self, document_ids: Iterable[str]) -> None:
        """Say that the sentences of these documents have been embedded."""
        with self._database.transaction() as db:
            db.executemany("DELETE FROM unprepared WHERE document_id = ?", [(id_,) for id_ in document_ids])

    def point(self, path: str, document_id: str) -> None:
        """Say that a file now holds a document that is already current."""
        with self._database.transaction() as db:
            document_states.lead(db, path, document_id)

    def forget_files(self, paths: Iterable[str]) -> None:
        """Drop files; documents that no file leads to any more start leaving."""
        with self._database.transaction() as db:
            for path in paths:
                document_states.lead(db, path, None)

    def record_stamps(self, stamps: Mapping[str, str]) -> None:
        """Record how files looked when they were read, once what they held is current."""
        with self._database.transaction() as db:
            db.executemany(
                "INSERT INTO file_stamps VALUES (?, ?) "
                "ON CONFLICT (path) DO UPDATE SET stamp = excluded.stamp",
                list(stamps.items()),
            )

    def start_over(self, facts: Mapping[str, str]) -> None:
        """Record facts about the index and make every document arriving and uncut, all at once."""
        with self._database.transaction() as db:
            db.executemany(_RECORD, list(facts.items()))
            document_states.start_over(db)

    def remove(self, document_ids: Iterable[str]) -> None:
        """Delete documents that both indexes have let go; those that a maintainer removed are kept."""
        with self._database.transaction() as db:
            gone = [(id_,) for id_ in document_ids]
            db.executemany(
                "UPDATE documents SET state = 'removed' WHERE id = ? "
                "AND EXISTS (SELECT 1 FROM removed_files WHERE document_id = documents.id)",
                gone,
            )
            db.executemany("DELETE FROM documents WHERE id = ? AND state <> 'removed'", gone)

    # -- inside -----------------------------------------------------------------------------------

    def _read_document(self, _changes: int, document_id: str) -> Document:
        """The document as it is while `changes` stays the same; raises LookupError for an unknown id."""
        row = self._database.one(
            "SELECT facts, text, language, sha256, layout, (SELECT min(path) FROM ("
            "SELECT path FROM files WHERE document_id = d.id "
            "UNION ALL SELECT path FROM arriving_files WHERE document_id = d.id "
            "UNION ALL SELECT path FROM waiting_files WHERE document_id = d.id "
            "UNION ALL SELECT path FROM removed_files WHERE document_id = d.id) led) "
            "FROM documents d WHERE id = ?",
            document_id,
        )
        if row is None:
            raise LookupError(document_id)
        facts, text, language, sha256, layout, path = row
        return Document(
            document_id,
            stored_facts(facts),
            text,
            language,
            sha256,
            path=path or "",
            layout=stored_layout(layout),
        )

    def _passage(self, changes: int, row: tuple[Any, ...]) -> Passage:
        passage_id, document_id, ordinal, heading_path, section_start, section_end, start, end = row
        document = self._recent(changes, document_id)
        section = Section(document, ordinal, tuple(json.loads(heading_path)), section_start, section_end)
        return Passage(passage_id, section, start, end)
