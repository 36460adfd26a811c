"""The product over the seed with a language model put into it."""

from dataclasses import replace

from assistant.assistant import Assistant
from assistant.checked_prose import CheckedProse
from assistant.checking import Checker, word_for_word
from assistant.claims.claim_weights import claim_weights
from assistant.drafting import Drafting
from assistant.drafts.draft_citations import Evidence
from assistant.language_model import LanguageModel


def drafting(
    assistant: Assistant,
    model: LanguageModel,
    *,
    checker: Checker = word_for_word,
    seconds: float = 5.0,
    tokens: int = 4_000,
) -> Assistant:
    """The same assistant, its answers worded by the model."""
    evidence = Evidence(assistant.search.embedder, assistant.quoting.dictionary, claim_weights())
    prose = CheckedProse(Drafting(model, evidence), checker, assistant.search.embedder, tokens, seconds)
    return replace(assistant, prose=prose)
