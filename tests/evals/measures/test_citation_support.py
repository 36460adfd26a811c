from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Citation, Outcome, Sentence, Verdict
from evals.measures.citation_support import CitationSupport, citation_support
from tests.evals.seed_answers import ENVIRONMENT, GAPS, MARKET, VISA, citation, declined


def holds_every_word(sentence: str, quotes: Sequence[str]) -> bool:
    """A judge that can be followed by hand: every word of the sentence is one of the quotes' words."""
    return set(sentence.split()) <= set(" ".join(quotes).split())


def answer(*sentences: tuple[str, tuple[Citation, ...]]) -> Answer:
    written = tuple(Sentence(text, cited, Verdict.SUPPORTED) for text, cited in sentences)
    return Answer(Outcome.ANSWERED, "?", "?", "en", 0.9, written)


def test_a_sentence_that_needs_both_quotes_and_one_that_no_quote_supports() -> None:
    both = ("visa-free policies hidden barriers", (citation(VISA), citation(MARKET)))
    none = ("taxes are refunded", (citation(GAPS),))
    assert citation_support(answer(both, none), holds_every_word) == CitationSupport(1 / 2, 2 / 3, 2, 3)


def test_a_citation_that_adds_nothing_is_imprecise() -> None:
    padded = ("visa-free policies", (citation(VISA), citation(GAPS)))
    assert citation_support(answer(padded), holds_every_word) == CitationSupport(1.0, 1 / 2, 1, 2)


def test_two_citations_that_each_suffice_are_both_fine() -> None:
    found = citation_support(answer(("service", (citation(ENVIRONMENT), citation(MARKET)))), holds_every_word)
    assert found == CitationSupport(1.0, 1.0, 1, 2)


def test_a_sentence_without_citations_lowers_recall_and_leaves_precision() -> None:
    found = citation_support(answer(("visa-free", (citation(VISA),)), ("so", ())), holds_every_word)
    assert found == CitationSupport(1 / 2, 1.0, 2, 1)


def test_a_quote_that_does_not_stand_in_the_document_supports_nothing() -> None:
    false = replace(citation(VISA), quote="taxes are refunded")
    found = citation_support(answer(("taxes are refunded", (false,))), holds_every_word)
    assert found == CitationSupport(0.0, 0.0, 1, 1)
    beside = citation_support(answer(("visa-free", (citation(VISA), false))), holds_every_word)
    assert beside == CitationSupport(1.0, 1 / 2, 1, 2)


def test_nothing_to_count_is_none() -> None:
    assert citation_support(declined(), holds_every_word) == CitationSupport(None, None, 0, 0)
