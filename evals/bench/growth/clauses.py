"""The clauses that large libraries are made of: stretches of the shipped text, clauses of public documents.

The public ones are the trade agreements of tota and the laws of zh_trade_laws, where
POLICY_ASSISTANT_PUBLIC_DATA names the folder they lie in; nothing of them is kept beside the made documents.
"""

import os
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from evals.bench.served import SEEDS
from knowledge.files.document_reading import Unread, read_documents
from knowledge.files.file_finding import find_files
from knowledge.language import language_of
from knowledge.passage_cutting import PASSAGE_TOKENS, cut_passages
from knowledge.policy import Language
from knowledge.sectioning import split_sections
from knowledge.token_count import count_tokens

OF_A_DOCUMENT = 40  # clauses; a made document is in one language
_PUBLIC_SETS = ("tota", "zh_trade_laws")
_FEWEST_TOKENS, _MOST_TOKENS = 20, PASSAGE_TOKENS // 2 - 10  # two with other numbers are one passage still
_STRETCH_WORDS = 70
_STRETCHES = 2_000  # of the shipped text, which starts at a new word so often
# What would make a made document's article two: its own number stays out.
_OWN_LABEL = re.compile(r"^(?:第[一二三四五六七八九十百千零〇]+[条章节编]|Article\s+\S+|\(\w+\)|\d+\.?)\s*")


@dataclass(frozen=True, slots=True)
class Clause:
    """One paragraph of a document, on one line."""

    text: str
    language: Language


def known_clauses(count: int) -> list[Clause]:
    """Up to `count` different clauses, in an order that mixes them and is the same every time.

    Each run of OF_A_DOCUMENT, from the first on, is in one language.
    """
    unique = {clause.text: clause for clause in (*_shipped(), *_public())}
    draw = random.Random(0)  # noqa: S311 (the same order every time)
    runs = []
    for language in get_args(Language):
        own = [unique[text] for text in sorted(unique) if unique[text].language == language]
        draw.shuffle(own)
        whole = len(own) // OF_A_DOCUMENT * OF_A_DOCUMENT
        runs += [own[first : first + OF_A_DOCUMENT] for first in range(0, whole, OF_A_DOCUMENT)]
    draw.shuffle(runs)
    return [clause for run in runs for clause in run][:count]


def _shipped() -> Iterator[Clause]:
    words = " ".join(path.read_text(encoding="utf-8-sig") for path in sorted(SEEDS.glob("*.txt"))).split()
    firsts = range(max(0, len(words) - _STRETCH_WORDS))[:_STRETCHES]
    return _fit(" ".join(words[first : first + _STRETCH_WORDS]) for first in firsts)


def _public() -> Iterator[Clause]:
    named = os.environ.get("POLICY_ASSISTANT_PUBLIC_DATA")
    folders = [Path(named, name) for name in _PUBLIC_SETS] if named else []
    files = find_files([folder for folder in folders if folder.is_dir()]).files if folders else ()
    documents = read_documents(files, Unread())
    sections = (section for document in documents for section in split_sections(document))
    return _fit(
        line
        for section in sections
        for passage in cut_passages(section)
        for line in passage.text.splitlines()
    )


def _fit(texts: Iterable[str]) -> Iterator[Clause]:
    for text in texts:
        line = _OWN_LABEL.sub("", " ".join(text.replace("#", " ").split()))
        if _FEWEST_TOKENS <= count_tokens(line) <= _MOST_TOKENS:
            yield Clause(line, language_of(line))
