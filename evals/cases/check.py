"""Everything that is wrong with a case file, gold text that the documents no longer hold included."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from rapidfuzz import fuzz, process

from evals.cases.case import Case, Problem, read_cases, stale_sentences, texts_by_name
from evals.measures.gold_clauses import stands_in_a_gold_clause
from knowledge.policy import Document, Passage, Section
from knowledge.sentences import split_sentences

SectionsOf = Callable[[str], Sequence[Section]]  # by document id


def file_problems(
    path: Path, documents: Sequence[Document], sections: SectionsOf, ended: Mapping[str, str] | None = None
) -> tuple[int, list[Problem]]:
    """How many cases of the file can be read, and every problem with it, by line.

    `documents` are those of the library; without any, gold is not compared with anything. `ended` says by id
    what is not in force and why ("superseded"): search passes it over.
    """
    numbered, problems = read_cases(path)
    check = GoldCheck(documents, sections, ended or {})
    if documents:
        problems += (
            Problem(path, line, field, told) for line, case in numbered for field, told in check(case)
        )
    return len(numbered), sorted(problems, key=lambda problem: problem.line or 0)


class GoldCheck:
    """Compares the gold of cases with the documents of a library."""

    def __init__(
        self,
        documents: Sequence[Document],
        sections: SectionsOf,
        ended: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._ended = ended
        self._texts = texts_by_name(documents)
        self._by_name: dict[str, list[Document]] = {}
        for document in documents:
            self._by_name.setdefault(Path(document.path).name, []).append(document)
        self._sections = cache(sections)
        self._sentences = cache(_sentences)

    def __call__(self, case: Case) -> list[tuple[str, str]]:
        """(field, what is wrong and what to do) for each thing in the case that the documents do not hold."""
        absent = [name for name in case.documents if name not in self._by_name]
        if absent:
            told = f"names {absent[0]!r}, which is not in the library; index it."
            return [("documents", told)]
        documents = [document for name in case.documents for document in self._by_name[name]]
        stale = [
            (field, self._stale(sentence, documents))
            for field, sentence in stale_sentences(case, self._texts)
        ]
        stale += self._in_what_ended(case, documents)
        return stale + [
            ("gold_clauses", f"names {clause!r}, which heads nothing there; correct it.")
            for clause in case.gold_clauses
            if not self._is_headed(replace(case, gold_clauses=(clause,)), documents)
        ]

    def _in_what_ended(self, case: Case, documents: Sequence[Document]) -> list[tuple[str, str]]:
        told = []
        for sentence in case.gold:
            holding = [document for document in documents if sentence in document.text]
            if holding and all(document.id in self._ended for document in holding):
                name, why = Path(holding[0].path).name, self._ended[holding[0].id]
                words = f"stands only in {name}, which is {why}: {sentence!r}. Correct or remove the case."
                told.append(("gold", words))
        return told

    def _is_headed(self, case: Case, documents: Sequence[Document]) -> bool:
        sections = (section for document in documents for section in self._sections(document.id))
        return any(
            stands_in_a_gold_clause(case, Passage("", section, section.start, section.end))
            for section in sections
        )

    def _stale(self, sentence: str, documents: Sequence[Document]) -> str:
        told = f"is stale: none of its documents holds {sentence!r}."
        present = [one for document in documents for one in self._sentences(document)]
        if not present:
            return f"{told} Correct or remove the case."
        nearest, alike, _place = process.extractOne(sentence, present, scorer=fuzz.ratio)
        return f"{told} The nearest there ({alike:.0f} % alike) is {nearest!r}; copy it if it answers."


def _sentences(document: Document) -> tuple[str, ...]:
    return tuple(document.text[start:end] for start, end in split_sentences(document.text, document.language))
