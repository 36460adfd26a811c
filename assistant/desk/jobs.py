"""Work that takes its time: done by one thread, in the order in which it was begun, with its progress.

One thread alone writes to library and indexes; questions are answered beside it.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Literal

from assistant.errors import AssistantError, DeskBusy
from knowledge.errors import KnowledgeError

JobState = Literal["queued", "running", "done", "failed"]
FileOutcome = Literal["waiting", "waits already", "is in the library", "was removed", "unread"]
MOST_QUEUED = 20
_KEPT = 50  # jobs that are over and can still be looked at

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file of an upload, or of one file of an archive."""

    name: str
    outcome: FileOutcome
    told: str = ""  # why it could not be read
    document_id: str | None = None
    title: str = ""
    hidden: tuple[str, ...] = ()  # what a reader of the file does not see, a sentence each
    told_in_chinese: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work, as it stands now."""

    id: int
    action: str
    by: str
    about: str  # the title or file that it is about
    state: JobState = "queued"
    done: int = 0  # of `total`: files of an upload, passages of anything else
    total: int = 0
    results: tuple[FileResult, ...] = ()
    error: AssistantError | KnowledgeError | None = None  # why it failed; None for a fault of the program
    document_id: str | None = None  # the document as it is called afterwards

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ("done", "failed")


class Stopped(Exception):
    """The program ends; what was begun is finished by the next start."""


class Progress:
    """What a job reports while it works. Raises Stopped from every report once the program ends."""

    def __init__(self, jobs: "Jobs", job_id: int) -> None:
        self._jobs = jobs
        self._id = job_id

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        self._jobs.change(self._id, done=done, total=total)

    def result(self, *results: FileResult) -> None:
        """Further files have come to an end."""
        self._jobs.change(self._id, results=(*self._jobs.get(self._id).results, *results))

    def document(self, document_id: str) -> None:
        """The document is called so from now on."""
        self._jobs.change(self._id, document_id=document_id)


Work = Callable[[Progress], None]


class Jobs:
    """The jobs of one process; safe to use from several threads."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "desk")
        self._lock = threading.Lock()
        self._jobs: dict[int, Job] = {}
        self._begun = 0
        self._stopping = False

    def begin(self, action: str, by: str, about: str, work: Work) -> Job:
        """Put work in the queue; raises DeskBusy when too much waits already."""
        with self._lock:
            if sum(not job.is_over for job in self._jobs.values()) >= MOST_QUEUED:
                raise DeskBusy(f"{MOST_QUEUED} pieces of work wait already; try again when some are done.")
            self._begun += 1
            job = Job(self._begun, action, by, about)
            self._jobs[job.id] = job
            for old in [one.id for one in self._jobs.values() if one.is_over][: -_KEPT or None]:
                del self._jobs[old]
        self._thread.submit(self._do, job.id, work)
        return job

    def quietly(self, work: Callable[[Callable[[int, int], None]], None]) -> None:
        """Do work behind all that is in the queue; nobody is told of it and it may be left undone."""

        def report(_done: int, _total: int) -> None:
            if self._stopping:
                raise Stopped

        def do() -> None:
            try:
                work(report)
            except Stopped:
                pass
            except Exception:
                log.exception("Quiet work of the desk failed.")

        self._thread.submit(do)

    def get(self, job_id: int) -> Job:
        """The job as it stands; raises LookupError for one that is not known (any more)."""
        with self._lock:
            return self._jobs[job_id]

    def all(self) -> Sequence[Job]:
        """Every job that is known, the latest first."""
        with self._lock:
            return sorted(self._jobs.values(), key=lambda job: -job.id)

    def change(self, job_id: int, **values: object) -> None:
        """Note how a job stands."""
        if self._stopping:
            raise Stopped
        with self._lock:
            self._jobs[job_id] = replace(self._jobs[job_id], **values)  # type: ignore[arg-type]

    def close(self) -> None:
        """Let the job at work come to its next report, and begin no other."""
        self._stopping = True
        self._thread.shutdown(cancel_futures=True)

    def _do(self, job_id: int, work: Work) -> None:
        try:
            self.change(job_id, state="running")
            work(Progress(self, job_id))
            self.change(job_id, state="done")
        except Stopped:
            log.info("The desk stops before its work is done; the next start finishes it.")
        except (KnowledgeError, AssistantError) as error:
            self.change(job_id, state="failed", error=error)
        except Exception:  # whatever else goes wrong, the next job is still done
            log.exception("A job of the desk failed.")
            self.change(job_id, state="failed")
