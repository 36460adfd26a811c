"""A process that opens one made library, asks it questions and says as JSON what that took.

`python -m evals.bench.growth.measures FOLDER SIZE QUESTIONS`. The questions are those of the seed cases,
their vectors are made before any time is taken, and what is timed is warm: each was asked before.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.assembly import open_assistant
from evals.bench.growth.made_library import settings_of
from evals.cases.case import SEED_CASES, load_cases
from knowledge.embedder import Embedder
from knowledge.policy import Filters
from knowledge.search import Search
from knowledge.translation import translated_terms

_CANDIDATES = 50  # of each ranking, as search asks for
_SHOWN = 10


class KnownQuestions:
    """An embedder that has seen the questions."""

    def __init__(self, embedder: Embedder, questions: Sequence[str]) -> None:
        self.name, self.dimensions = embedder.name, embedder.dimensions
        self.embed_passages = embedder.embed_passages
        self._vectors = {question: embedder.embed_question(question) for question in questions}

    def embed_question(self, text: str) -> NDArray[np.float32]:
        """The question's vector, (d,)."""
        return self._vectors[text]


def seed_questions(count: int) -> list[str]:
    """The first questions of the seed cases that need no conversation, in both languages."""
    cases = [case for case in load_cases(SEED_CASES) if not case.conversation]
    return [case.question for case in cases[:: max(1, len(cases) // count)]][:count]


def main(folder: Path, size: int, count: int) -> None:
    """Print {"opening", "first", "memory", "seconds": {what: [of each question]}}, in s and MB."""
    questions = seed_questions(count)
    started = time.perf_counter()
    with open_assistant(settings_of(folder, size), "bench growth") as assistant:
        opening = time.perf_counter() - started
        assistant.search(questions[0])
        first = time.perf_counter() - started - opening
        search = replace(assistant.search, embedder=KnownQuestions(assistant.search.embedder, questions))
        told = {"opening": opening, "first": first, "seconds": _timed(search, questions), "memory": memory()}
    sys.stdout.write(json.dumps(told) + "\n")


def memory() -> int:
    """MB that this process holds now."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1000


def _timed(search: Search, questions: Sequence[str]) -> dict[str, list[float]]:
    return {what: _each(ask, questions) for what, ask in {**_stores(search), **_searches(search)}.items()}


def _each(ask: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    for question in questions:
        ask(question)
    taken = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        taken.append(time.perf_counter() - started)
    return taken


def _stores(search: Search) -> dict[str, Callable[[str], object]]:
    """Each store asked as search asks it."""
    keywords, vectors, dictionary = search.keyword_index, search.vector_index, search.dictionary

    def by_translation(question: str) -> object:
        terms = translated_terms(question, dictionary, keywords.passages_with)
        return keywords.scored_terms(terms, limit=_CANDIDATES)

    def by_meaning(question: str) -> list[tuple[str, float]]:
        return vectors.scored(search.embedder.embed_question(question), limit=_CANDIDATES)

    known: dict[str, list[str]] = {}

    def passages(question: str) -> object:
        if question not in known:
            known[question] = [id_ for id_, _score in by_meaning(question)[:_SHOWN]]
        return search.library.passages(known[question])

    return {
        "keywords": lambda question: keywords.scored(question, limit=_CANDIDATES),
        "translated keywords": by_translation,
        "meaning": by_meaning,
        "library, ten passages": passages,
    }


def _searches(search: Search) -> dict[str, Callable[[str], object]]:
    """Whole searches: as people ask, and with each kind of restriction."""
    some = next(iter(search.in_force.entries()))
    restricted = {
        "search": (search, Filters()),
        "search, also what is not in force": (search, Filters(include_superseded=True)),
        "search, as of a day": (search, Filters(as_of="2010-06-01")),
        "search, one document": (search, Filters(document_ids=(some,))),
        "search, one issuer of twenty": (search, Filters(issuers=("Office 3",))),
        "search, one language": (search, Filters(languages=("en",))),
        "search, since a date": (search, Filters(date_from="2008-01-01")),
        "search, a tenth may be read": (search.for_collections(frozenset({"tenth"})), Filters()),
        "search, a hundredth may be read": (search.for_collections(frozenset({"hundredth"})), Filters()),
    }

    def asking(searching: Search, filters: Filters) -> Callable[[str], object]:
        return lambda question: searching(question, limit=_SHOWN, filters=filters)

    return {what: asking(*how) for what, how in restricted.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
