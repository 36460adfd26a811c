"""A follow-up restated by a language model, whose words are used only when they add nothing.

What it writes is taken when it is one question that holds no number and no name which the conversation does
not hold; otherwise, and when the model fails, the question is restated by rules.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import prompts
from assistant.answer import Conversation
from assistant.claims.claim_names import names_of
from assistant.claims.quantities import quantities
from assistant.errors import AssistantError
from assistant.language_model import LanguageModel
from assistant.question import leans_on_context, restate
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.terms import content_terms, terms

LONGEST_RESTATED = 300  # characters
_READ_TURNS = 6  # the last ones; each at most so long
_READ_CHARACTERS = 600
_MOST_NEW_WORDS = 0.34  # of its words; "in force", "the rules on"
_ENDS = re.compile(r"[.!?。！？]+(?=\s|$|[\u4e00-\u9fff])")
_SAYS_WHAT_IT_IS = re.compile(
    r"^\s*(?:(?:standalone |restated |last )?question|问题|改写(?:后)?(?:的问题)?|最后一个问题)\s*[:：]\s*",
    re.IGNORECASE,
)

Restater = Callable[[str, Conversation], str]


@dataclass(frozen=True, slots=True)
class ModelRestating:
    """A restater that asks a model about what leans on the conversation."""

    model: LanguageModel
    dictionary: ChineseDictionary
    seconds: float  # that the model has for it

    def __call__(self, question: str, conversation: Conversation) -> str:
        """The question on its own: by the model where its words may be used, else by rules."""
        by_rules = restate(question, conversation)
        if by_rules == question and not leans_on_context(question):
            return question
        try:
            written = self._written(question, conversation)
        except AssistantError:
            return by_rules
        said = "\n".join((*(turn.text for turn in conversation), by_rules, question))
        return written if may_be_used(written, question, said, self.dictionary) else by_rules

    def _written(self, question: str, conversation: Conversation) -> str:
        language = language_of(question)
        shown = "\n".join(
            f"{turn.role}: {' '.join(turn.text.split())[:_READ_CHARACTERS]}"
            for turn in conversation[-_READ_TURNS:]
        )
        asked = prompts.fill(f"restate_question.{language}", conversation=shown, question=question)
        written = ""
        for piece in self.model.stream(prompts.fill(f"restate.{language}"), asked, seconds=self.seconds):
            written += piece
            if len(written) > 2 * LONGEST_RESTATED:
                break
        return _SAYS_WHAT_IT_IS.sub("", written).strip().strip('"“”')


def may_be_used(written: str, question: str, said: str, dictionary: ChineseDictionary) -> bool:
    """Whether what a model wrote is one question in the asker's language that adds nothing to what was said.

    `said` is the whole conversation with the question.
    """
    one = bool(written) and "\n" not in written and len(_ENDS.findall(written)) <= 1
    if not one or len(written) > LONGEST_RESTATED or language_of(written) != language_of(question):
        return False
    known = quantities(said)
    if not all(quantity.stands_in(known) for quantity in quantities(written)):
        return False
    held = frozenset(terms(said))
    if any(not name <= held for name in names_of(written, dictionary)):
        return False
    words = content_terms(written)
    new = sum(word not in held for word in words)
    return bool(words) and new <= _MOST_NEW_WORDS * len(words)
