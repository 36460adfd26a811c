"""Questions of our own on policy texts: what officials, companies and citizens ask.

`policy_questions.jsonl` names each passage by its place in a public data set and holds no word of it:
statutes of zh_trade_laws by file and offsets, rule texts of or_sharc and government pages of mtrag_un by id.
About half of the questions are near misses, which the passage touches and does not answer.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.language import language_of
from knowledge.policy import Language
from knowledge.reading import read_file
from knowledge.sentences import split_sentences

QUESTIONS = Path(__file__).with_name("policy_questions.jsonl")


@dataclass(frozen=True, slots=True)
class PolicyQuestion:
    """A question over one passage, and the character ranges of its text that answer it."""

    key: str  # of the passage
    question: str
    title: str
    text: str
    language: Language  # of the text
    answers: tuple[tuple[int, int], ...]  # whole sentences; empty for a near miss


def policy_questions(public: Path) -> Iterator[PolicyQuestion]:
    """Every question over its passage; raises ValueError naming the line whose passage is not there."""
    texts = _Texts(public)
    for number, line in enumerate(QUESTIONS.read_text("utf-8").splitlines(), start=1):
        row = json.loads(line)
        try:
            title, text = texts.passage(row["key"])
        except (KeyError, OSError) as fault:
            raise ValueError(f"{QUESTIONS.name}, line {number}: {row['key']} is not in {public}") from fault
        language = language_of(text)
        sentences = split_sentences(text, language)
        answers = tuple(sentences[i] for i in row["evidence"])
        yield PolicyQuestion(row["key"], row["question"], title, text, language, answers)


@dataclass(frozen=True)
class _Texts:
    public: Path

    def passage(self, key: str) -> tuple[str, str]:
        """The title and the text of a passage."""
        source, _, place = key.partition(":")
        if source == "zh_trade_laws":
            name, _, offsets = place.rpartition(":")
            start, _, end = offsets.partition("-")
            path = self.public / source / name
            return path.stem, _text(path)[int(start) : int(end)]
        if source == "or_sharc":
            return "", _snippets(self.public / source)[place]
        return _pages(self.public / source)[place]


@cache
def _text(path: Path) -> str:
    return read_file(path).text


@cache
def _snippets(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "id2snippet.json").read_text("utf-8"))
    return found


@cache
def _pages(folder: Path) -> dict[str, tuple[str, str]]:
    lines = (folder / "passages.jsonl").read_text("utf-8").splitlines()
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return {row["id"]: (row.get("title") or "", row["text"]) for row in rows}
