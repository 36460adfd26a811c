"""Twenty collections that look alike, ten people who may read four each, and what gives one away."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np

from assistant.assembly import assemble
from assistant.assistant import Assistant
from assistant.people.person import Person, Role
from assistant.settings import Settings
from knowledge.dictionary import ChineseDictionary
from knowledge.indexing import Stores
from knowledge.reader import Reading, TextToRead
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import index, opened_stores

COLLECTIONS = [f"c{number:02}" for number in range(20)]
PEOPLE = [
    Person(
        f"reader{number}",
        Role.READER,
        frozenset(COLLECTIONS[(3 * number + 7 * step) % 20] for step in range(4)),
    )
    for number in range(10)
]

_TEXT = """Article 1 Fee

The permit fee in {town} is {fee} yuan. It is told by {secret}.

Article 2 Term

A permit in {town} must be renewed every year, says {secret}.
"""
_LATER = """Article 1

These rules of {secret} replace the former ones. The permit fee in {town} may be waived by {secret}.
"""


class Believing:
    """A reader that takes every text for an answer, so that whatever is found is quoted."""

    name = "believing"

    def read(self, question: str, texts: Sequence[TextToRead]) -> list[Reading]:
        sure = [np.full(len(text.sentences), 6.0, np.float32) for text in texts]
        return [Reading(6.0, one, one) for one in sure]


def town(collection: str) -> str:
    """What a question may name."""
    return f"Quexby{collection[1:]}"


def secret(collection: str) -> str:
    """A word that stands in titles, issuers and texts of the collection and in nothing else."""
    return f"Vintra{collection[1:]}"


def about(collection: str) -> str:
    """A question that the collection answers."""
    return f"What is the permit fee in {town(collection)}?"


@contextmanager
def assistant_over_collections(home: Path, dictionary: ChineseDictionary) -> Iterator[Assistant]:
    """The product over all of them, with an embedder and a reader that cost nothing."""
    folder = home.parent / "documents"
    folder.mkdir()
    catalogue = []
    for number, collection in enumerate(COLLECTIONS):
        words = {"town": town(collection), "secret": secret(collection), "fee": 1_000 + number}
        other = COLLECTIONS[(number + 1) % 20]
        for name, text in (("rules", _TEXT), ("later", _LATER)):
            file = f"{name}-{collection}.txt"
            (folder / file).write_text(text.format(**words), "utf-8")
            catalogue += [
                "[[document]]",
                f'file = "{file}"',
                f'title = "Permit {name} of {secret(collection)}"',
                f'issuer = "Office of {secret(collection)}"',
                f'collection = "{collection}"',
                f'date = "202{"1" if name == "rules" else "4"}-01-01"',
                # A document of one collection ends one of another, whose readers must not hear of it.
                f'supersedes = ["Order {other}"]' if name == "later" else f'number = "Order {collection}"',
            ]
    (folder / "catalog.toml").write_text("\n".join(catalogue), "utf-8")
    with opened_stores(home, BagOfTermsEmbedder(dimensions=256), dictionary) as opened:
        report = index(opened, folder)
        assert (report.added, report.failed) == (40, ())
        stores = Stores(
            opened.library,
            opened.keyword_index,
            opened.vector_index,
            opened.embedder,
            opened.dictionary,
            Believing(),
        )
        yield assemble(stores, Settings(home), today=lambda: date(2026, 1, 1))
