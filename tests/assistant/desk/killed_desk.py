"""A desk that decides without end: `python -m tests.assistant.desk.killed_desk HOME CACHE SEED`.

It says what it begins and what it has done, a line each: "begun remove ID", "done remove ID"; an approval in
the place of another document names that as well. What it says is done, the desk has said is done.
"""

import io
import random
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.desk.desk import Desk
from assistant.desk.jobs import Job
from assistant.people.audit import Unrecorded
from assistant.people.person import LOCAL_PERSON
from knowledge.dictionary import ChineseDictionary
from knowledge.files.uploads import Uploads
from knowledge.indexing import Stores
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import opened_stores

_ARTICLES = 8


def text_of(number: int) -> str:
    """Made-up rules of some length, told apart by their number."""
    articles = [
        f"Article {article}\nThe fee of matter {number} in case {article} is {number + article} yuan."
        for article in range(1, _ARTICLES + 1)
    ]
    return "\n\n".join([f"Rules on matter {number}", *articles]) + "\n"


@dataclass(frozen=True)
class Deciding:
    """Sends, approves, removes and restores, whatever chance says."""

    desk: Desk
    stores: Stores
    chance: random.Random

    def next(self) -> None:
        """One decision of those that are possible now."""
        library = self.stores.library
        waiting, current = library.in_state("waiting"), library.in_state("current")
        removed = library.in_state("removed")
        possible = {"send": True, "approve": waiting, "remove": len(current) > 3, "restore": removed}
        verb = self.chance.choice([verb for verb, may in possible.items() if may])
        if verb == "send":
            self._send()
        elif verb == "approve":
            old = self.chance.choice(current) if len(current) > 3 and self.chance.random() < 0.5 else None
            self._approve(self.chance.choice(waiting), old)
        elif verb == "remove":
            self._do("remove", self.chance.choice(current))
        else:
            self._do("restore", self.chance.choice(removed))

    def _send(self) -> None:
        number = self.chance.randrange(10**9)
        files = [(f"{number}.txt", io.BytesIO(text_of(number).encode()))]
        job = self._over(self.desk.send(LOCAL_PERSON, files, "general"))
        (result,) = job.results
        say("done send", str(result.document_id), str(number))

    def _approve(self, id_: str, old: str | None) -> None:
        named = [id_, *([old] if old else [])]
        say("begun approve", *named)
        self._over(self.desk.approve(LOCAL_PERSON, [id_], instead_of=old))
        say("done approve", *named)

    def _do(self, verb: str, id_: str) -> None:
        say(f"begun {verb}", id_)
        act = self.desk.remove if verb == "remove" else self.desk.restore
        self._over(act(LOCAL_PERSON, id_))
        say(f"done {verb}", id_)

    def _over(self, job: Job) -> Job:
        while not job.is_over:
            time.sleep(0.001)
            job = self.desk.job(LOCAL_PERSON, job.id)
        if job.state != "done":
            say("failed", job.action, str(job.error))
        return job


def say(*words: str) -> None:
    """One line, which a kill cannot take back."""
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


def main(home: Path, cache: Path, seed: str) -> None:
    """Decide until killed."""
    with (
        closing(ChineseDictionary(cache)) as dictionary,
        opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores,
        closing(Desk(stores, Uploads(home / "uploads"), audit=Unrecorded())) as desk,
    ):
        say("open")
        deciding = Deciding(desk, stores, random.Random(seed))  # noqa: S311
        while True:
            deciding.next()


if __name__ == "__main__":
    arguments: Sequence[str] = sys.argv[1:]
    main(Path(arguments[0]), Path(arguments[1]), arguments[2])
