"""A desk over real stores in the test's own data folder; only the embedder needs no model."""

import io
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant.desk.desk import Desk
from assistant.desk.jobs import Job
from assistant.people.person import LOCAL_PERSON, Person
from knowledge.dictionary import ChineseDictionary
from knowledge.files.uploads import Uploads
from knowledge.indexing import Stores
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import opened_stores

FEES = "The registration fee is 20 yuan.\n"
VISAS = "Visa applications are decided within five working days.\n"


@pytest.fixture
def stores(home: Path, dictionary: ChineseDictionary) -> Iterator[Stores]:
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as opened:
        yield opened


@pytest.fixture
def told() -> list[tuple[str, str]]:
    """What the audit log is told: (action, thing)."""
    return []


@pytest.fixture
def desk(stores: Stores, home: Path, told: list[tuple[str, str]]) -> Iterator[Desk]:
    class Told:
        def record(self, person: str, action: str, what: str = "") -> None:
            told.append((action, what))

    with closing(Desk(stores, Uploads(home / "uploads"), audit=Told())) as opened:
        yield opened


@pytest.fixture
def over(desk: Desk) -> Callable[[Job | str], Job]:
    """Wait for a job."""

    def wait(job: Job | str) -> Job:
        assert isinstance(job, Job)
        return finished(desk, job)

    return wait


def finished(desk: Desk, job: Job, person: Person = LOCAL_PERSON) -> Job:
    """The job once it is over."""
    until = time.monotonic() + 60
    while not (now := desk.job(person, job.id)).is_over:
        assert time.monotonic() < until
        time.sleep(0.01)
    return now


def sent(
    desk: Desk, texts: dict[str, str], person: Person = LOCAL_PERSON, collection: str = "general"
) -> Job:
    """Send texts by file name and wait until they are read."""
    files = [(name, io.BytesIO(text.encode())) for name, text in texts.items()]
    return finished(desk, desk.send(person, files, collection), person)
