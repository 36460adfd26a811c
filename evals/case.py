"""The type of an eval case, and its file: one JSON object a line, every key checked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

from assistant.answer import Conversation, Outcome, Turn
from knowledge.policy import Language

Split = Literal["tuning", "held_out"]
Role = Literal["user", "assistant"]

REQUIRED = frozenset({"id", "question", "documents", "gold", "outcome", "language", "topic", "split"})
OPTIONAL = frozenset({"conversation", "also_fine", "tags"})
EXPECTED_OUTCOMES = (Outcome.ANSWERED, Outcome.NOT_IN_DOCUMENTS)


class CaseError(Exception):
    """A case file that cannot be used; the message names the file, the line, the field and the remedy."""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with the sentences that answer it; no gold sentence means that nothing does."""

    id: str
    question: str
    conversation: Conversation  # the turns before the question
    documents: tuple[str, ...]  # file names that the gold sentences stand in
    gold: tuple[str, ...]  # verbatim: the smallest set a careful official would quote
    also_fine: tuple[str, ...]  # verbatim: fair context, neither asked for nor counted as stray
    outcome: Outcome  # ANSWERED or NOT_IN_DOCUMENTS
    language: Language
    topic: str
    tags: tuple[str, ...]
    split: Split  # "held_out" cases set nothing: no threshold, no prompt, no weight

    @property
    def answerable(self) -> bool:
        """Whether the documents answer the question."""
        return self.outcome is Outcome.ANSWERED


def load_cases(path: Path) -> list[Case]:
    """Read every case of a JSONL file, in file order; raise CaseError at the first line that is not one."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(
            f"{path} cannot be read as UTF-8 text ({error}); name a JSONL file of cases."
        ) from error
    cases: dict[str, Case] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        case = _Line(where, _as_object(line, where)).case()
        if case.id in cases:
            raise CaseError(f"{where}: field 'id' repeats {case.id!r}; give each case an id of its own.")
        cases[case.id] = case
    if not cases:
        raise CaseError(f"{path} holds no case; write one JSON object a line.")
    return list(cases.values())


def check_cases(cases: Sequence[Case], texts: Mapping[str, str]) -> None:
    """Raise CaseError unless every gold and also_fine sentence stands verbatim in a named document.

    `texts` maps file names to stored texts.
    """
    for case in cases:
        absent = [name for name in case.documents if name not in texts]
        if absent:
            raise CaseError(
                f"case {case.id}: field 'documents' names {absent[0]!r}, which was not given; index it."
            )
        for field, sentences in (("gold", case.gold), ("also_fine", case.also_fine)):
            for sentence in sentences:
                if not any(sentence in texts[name] for name in case.documents):
                    raise CaseError(
                        f"case {case.id}: field {field!r} has a sentence that is in none of its documents; "
                        f"copy it from the text character by character: {sentence!r}"
                    )


def _as_object(line: str, where: str) -> dict[str, object]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise CaseError(f"{where}: not JSON ({error}); write one JSON object on the line.") from error
    if not isinstance(record, dict):
        raise CaseError(
            f"{where}: a {type(record).__name__} instead of a case; write one JSON object on the line."
        )
    unknown, missing = sorted(set(record) - REQUIRED - OPTIONAL), sorted(REQUIRED - set(record))
    if unknown:
        raise CaseError(f"{where}: field {unknown[0]!r} is unknown; remove it or correct its spelling.")
    if missing:
        raise CaseError(f"{where}: field {missing[0]!r} is missing; add it.")
    return record


@dataclass(frozen=True, slots=True)
class _Line:
    """One parsed line, read field by field so that an error can name the field."""

    where: str
    record: dict[str, object]

    def case(self) -> Case:
        outcome = Outcome(self._one_of("outcome", EXPECTED_OUTCOMES))
        gold, also_fine = self._texts("gold"), self._texts("also_fine")
        if (outcome is Outcome.ANSWERED) != bool(gold):
            raise self._wrong("gold", "hold a sentence when the outcome is 'answered', and none otherwise")
        if set(gold) & set(also_fine):
            raise self._wrong("also_fine", "not repeat a gold sentence")
        documents = self._texts("documents")
        if not documents:
            raise self._wrong("documents", "name at least one document")
        return Case(
            id=self._text("id"),
            question=self._text("question"),
            conversation=self._conversation(),
            documents=documents,
            gold=gold,
            also_fine=also_fine,
            outcome=outcome,
            language=cast(Language, self._one_of("language", get_args(Language))),
            topic=self._text("topic"),
            tags=self._texts("tags"),
            split=cast(Split, self._one_of("split", get_args(Split))),
        )

    def _wrong(self, field: str, rule: str) -> CaseError:
        return CaseError(f"{self.where}: field {field!r} must {rule}; correct the line.")

    def _text(self, field: str) -> str:
        value = self.record[field]
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(field, "be a text that is not empty")
        return value

    def _texts(self, field: str) -> tuple[str, ...]:
        values = self.record.get(field, [])
        if not isinstance(values, list) or not all(
            isinstance(value, str) and value.strip() for value in values
        ):
            raise self._wrong(field, "be a list of texts, none of them empty")
        if len(set(values)) != len(values):
            raise self._wrong(field, "not hold the same text twice")
        return tuple(values)

    def _one_of(self, field: str, allowed: Sequence[str]) -> str:
        value = self._text(field)
        if value not in allowed:
            raise self._wrong(field, "be one of " + ", ".join(repr(str(name)) for name in allowed))
        return value

    def _conversation(self) -> Conversation:
        turns = self.record.get("conversation", [])
        if not isinstance(turns, list):
            raise self._wrong("conversation", "be a list of turns")
        return tuple(self._turn(turn) for turn in turns)

    def _turn(self, turn: object) -> Turn:
        if not isinstance(turn, dict) or set(turn) != {"role", "text"}:
            raise self._wrong(
                "conversation", "be a list of turns, each with 'role' and 'text' and nothing else"
            )
        role, text = turn["role"], turn["text"]
        if role not in get_args(Role) or not isinstance(text, str) or not text.strip():
            raise self._wrong("conversation", "have turns of role 'user' or 'assistant' with a text")
        return Turn(role=cast(Role, role), text=text)
