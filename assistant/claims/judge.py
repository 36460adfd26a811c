"""A second opinion on a written sentence, from a model that is asked for nothing else."""

import logging
from collections.abc import Callable, Sequence
from typing import Protocol

from assistant.errors import ModelFault
from assistant.language_model import LanguageModel
from knowledge.language import language_of
from prompts import fill

log = logging.getLogger(__name__)

_YES, _NO = ("yes", "是"), ("no", "否")


class Judge(Protocol):
    """Says whether quotes support a sentence. It is asked only of what no hard rule refuses."""

    def __call__(self, sentence: str, quotes: Sequence[str]) -> bool | None:
        """True or False; None where there is no opinion, so that the score alone decides."""
        ...


class PromptedJudge:
    """A judge that asks a language model by the prompt `judge` and takes only a clear yes or no.

    `ask` sends one prompt and returns the model's words; errors that it raises are its own.
    """

    def __init__(self, ask: Callable[[str], str]) -> None:
        self._ask = ask

    def __call__(self, sentence: str, quotes: Sequence[str]) -> bool | None:
        """What the model says first; None when that is neither yes nor no."""
        prompt = fill(f"judge.{language_of(sentence)}", sentence=sentence, quotes="\n\n".join(quotes))
        said = self._ask(prompt).strip().lstrip("*_\"'“「[( ").lower()
        if said.startswith(_YES):
            return True
        return False if said.startswith(_NO) else None


def judge_of(model: LanguageModel, seconds: float) -> PromptedJudge:
    """A judge that asks this model and waits for it so long; one that fails has no opinion."""

    def ask(prompt: str) -> str:
        try:
            return "".join(model.stream("", prompt, seconds=seconds))
        except ModelFault as fault:
            log.warning("The second opinion failed: %s", fault)
            return ""

    return PromptedJudge(ask)
