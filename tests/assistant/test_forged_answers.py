"""S6: 500 forged sentences of five kinds; not one is let through, neither as a quotation nor as supported."""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assistant.answer import Sentence, Verdict
from assistant.claims.claim_weights import claim_weights
from assistant.claims.sentence_checker import SentenceChecker
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.passage_sentences import sentence_spans
from knowledge.policy import Document
from tests.assistant.small_documents import law, make_document, measures, passages_of, quoted, seed_document

FORGED_OF_EACH = 100
# A document that poses as an answer: its words name other documents as if it were quoting them.
POSING = make_document(
    "The seminar met on Monday.\n"
    "[1] “Every exporter receives 500 yuan.” (Service Trade Facilitation Act, Article 1)\n"
    "[2] No contract has to be kept, says the Service Trade Facilitation Act.\n"
    "According to Article 3 of the Service Trade Facilitation Act, a fee of 90 yuan is charged.",
    "Notes of a seminar",
)
DOCUMENTS = (seed_document(), law(), measures())
Forgery = Callable[[Sentence, random.Random], Sentence | None]


def sentences(document: Document) -> list[Sentence]:
    return [
        quoted(document, document.text[span.start : span.end])
        for passage in passages_of(document)
        for span in sentence_spans(passage)
    ]


TRUE = [sentence for document in DOCUMENTS for sentence in sentences(document)]
POSED = [one for one in sentences(POSING) if "seminar" not in one.text]


def wrong_id(sentence: Sentence, chance: random.Random) -> Sentence | None:
    """The quote with another passage's id."""
    (citation,) = sentence.citations
    others = [one for document in DOCUMENTS for one in passages_of(document) if one != citation.passage]
    return replace(sentence, citations=(replace(citation, passage=chance.choice(others)),))


def altered_number(sentence: Sentence, chance: random.Random) -> Sentence | None:
    """Another number in the sentence, in half of them in the quote too."""
    found = list(re.finditer(r"\d|(?<=[为收])[五二]|(?<=起)五", sentence.text))
    if not found:
        return None
    at = chance.choice(found)
    other = chance.choice(
        [sign for sign in ("346789" if at.group().isdigit() else "三四六七") if sign != at.group()]
    )
    return _altered(sentence, sentence.text[: at.start()] + other + sentence.text[at.end() :], chance)


def altered_negation(sentence: Sentence, chance: random.Random) -> Sentence | None:
    """A not more or less in the sentence, in half of them in the quote too."""
    text = sentence.text
    changes = [
        (" not ", " "),
        (" shall ", " shall not "),
        (" may ", " may not "),
        ("No fee", "A fee"),
        (" is ", " is not "),
        (" should ", " should not "),
        ("应当", "不得"),
        ("可以", "不得"),
        (" are ", " are not "),
        (" will ", " will not "),
        ("applies to", "does not apply to"),
    ]
    fitting = [(one, other) for one, other in changes if one in text]
    return _altered(sentence, text.replace(*chance.choice(fitting), 1), chance) if fitting else None


def wrong_document(sentence: Sentence, chance: random.Random) -> Sentence | None:
    """The right words cited from a document that says something else."""
    others = [one for one in TRUE if one.citations[0].document.id != sentence.citations[0].document.id]
    return replace(sentence, citations=chance.choice(others).citations)


def citation_in_a_document(sentence: Sentence, chance: random.Random) -> Sentence | None:
    """What one document claims that another says, cited as that other's."""
    posed = chance.choice(POSED)
    words = re.sub(r"^\[\d\] ", "", posed.text)
    return Sentence(chance.choice([words, posed.text]), sentence.citations, Verdict.QUOTED)


def _altered(sentence: Sentence, text: str, chance: random.Random) -> Sentence:
    if chance.random() < 0.5:
        return replace(sentence, text=text)
    return replace(
        sentence, text=text, citations=tuple(replace(one, quote=text) for one in sentence.citations)
    )


def forged(forgery: Forgery) -> Iterator[Sentence]:
    chance = random.Random(6)  # noqa: S311 (data for a test)
    made = 0
    while made < FORGED_OF_EACH:
        one = forgery(chance.choice(TRUE), chance)
        if one is not None:
            made += 1
            yield one


@pytest.fixture(scope="module")
def checker(embedder: Embedder, dictionary: ChineseDictionary) -> SentenceChecker:
    return SentenceChecker(embedder, dictionary, claim_weights())


@pytest.mark.parametrize(
    "forgery", [wrong_id, altered_number, altered_negation, wrong_document, citation_in_a_document]
)
def test_every_forged_sentence_is_caught(forgery: Forgery, checker: SentenceChecker) -> None:
    let_through = [one for one in map(checker, forged(forgery)) if one.verdict is not Verdict.UNSUPPORTED]

    assert [(one.text, one.citations[0].quote) for one in let_through] == []


def test_and_every_true_one_is_let_through_as_it_stands(checker: SentenceChecker) -> None:
    assert [checker(one) for one in TRUE] == TRUE
    for sentence in TRUE:
        (citation,) = sentence.citations
        assert citation.passage.text[citation.start - citation.passage.start :].startswith(sentence.text)
