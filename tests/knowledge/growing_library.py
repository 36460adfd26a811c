"""A library that grows and changes while its process is killed, and what must hold after each kill."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.indexing import Stores
from knowledge.stores.index_probe import check_before_opening
from tests.knowledge.killed_runs import Killer, Run
from tests.knowledge.made_documents import write
from tests.knowledge.opened_stores import keyword_ids, search, vector_ids

_PASSAGES = 12  # of each document; every other document is Chinese
_ENGLISH = "# Rules of {name}\n"
_CHINESE = "# {name}规则\n"
QUESTION = "customs rules 海关规定"


def text_of(number: int, version: int) -> str:
    """The text of a document in one of its versions: articles that are a passage each."""
    name = f"matter{number}"
    if number % 2:
        articles = [
            f"\n第{n}条　{name}的海关规定第{version}版适用于编号{number * 1000 + n}的货物。\n"
            for n in range(1, _PASSAGES + 1)
        ]
        return _CHINESE.format(name=name) + "".join(articles)
    articles = [
        f"\n## Article {n}\n\nThe customs rules in version{version} hold for goods{number * 1000 + n}.\n"
        for n in range(1, _PASSAGES + 1)
    ]
    return _ENGLISH.format(name=name) + "".join(articles)


@dataclass
class GrowingLibrary:
    """Documents on disk by number and version, and what the library has acknowledged of them."""

    run: Run
    chance: random.Random
    written: dict[int, int] = field(default_factory=dict)  # number -> version in the file
    acknowledged: dict[str, str] = field(default_factory=dict)  # path -> text that could be found
    kills: int = 0
    missing: int = 0
    doubled: int = 0
    half_replaced: int = 0
    not_findable: int = 0
    slowest_opening: float = 0.0
    seconds: float = 1.0  # how long an undisturbed run takes, about

    def path(self, number: int) -> Path:
        return self.run.documents / f"{number}.md"

    def write(self, number: int, version: int) -> None:
        write(self.path(number), text_of(number, version))
        self.written[number] = version

    def add(self, count: int) -> None:
        first = len(self.written)
        for number in range(first, first + count):
            self.write(number, 1)

    def change(self, count: int) -> None:
        for number in self.chance.sample(sorted(self.written), count):
            self.write(number, self.written[number] + 1)

    def kill_one_run(self, killer: Killer) -> bool:
        """Whether the run was killed before it came to its end."""
        seconds = self.chance.uniform(0.02, 1.1 * self.seconds)
        killed = killer.run(Run(**{**vars(self.run), "seconds": seconds})) is None
        self.kills += killed
        return killed

    def check_opening(self) -> None:
        """As the product opens a folder; how long that takes counts to the first answer in `check`."""
        self._since = time.monotonic()
        check_before_opening("keyword", self.run.home / "keyword")
        check_before_opening("vector", self.run.home / "vectors")

    def check(self, stores: Stores) -> None:
        """Count what a killed run lost, doubled or left half done."""
        assert search(stores)(QUESTION)
        self.slowest_opening = max(self.slowest_opening, time.monotonic() - self._since)
        library = stores.library
        possible = {
            str(self.path(number)): {text_of(number, v) for v in range(max(1, version - 1), version + 1)}
            for number, version in self.written.items()
        }
        documents = {path: library.document(id_) for path, id_ in library.files().items()}
        for path, text in self.acknowledged.items():
            now = documents.get(path)
            self.missing += now is None
            self.half_replaced += now is not None and now.text != text and now.text not in possible[path]
        current = [p.id for id_ in library.in_state("current") for p in library.passages_of(id_)]
        words, vectors = Counter(keyword_ids(stores.keyword_index)), vector_ids(stores.vector_index)
        self.doubled += sum(count > 1 for count in words.values()) + len(vectors) - len(set(vectors))
        self.doubled += len(current) - len(set(current))
        self.not_findable += len(set(current) - set(words)) + len(set(current) - set(vectors))
        self.not_findable += len(stores.vector_index.unreachable(sorted(current)))
        found = Counter(retrieved.passage.document.path for retrieved in search(stores)(QUESTION, limit=500))
        texts = {path: document.text for path, document in documents.items() if document}
        assert set(found) <= set(texts)

    def acknowledge(self, stores: Stores) -> None:
        """What can be found now may never be lost again."""
        library = stores.library
        self.acknowledged = {
            path: document.text
            for path, id_ in library.files().items()
            if (document := library.document(id_)) is not None
        }

    def figures(self) -> dict[str, float]:
        return {
            "kills": self.kills,
            "acknowledged passages missing": self.missing,
            "doubled": self.doubled,
            "half-replaced documents": self.half_replaced,
            "not findable": self.not_findable,
            "slowest opening, s": round(self.slowest_opening, 2),
        }
