"""What maintainers do with documents through the page, each within the collections that they may read.

Shelves and corrections of what waits are one transaction each and done at once; whatever changes what can be
found is a job.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import BinaryIO, Literal

from assistant.desk.jobs import FileResult, Job, Jobs, Progress, Work
from assistant.errors import NotAtTheDesk
from assistant.people.audit import Audit
from assistant.people.person import Person
from knowledge import shelving
from knowledge.facts.corrections import Correction
from knowledge.files.uploads import UnreadUpload, Upload, Uploads, read_upload
from knowledge.indexing import Stores
from knowledge.policy import GENERAL, Document, Entry, Section
from knowledge.quote_preparation import prepare_quotes
from knowledge.reading import FileReader
from knowledge.stores.serving_doctor import examine_open
from knowledge.stores.shelves import Shelf, Shelved
from knowledge.validity.library_check import NEED_ACTION, findings

MOST_FILES = 100  # of one upload
REMOVED_DAYS = 30  # that a removed document can be restored
_AHEAD = 90  # days in which a document that ends is told

DeskState = Literal["waiting", "current", "removed"]


@dataclass(frozen=True, slots=True)
class AtTheDesk:
    """A document as a maintainer sees it, wherever it stands."""

    document: Document
    sections: list[Section]
    state: DeskState
    name: str  # of its file, as it was sent or as it lies
    like: tuple[Entry, ...] = ()  # current documents of the same name or title, whose place it may take


class Desk:
    """The desk of one process over its open stores; safe to use from several threads."""

    def __init__(
        self,
        stores: Stores,
        uploads: Uploads,
        *,
        audit: Audit,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._stores = stores
        self._uploads = uploads
        self._audit = audit
        self._now = now
        self._jobs = Jobs()
        self._receiving = 0  # uploads whose files nothing leads to yet
        self._lock = threading.Lock()
        if not stores.library.is_settled():
            self._begin("finish", "", "", partial(shelving.finish, stores))

    def close(self) -> None:
        """Stop working; what was begun is finished by the next start."""
        self._jobs.close()

    # -- looking ----------------------------------------------------------------------------------

    def shelf(self, person: Person, shelf: Shelf) -> list[Shelved]:
        """What lies on a shelf and this person may read."""
        return [one for one in self._stores.library.shelves.on(shelf) if _reads(person, one.collection)]

    def document(self, person: Person, document_id: str) -> AtTheDesk:
        """A document that waits, can be found, or was removed; raises NotAtTheDesk for any other."""
        library = self._stores.library
        state = library.state(document_id)
        if state not in ("waiting", "current", "removed"):
            raise _not_there(document_id)
        document = library.document(document_id, state)
        if document is None or not _reads(person, document.collection):
            raise _not_there(document_id)
        name = document.path.rpartition("/")[2]
        like = self._like(person, document, name) if state == "waiting" else ()
        return AtTheDesk(document, library.sections(document_id), state, name, like)

    def collections(self, person: Person) -> list[str]:
        """The collections that this person may put a document into: those that are known."""
        known = {GENERAL, *(entry.collection for entry in self._stores.library.entries())}
        known |= {one.collection for one in self._stores.library.shelves.on("waiting")}
        return sorted(one for one in known | (person.collections or set()) if _reads(person, one))

    def jobs(self, person: Person) -> list[Job]:
        """The person's own jobs, the latest first; everybody's for who reads everything."""
        return [job for job in self._jobs.all() if person.collections is None or job.by == person.name]

    def job(self, person: Person, job_id: int) -> Job:
        """One of those; raises NotAtTheDesk for any other."""
        for job in self.jobs(person):
            if job.id == job_id:
                return job
        raise NotAtTheDesk(
            "This piece of work is not known any more; see what became of it at the desk.",
            "该任务已无记录，请在管理台查看结果。",
        )

    # -- sending ----------------------------------------------------------------------------------

    def send(self, person: Person, files: Sequence[tuple[str, BinaryIO]], collection: str) -> Job:
        """Keep files under their names and read them; what they hold waits for approval."""
        self._check_collection(person, collection)
        with self._lock:
            self._receiving += 1
        try:
            kept = [self._uploads.keep(name, data) for name, data in files]
            for upload in kept:
                self._audit.record(person.name, "upload", upload.path)
            about = kept[0].name if len(kept) == 1 else str(len(kept))
            return self._jobs.begin(
                "upload", person.name, about, partial(self._read, kept, person, collection)
            )
        except BaseException:
            self._received()
            raise

    def _read(self, kept: Sequence[Upload], person: Person, collection: str, progress: Progress) -> None:
        try:
            with FileReader() as reader:
                for number, upload in enumerate(kept, start=1):
                    for read in read_upload(upload, self._uploads, reader):
                        progress.result(self._result(read, person, collection))
                    progress(number, len(kept))
        finally:
            self._received()

    def _result(self, read: Document | UnreadUpload, person: Person, collection: str) -> FileResult:
        if isinstance(read, UnreadUpload):
            return FileResult(read.name, "unread", read.told, told_in_chinese=read.chinese)
        reception = shelving.receive(
            read, self._stores.library, by=person.name, at=self._stamp(), collection=collection
        )
        document = reception.document
        # What stands elsewhere may be of a collection that this person does not read: nothing is told of it.
        told = document.id if _reads(person, document.collection) else None
        name = document.path.partition("/")[2]
        return FileResult(name, reception.received, "", told, document.title, document.layout.hidden)

    def _received(self) -> None:
        """Once nobody is sending, delete the files to which nothing leads."""
        with self._lock:
            self._receiving -= 1
            if not self._receiving:
                self._uploads.drop_all_but(self._stores.library.shelves.paths())

    # -- deciding ---------------------------------------------------------------------------------

    def approve(self, person: Person, document_ids: Sequence[str], instead_of: str | None = None) -> Job:
        """Let waiting documents be found, the one in place of a current one if that is named."""
        titles = self._titles(person, document_ids, "waiting")
        if instead_of is not None:
            self._titles(person, [instead_of], "current")
        for id_ in document_ids:
            self._audit.record(person.name, "approve", id_)
        work = partial(shelving.approve, document_ids, self._stores, instead_of=instead_of)
        return self._begin("approve", person.name, titles, lambda progress: work(on_progress=progress))

    def discard(self, person: Person, document_ids: Sequence[str]) -> None:
        """Throw waiting documents away."""
        self._titles(person, document_ids, "waiting")
        for id_ in document_ids:
            self._audit.record(person.name, "discard", id_)
        self._stores.library.shelves.discard(document_ids)
        with self._lock:
            self._receiving += 1
        self._received()

    def correct(self, person: Person, document_id: str, stated: Correction) -> Job | str:
        """State facts of a document; the id that a waiting one then has, a job for a current one."""
        at_desk = self.document(person, document_id)
        self._check_collection(person, stated.get("collection") or GENERAL)
        self._audit.record(person.name, "correct", document_id)
        if at_desk.state == "waiting":
            return shelving.correct_waiting(document_id, stated, self._stores.library)

        def work(progress: Progress) -> None:
            progress.document(shelving.correct(document_id, stated, self._stores, progress))

        return self._begin("correct", person.name, at_desk.document.title, work)

    def remove(self, person: Person, document_id: str) -> Job:
        """Take a document out of search and lists; for REMOVED_DAYS it can be restored."""
        title = self._titles(person, [document_id], "current")
        self._audit.record(person.name, "remove", document_id)

        def work(_progress: Progress) -> None:
            shelving.remove([document_id], self._stores, by=person.name, at=self._stamp())
            before = (self._now() - timedelta(days=REMOVED_DAYS)).isoformat(timespec="seconds")
            self._stores.library.shelves.forget_removed(before)

        return self._alone("remove", person.name, title, work)

    def restore(self, person: Person, document_id: str) -> Job:
        """Let a removed document be found again."""
        title = self._titles(person, [document_id], "removed")
        self._audit.record(person.name, "restore", document_id)
        work = partial(shelving.restore, document_id, self._stores)
        return self._begin("restore", person.name, title, work)

    def index_anew(self, person: Person, document_ids: Sequence[str] | None = None) -> Job:
        """Put these documents, or every one, into both indexes anew while they go on being found."""
        if document_ids is None:
            ids: Sequence[str] = self._stores.library.in_state("current")
            title = ""
        else:
            ids, title = document_ids, self._titles(person, document_ids, "current")
        self._audit.record(person.name, "index anew", title or "all")
        work = partial(shelving.index_anew, ids, self._stores)
        return self._alone("index anew", person.name, title, work)

    def findings(self, person: Person, today: date) -> tuple[list[str], list[str]]:
        """What is wrong with library and indexes, and which documents need a decision, a sentence each.

        Takes seconds for 10,000 passages. The first names documents of any collection, so it is empty for who
        does not read them all.
        """
        stores = examine_open(self._stores) if person.collections is None else []
        read = [one for one in self._stores.library.entries() if _reads(person, one.collection)]
        titles = {one.id: one.facts.title for one in read}
        found = [one for one in findings(read, today, _AHEAD) if one.concern in NEED_ACTION]
        return stores, [f"{titles[one.document_id]} {one.told}." for one in found]

    # -- inside -----------------------------------------------------------------------------------

    def _begin(self, action: str, by: str, about: str, work: Work) -> Job:
        """A job after which documents are new to be found: their sentences are then embedded ahead."""
        job = self._alone(action, by, about, work)
        self._jobs.quietly(partial(prepare_quotes, self._stores))
        return job

    def _alone(self, action: str, by: str, about: str, work: Work) -> Job:
        """A job that changes library and indexes while no other process does."""

        def hold_and_work(progress: Progress) -> None:
            with self._stores.writing(f"chat, {action}"):
                work(progress)

        return self._jobs.begin(action, by, about, hold_and_work)

    def _titles(self, person: Person, document_ids: Sequence[str], state: DeskState) -> str:
        """The titles of documents in a state; raises NotAtTheDesk when one is not, or not for this person."""
        found = [self.document(person, id_) for id_ in document_ids]
        for one in found:
            if one.state != state:
                raise _not_there(one.document.id)
        return found[0].document.title if len(found) == 1 else str(len(found))

    def _like(self, person: Person, document: Document, name: str) -> tuple[Entry, ...]:
        library = self._stores.library
        named = {id_ for path, id_ in library.files().items() if path.rpartition("/")[2] == name}
        return tuple(
            entry
            for entry in library.entries()
            if _reads(person, entry.collection) and (entry.id in named or entry.facts.title == document.title)
        )

    def _check_collection(self, person: Person, collection: str) -> None:
        if not _reads(person, collection):
            raise NotAtTheDesk(
                f"You may not put documents into the collection {collection}.",
                f"您无权将文件放入文件集 {collection}。",
            )

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="seconds")


def _reads(person: Person, collection: str) -> bool:
    return person.collections is None or collection in person.collections


def _not_there(document_id: str) -> NotAtTheDesk:
    return NotAtTheDesk(
        f"The document {document_id} is not there any more; go back to the desk.",
        f"文件 {document_id} 已不存在，请返回管理台。",
    )
