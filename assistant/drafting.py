"""A language model's draft: sentences with citations that point into the passages, not yet checked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.answer import Sentence, Verdict
from assistant.drafts.draft_citations import Evidence
from assistant.drafts.draft_prompt import MOST_SENTENCES, Task
from assistant.drafts.draft_text import WrittenSentence, sentences_in, written_sentence
from assistant.drafts.plain_writing import why_not_shown
from assistant.language_model import LanguageModel

_LABELLED = re.compile(r"^\W{0,3}S(\d{1,2})\W{0,3}[:：]\s*(.*)$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Drafted:
    """One sentence of a draft: as it may be checked, and what is wrong with it before any check."""

    sentence: Sentence  # its citations are not numbered yet
    unfit: bool  # it may not be shown, whatever a checker says; `sentence.reason` says why
    unknown_marks: int = 0


@dataclass(frozen=True, slots=True)
class Drafting:
    """Asks a model for sentences and ties them to the passages they name."""

    model: LanguageModel
    evidence: Evidence

    def draft(self, task: Task, seconds: float) -> Iterator[Drafted]:
        """The draft sentence by sentence as it arrives, each once; raises ModelFault, also half-way."""
        pieces = self.model.stream(task.system, task.to_draft, seconds=seconds)
        told: set[str] = set()
        written = (one for one in sentences_in(pieces, task.language) if one.says_something)
        for sentence in islice(written, MOST_SENTENCES):
            if sentence.text not in told:
                told.add(sentence.text)
                yield self._tied(sentence, task)

    def repair(self, task: Task, failed: Sequence[Sentence], seconds: float) -> dict[int, Drafted]:
        """The failed sentences as the model writes them again, by their place; those it gives up are missing.

        Raises ModelFault.
        """
        text = "".join(self.model.stream(task.system, task.to_repair(failed), seconds=seconds))
        again: dict[int, Drafted] = {}
        for label, line in _LABELLED.findall(text):
            place, sentence = int(label) - 1, written_sentence(line)
            if 0 <= place < len(failed) and place not in again and sentence.says_something:
                again[place] = self._tied(sentence, task)
        return again

    def _tied(self, written: WrittenSentence, task: Task) -> Drafted:
        """The sentence with the passages' own sentences that it cites; UNSUPPORTED until it is checked."""
        cited = [passage for mark in written.marks if (passage := task.named(mark)) is not None]
        unknown = len(written.marks) - len(cited)
        if unknown or not cited:
            reason = "it names a passage that is not given" if unknown else "it names no passage"
            return Drafted(Sentence(written.text, (), Verdict.UNSUPPORTED, reason), True, unknown)
        citations = self.evidence.citations(written.text, cited)
        if len(citations) == 1 and _same_words(citations[0].quote, written.text):
            return Drafted(Sentence(citations[0].quote, citations, Verdict.UNSUPPORTED), False)
        reason = why_not_shown(written.text, task.language, cited)
        if not reason and not citations:
            reason = "nothing in the passages that it names speaks of it"
        return Drafted(Sentence(written.text, citations, Verdict.UNSUPPORTED, reason), bool(reason))


def _same_words(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())
