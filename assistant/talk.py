"""What answering needs to know of talking: follow-ups, what to ask back, and where documents disagree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Citation, Conversation, Disagreement, Sentence
from assistant.clarification import Clarify, Clarifying
from assistant.disagreement import Disagreements
from assistant.question import restate
from assistant.restating import Restater
from knowledge.dictionary import ChineseDictionary
from knowledge.policy import RetrievedPassage


def _nothing_to_ask(_question: str, _said: Conversation, _sentences: Sequence[Sentence]) -> Citation | None:
    return None


def _one_side(
    _question: str, sentences: Sequence[Sentence], _found: Sequence[RetrievedPassage]
) -> tuple[Sentence, ...]:
    return tuple(sentences)


def _no_notes(_question: str, _sentences: Sequence[Sentence]) -> tuple[Disagreement, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Talk:
    """The steps around an answer's sentences; by default follow-ups are restated by rules and that is all."""

    restate: Restater = restate
    clarify: Clarify = _nothing_to_ask
    with_other_side: Callable[[str, Sequence[Sentence], Sequence[RetrievedPassage]], tuple[Sentence, ...]] = (
        _one_side
    )
    notes: Callable[[str, Sequence[Sentence]], tuple[Disagreement, ...]] = _no_notes


def talk_with(dictionary: ChineseDictionary, restater: Restater = restate) -> Talk:
    """All of it; `restater` is that of a model, where there is one."""
    disagreements = Disagreements(dictionary)
    return Talk(restater, Clarifying(dictionary), disagreements.with_other_side, disagreements.notes)
