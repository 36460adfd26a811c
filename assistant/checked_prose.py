"""A model's draft, checked before it is shown: what fails is repaired once, else quoted, else dropped.

If nothing of it can be shown, or the model fails, the answer is the quotes themselves, labelled so.
"""

import logging
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Outcome, Sentence, Verdict, Wording, Written
from assistant.checking import Checker
from assistant.drafting import Drafted, Drafting
from assistant.drafts.draft_prompt import Task, task_within
from assistant.drafts.replacing_quotes import Marks, quote_in_place_of
from assistant.errors import ModelFault
from assistant.language_model import Deadline
from knowledge.embedder import Embedder
from knowledge.policy import Language, RetrievedPassage

log = logging.getLogger(__name__)

_LEAST_TIME = 0.5  # seconds that must be left for a repair to be asked for


@dataclass(frozen=True, slots=True)
class CheckedProse:
    """Words an answer with a language model; quotes say that there is one, and stand in for what fails."""

    drafting: Drafting
    checker: Checker
    embedder: Embedder
    tokens: int  # of a prompt at most
    seconds: float  # for everything that one question asks of the model

    def __call__(
        self,
        question: str,
        language: Language,
        retrieved: Sequence[RetrievedPassage],
        quotes: tuple[Sentence, ...],
    ) -> Generator[Sentence, None, Written]:
        """Yields sentences that passed the check as they arrive; what it returns is the answer that counts.

        That repeats what was yielded, unless the draft broke off: then it is the quotes, in place of that.
        """
        deadline = Deadline(self.seconds)
        try:
            task = task_within(self.tokens, question, language, retrieved, quotes)
            return (yield from self._checked_draft(task, quotes, deadline))
        except ModelFault as fault:
            log.warning("%s", fault)
            wording = Wording.DRAFT_NOT_USED if fault.wrote else Wording.QUOTED
            outcome = Outcome.ANSWERED if fault.wrote else Outcome.MODEL_UNAVAILABLE
            return Written(quotes, wording, outcome, fault=fault.reason)

    def _checked_draft(
        self, task: Task, quotes: tuple[Sentence, ...], deadline: Deadline
    ) -> Generator[Sentence, None, Written]:
        marks, shown = Marks(), list[Sentence]()
        waiting: list[Sentence] = []  # from the first failure on, so that a repair keeps its place
        unknown_marks = 0
        for drafted in self.drafting.draft(task, deadline.left):
            unknown_marks += drafted.unknown_marks
            sentence = self._checked(drafted)
            if waiting or not _passed(sentence):
                waiting.append(sentence)
            else:
                shown.append(marks.numbered(sentence))
                yield shown[-1]
        written = len(shown) + len(waiting)
        for sentence in self._mended(waiting, shown, task, quotes, deadline):
            shown.append(marks.numbered(sentence))
            yield shown[-1]
        if not shown:
            return Written(quotes, Wording.DRAFT_NOT_USED, withheld=written, unknown_marks=unknown_marks)
        worded = any(sentence.verdict is not Verdict.QUOTED for sentence in shown)
        return Written(
            tuple(shown),
            Wording.DRAFTED if worded else Wording.QUOTED,
            withheld=written - len(shown),
            unknown_marks=unknown_marks,
        )

    def _mended(
        self,
        waiting: Sequence[Sentence],
        shown: Sequence[Sentence],
        task: Task,
        quotes: tuple[Sentence, ...],
        deadline: Deadline,
    ) -> list[Sentence]:
        """The waiting sentences that may be shown: as they are, written again, or quotes in their place.

        None where no word of the model's stands: quotes alone are better chosen without it.
        """
        failed = [place for place, sentence in enumerate(waiting) if not _passed(sentence)]
        again = self._repaired(task, [waiting[place] for place in failed], deadline) if failed else {}
        own = list(waiting)
        for number, sentence in again.items():
            own[failed[number]] = sentence
        standing = [*shown, *filter(_passed, own)]
        if not standing:
            return []
        mended = []
        for sentence in own:
            quote = (
                None if _passed(sentence) else quote_in_place_of(sentence, quotes, standing, self.embedder)
            )
            if quote is not None:
                standing.append(quote)
            if quote is not None or _passed(sentence):
                mended.append(quote or sentence)
        return mended

    def _repaired(self, task: Task, failed: Sequence[Sentence], deadline: Deadline) -> dict[int, Sentence]:
        """Those of the failed sentences that pass once they are written again, by their place."""
        if deadline.left < _LEAST_TIME:
            return {}
        try:
            again = self.drafting.repair(task, failed, deadline.left)
        except ModelFault as fault:  # the draft itself is whole, so its good sentences stand
            log.warning("%s", fault)
            return {}
        judged = {place: self._checked(drafted) for place, drafted in again.items()}
        return {place: sentence for place, sentence in judged.items() if _passed(sentence)}

    def _checked(self, drafted: Drafted) -> Sentence:
        if drafted.unfit:
            return replace(drafted.sentence, verdict=Verdict.UNSUPPORTED)
        return self.checker(drafted.sentence)


def _passed(sentence: Sentence) -> bool:
    return sentence.verdict is not Verdict.UNSUPPORTED
