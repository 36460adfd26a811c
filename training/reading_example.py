"""What the reader learns from: a question, a text, and where the text answers."""

from dataclasses import dataclass

from evals.fitting.question_sets import held_out_from_reader
from knowledge.policy import Language


@dataclass(frozen=True, slots=True)
class ReadingExample:
    """A question over one text, and the character ranges of the text that answer it."""

    source: str
    group: str  # examples of one group are held out together
    question: str
    title: str
    text: str
    language: Language
    answers: tuple[tuple[int, int], ...]  # empty when the text does not answer, or where nothing is marked
    answerable: bool
    short: bool = False  # the ranges are short answers, not whole sentences

    @property
    def held_out(self) -> bool:
        """Whether its group is kept away from training."""
        return held_out_from_reader(self.source, self.group)
