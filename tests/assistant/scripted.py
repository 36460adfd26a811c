"""A search and a writer that return what they are given and remember what they were asked."""

from dataclasses import dataclass, field

from assistant.answer import Draft, Sentence
from knowledge.policy import RetrievedPassage


@dataclass
class ScriptedSearch:
    """Finds the same passages for every question."""

    found: list[RetrievedPassage]
    asked: list[str] = field(default_factory=list)

    def __call__(self, question: str) -> list[RetrievedPassage]:
        self.asked.append(question)
        return self.found


@dataclass
class ScriptedWriter:
    """Drafts the same sentences for every question."""

    sentences: tuple[Sentence, ...]
    confidence: float = 0.9
    asked: list[tuple[str, list[RetrievedPassage]]] = field(default_factory=list)

    def __call__(self, question: str, retrieved: list[RetrievedPassage]) -> Draft:
        self.asked.append((question, retrieved))
        return Draft(self.sentences, self.confidence)
