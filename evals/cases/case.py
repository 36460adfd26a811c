"""The type of an eval case, and its file: one JSON object a line, every key checked."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from assistant.answer import Conversation, Outcome
from evals.cases.fields import EXPECT_GOLD, EXPECTED_OUTCOMES, Split, Unfit, read_field
from knowledge.policy import Document, Language

__all__ = ["EXPECTED_OUTCOMES", "SEED_CASES", "Case", "CaseError", "Split", "check_cases", "load_cases"]

SEED_CASES = Path(__file__).resolve().parent / "seed.jsonl"


class CaseError(Exception):
    """A case file that cannot be used; the message names the file, the line, the field and the remedy."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with the sentences that answer it; neither gold nor a clause means that nothing does."""

    id: str
    question: str
    conversation: Conversation  # the turns before the question
    documents: tuple[str, ...]  # file names that the gold sentences stand in
    gold: tuple[str, ...]  # verbatim: the smallest set a careful official would quote
    also_fine: tuple[str, ...]  # verbatim: fair context, neither asked for nor counted as stray
    outcome: Outcome  # one of EXPECTED_OUTCOMES
    language: Language
    topic: str
    tags: tuple[str, ...]
    split: Split  # "held_out" cases set nothing: no threshold, no prompt, no weight
    as_of: str | None = None  # ISO 8601 day on which the question is asked; None for today
    facts: tuple[tuple[str, ...], ...] = ()  # each in the answer, in any of its accepted spellings
    gold_clauses: tuple[str, ...] = ()  # "Article 5.3", "第二十四条": any of them is the place of the answer

    @property
    def answerable(self) -> bool:
        """Whether the documents answer the question, at least in part."""
        return self.outcome in EXPECT_GOLD


OPTIONAL = frozenset(
    {"conversation", "also_fine", "tags", *(f.name for f in fields(Case) if f.default is not MISSING)}
)
REQUIRED = frozenset(field.name for field in fields(Case)) - OPTIONAL
_LEFT_OUT = {"as_of": None}  # what stands for an optional field that is not there; of the others it is []


class Problem(NamedTuple):
    """One thing that is wrong with a case file, and what to do about it."""

    file: Path
    line: int | None  # 1-based; None for the file as a whole
    field: str | None
    told: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}: " if self.line else f"{self.file} "
        return place + (f"field {self.field!r} " if self.field else "") + self.told


class NumberedCase(NamedTuple):
    """A case with the line of its file on which it stands, 1-based."""

    line: int
    case: Case


def load_cases(path: Path) -> list[Case]:
    """Read every case of a JSONL file, in file order; raise CaseError at the first thing that is wrong."""
    cases, problems = read_cases(path)
    if problems:
        raise CaseError(str(problems[0]))
    return [case for _line, case in cases]


def read_cases(path: Path) -> tuple[list[NumberedCase], list[Problem]]:
    """Every case that can be read from a JSONL file, and everything that is wrong with it, by line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        told = f"cannot be read as UTF-8 text ({error}); name a JSONL file of cases."
        return [], [Problem(path, None, None, told)]
    cases: list[NumberedCase] = []
    problems: list[Problem] = []
    ids: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        read = case_of(line)
        if not isinstance(read, Case):
            problems += (Problem(path, number, field, told) for field, told in read)
        elif read.id in ids:
            problems.append(
                Problem(path, number, "id", f"repeats {read.id!r}; give each case an id of its own.")
            )
        else:
            ids.add(read.id)
            cases.append(NumberedCase(number, read))
    if not cases and not problems:
        problems.append(Problem(path, None, None, "holds no case; write one JSON object a line."))
    return cases, problems


def texts_by_name(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    """The stored texts by file name; documents of one name in different folders stand together."""
    texts: dict[str, tuple[str, ...]] = {}
    for document in documents:
        name = Path(document.path).name
        texts[name] = (*texts.get(name, ()), document.text)
    return texts


def check_cases(cases: Sequence[Case], texts: Mapping[str, tuple[str, ...]]) -> None:
    """Raise CaseError unless every gold and also_fine sentence stands verbatim in a named document.

    `texts` maps file names to the stored texts of the documents of that name.
    """
    for case in cases:
        for absent in (name for name in case.documents if name not in texts):
            raise CaseError(
                f"case {case.id}: field 'documents' names {absent!r}, which was not given; index it."
            )
        for field, sentence in stale_sentences(case, texts):
            raise CaseError(
                f"case {case.id}: field {field!r} has a sentence that is in none of its documents; "
                f"copy it from the text character by character: {sentence!r}"
            )


def stale_sentences(case: Case, texts: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """(field, sentence) for each gold or also_fine sentence that stands in none of the case's documents."""
    held = [text for name in case.documents for text in texts.get(name, ())]
    for field, sentences in (("gold", case.gold), ("also_fine", case.also_fine)):
        for sentence in sentences:
            if not any(sentence in text for text in held):
                yield field, sentence


def case_of(line: str) -> Case | list[tuple[str | None, str]]:
    """The case of one line, or (field, what is wrong and what to do) for everything wrong with it."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        return [(None, f"not JSON ({error}); write one JSON object on the line.")]
    if not isinstance(record, dict):
        return [(None, f"a {type(record).__name__} instead of a case; write one JSON object on the line.")]
    problems: list[tuple[str | None, str]] = [
        (name, "is unknown; remove it or correct its spelling.")
        for name in sorted(set(record) - REQUIRED - OPTIONAL)
    ]
    values: dict[str, Any] = {}
    for name in (field.name for field in fields(Case)):
        if name not in record and name in REQUIRED:
            problems.append((name, "is missing; add it."))
            continue
        try:
            values[name] = read_field(name, record.get(name, _LEFT_OUT.get(name, [])))
        except Unfit as unfit:
            problems.append((name, f"must {unfit}; correct the line."))
    if problems:
        return problems
    case = Case(**values)
    return [(name, f"must {rule}; correct the line.") for name, rule in _broken_rules(case)] or case


def line_of(case: Case) -> str:
    """The case as a line of a file; optional fields that hold nothing are left out."""
    values = {field.name: getattr(case, field.name) for field in fields(Case)}
    values["conversation"] = [{"role": turn.role, "text": turn.text} for turn in case.conversation]
    kept = {name: value for name, value in values.items() if value or name in REQUIRED}
    return json.dumps(kept, ensure_ascii=False)


def _broken_rules(case: Case) -> Iterator[tuple[str, str]]:
    if case.answerable != bool(case.gold or case.gold_clauses):
        yield "gold", "hold a sentence when the outcome is 'answered', and none otherwise"
    if set(case.gold) & set(case.also_fine):
        yield "also_fine", "not repeat a gold sentence"
    if case.facts and not case.answerable:
        yield "facts", "be empty when nothing answers the question"
    if not case.documents:
        yield "documents", "name at least one document"
