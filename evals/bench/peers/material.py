"""What every program is given: the same text files, the same questions, the sentence that answers each."""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.bench.made_documents import made_notes, write_documents
from evals.bench.served import SEEDS
from evals.cases.case import SEED_CASES, load_cases

SHIPPED, MADE = "shipped", "made"
_NOTES_OF_A_DOCUMENT = 5
_RUN = 4  # words
_HELD = 0.8  # of a sentence's runs of words: where a chunk ends in its midst, most of it counts as it


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the sentences any of which answers it; English, as MiniLM reads no other language."""

    question: str
    gold: tuple[str, ...]
    kind: str  # "policy": about the shipped document; "made": about one number in many alike


def write_material(folder: Path, documents: int, questions: int) -> tuple[list[Asked], int]:
    """Write the text files into the folders SHIPPED and MADE of a folder.

    Returns the questions, half of each kind where there are so many, and the characters of what is made.
    """
    notes = made_notes(documents * _NOTES_OF_A_DOCUMENT)
    shutil.rmtree(folder / MADE, ignore_errors=True)
    write_documents(folder / MADE, documents, 0, notes)
    for path in (folder / MADE).glob("*.md"):
        path.rename(path.with_suffix(".txt"))
    (folder / SHIPPED).mkdir(parents=True, exist_ok=True)
    for path in SEEDS.glob("*.txt"):
        text = path.read_text(encoding="utf-8-sig")
        (folder / SHIPPED / path.name).write_text(text, encoding="utf-8")
    characters = sum(len(path.read_text(encoding="utf-8")) for path in (folder / MADE).glob("*.txt"))
    cases = [
        Asked(case.question, case.gold, "policy")
        for case in load_cases(SEED_CASES)
        if case.answerable and case.gold and case.language == "en" and not case.conversation
    ]
    of_notes = [Asked(note.question, (note.sentence,), "made") for note in notes]
    half = questions // 2
    chosen = [*cases[:: max(1, len(cases) // half)][:half], *of_notes[:half]]
    return chosen, characters


def holds(passage: str, gold: str) -> bool:
    """Whether a passage holds a sentence, or nearly all of one that it cuts off."""
    runs = _runs(gold)
    return len(runs & _runs(passage)) >= _HELD * len(runs)


def rank_of(gold: Sequence[str], passages: Sequence[str]) -> int | None:
    """The place from 1 of the first passage that holds one of the sentences."""
    places = (place for place, text in enumerate(passages, start=1) if any(holds(text, one) for one in gold))
    return next(places, None)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[first : first + _RUN]) for first in range(max(1, len(words) - _RUN + 1))}
