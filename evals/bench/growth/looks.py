"""A process that looks at the whole of one made library and says as JSON what it found and what that took.

`python -m evals.bench.growth.looks FOLDER SIZE QUESTIONS`: how many of the ten nearest passages the graph of
vectors finds, against comparing every vector; a second look at unchanged files; one new document; disk.
"""

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from assistant.assembly import assemble, open_stores
from evals.bench.growth.made_library import home_of, paths_of, settings_of
from evals.bench.growth.measures import KnownQuestions, seed_questions
from evals.bench.growth.sampled_vectors import SampledVectors
from knowledge.indexing import Stores, index_paths, take_out

_NEAREST = 10
_TOGETHER = 500  # documents whose vectors are compared at once
_NEW = "# A new measure\n\nArticle 1\n\nWhoever opens a new line of service reports it within {} days.\n"


def main(folder: Path, size: int, count: int) -> None:
    """Print {"passages", "recall", "again", "one more", "after a change", "disk": {store: MB}}, in s."""
    settings = settings_of(folder, size)
    with open_stores(settings, "bench growth") as opened:
        vectors = SampledVectors(opened.embedder, folder / "vectors.npz")
        stores = replace(opened, embedder=vectors)
        index_paths(paths_of(folder, size), stores, lambda _done, _total: None)  # reads what was just written
        started = time.perf_counter()
        index_paths(paths_of(folder, size), stores, lambda _done, _total: None)
        again = time.perf_counter() - started
        search = assemble(opened, settings).search
        questions = seed_questions(count)
        search(questions[0])
        one_more, after = [], []
        for number in (30, 60, 90):
            one_more.append(_one_more(folder / "new.md", number, replace(stores, embedder=opened.embedder)))
            started = time.perf_counter()
            search(questions[0])
            after.append(time.perf_counter() - started)
        take_out([str((folder / "new.md").resolve())], stores)
        told = {
            "passages": stores.library.passage_count(),
            "recall": _recall(stores, questions),
            "again": again,
            "one more": sorted(one_more)[1],
            "after a change": sorted(after)[1],
            "disk": _disk(home_of(folder, size)),
        }
    sys.stdout.write(json.dumps(told) + "\n")


def _one_more(file: Path, number: int, stores: Stores) -> float:
    """Seconds to index one new document of one passage."""
    file.write_text(_NEW.format(number), encoding="utf-8")
    started = time.perf_counter()
    index_paths([file], stores, lambda _done, _total: None)
    return time.perf_counter() - started


def _recall(stores: Stores, questions: Sequence[str]) -> float:
    known = KnownQuestions(stores.embedder, questions)
    vectors = {question: known.embed_question(question) for question in questions}
    ids = [entry.id for entry in stores.library.entries()]
    nearest: dict[str, list[tuple[str, float]]] = {question: [] for question in questions}
    for first in range(0, len(ids), _TOGETHER):
        some = ids[first : first + _TOGETHER]
        for question, vector in vectors.items():
            found = stores.vector_index.scored(vector, limit=_NEAREST, document_ids=some)
            best = sorted((*nearest[question], *found), key=lambda pair: (-pair[1], pair[0]))
            nearest[question] = best[:_NEAREST]
    reached = 0
    for question, vector in vectors.items():
        found = stores.vector_index.scored(vector, limit=50)[:_NEAREST]
        reached += len({id_ for id_, _cosine in found} & {id_ for id_, _cosine in nearest[question]})
    return reached / sum(map(len, nearest.values()))


def _disk(home: Path) -> dict[str, int]:
    """MB of each store."""
    places = {
        "library": list(home.glob("library.sqlite*")),
        "keyword index": list((home / "keyword").rglob("*")),
        "vectors, Chroma's database": list((home / "vectors").glob("chroma.sqlite3*")),
        "vectors, graph": list((home / "vectors").glob("*/*")),
    }
    return {
        name: sum(file.stat().st_size for file in files if file.is_file()) // 1_000_000
        for name, files in places.items()
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
