"""Checking: words that the documents do not say, or do not say there, are not shown."""

import random
import string
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from assistant.answer import Sentence, Verdict
from assistant.checking import checked, verdict_of
from knowledge.passage_sentences import sentence_spans
from knowledge.policy import Document
from tests.assistant.small_documents import (
    citation_of,
    law,
    make_document,
    measures,
    passages_of,
    quoted,
    seed_document,
)

LIMITS = (
    "No fee is charged. A firm shall not export within 30 days. It shall export within 60 days.\n"
    "The authority may allow it."
)


def every_sentence(document: Document) -> list[Sentence]:
    return [
        quoted(document, document.text[span.start : span.end])
        for passage in passages_of(document)
        for span in sentence_spans(passage)
    ]


@pytest.mark.parametrize("document", [seed_document(), law(), measures()], ids=["seed", "law", "measures"])
@pytest.mark.parametrize("claimed", Verdict)
def test_every_sentence_of_a_document_may_be_shown_as_quoted(document: Document, claimed: Verdict) -> None:
    sentences = every_sentence(document)

    assert len(sentences) >= 6
    assert checked([replace(one, verdict=claimed) for one in sentences]) == tuple(sentences)


def test_two_whole_quotes_may_stand_in_one_sentence() -> None:
    document = make_document(LIMITS)
    citations = (
        citation_of(document, "No fee is charged."),
        citation_of(document, "The authority may allow it."),
    )

    assert verdict_of(
        Sentence("No fee is charged. The authority may allow it.", citations, Verdict.SUPPORTED)
    ) == (Verdict.QUOTED)


def test_what_is_not_supported_is_left_out_and_the_order_stays() -> None:
    document = make_document(LIMITS)
    first, last = quoted(document, "No fee is charged."), quoted(document, "The authority may allow it.")
    false = replace(
        quoted(document, "It shall export within 60 days."), text="It shall export within 90 days."
    )

    assert checked([first, false, last]) == (first, last)
    assert checked([false]) == checked([]) == ()


class TestForgeries:
    document = make_document(LIMITS)

    def caught(self, sentence: Sentence) -> bool:
        return verdict_of(sentence) is Verdict.UNSUPPORTED and checked([sentence]) == ()

    def test_an_altered_digit_in_the_shown_sentence(self) -> None:
        true = quoted(self.document, "A firm shall not export within 30 days.")

        assert self.caught(replace(true, text=true.text.replace("30", "80")))

    def test_an_altered_digit_in_sentence_and_quote_alike(self) -> None:
        (citation,) = quoted(self.document, "A firm shall not export within 30 days.").citations
        false = citation.quote.replace("30", "80")

        assert self.caught(Sentence(false, (replace(citation, quote=false),), Verdict.QUOTED))

    def test_a_dropped_not(self) -> None:
        (citation,) = quoted(self.document, "A firm shall not export within 30 days.").citations
        false = citation.quote.replace("not ", "")

        assert self.caught(Sentence(false, (citation,), Verdict.QUOTED))
        assert self.caught(Sentence(false, (replace(citation, quote=false),), Verdict.QUOTED))

    def test_a_not_dropped_between_two_true_quotes(self) -> None:
        parts = (
            citation_of(self.document, "A firm shall"),
            citation_of(self.document, "export within 30 days."),
        )

        assert all(part.holds for part in parts)
        assert self.caught(Sentence("A firm shall export within 30 days.", parts, Verdict.QUOTED))

    def test_true_words_cut_out_of_a_sentence_that_denies_them(self) -> None:
        assert self.caught(quoted(self.document, "export within 30 days."))
        assert self.caught(quoted(self.document, "fee is charged."))

    def test_a_true_quote_of_another_document(self) -> None:
        other = make_document("The authority may allow it. " + LIMITS)
        (citation,) = quoted(self.document, "The authority may allow it.").citations

        assert self.caught(
            Sentence(citation.quote, (replace(citation, passage=passages_of(other)[0]),), Verdict.QUOTED)
        )

    def test_a_true_quote_that_stands_outside_the_cited_passage(self) -> None:
        first, *_, last = passages_of(law())
        (citation,) = quoted(law(), "(a) No fee is charged for registration.").citations

        assert citation.passage == last
        assert self.caught(Sentence(citation.quote, (replace(citation, passage=first),), Verdict.QUOTED))

    def test_a_sentence_without_a_citation(self) -> None:
        assert self.caught(Sentence("No fee is charged.", (), Verdict.QUOTED))
        assert self.caught(Sentence("", (), Verdict.SUPPORTED))

    def test_words_around_a_true_quote(self) -> None:
        (citation,) = quoted(self.document, "No fee is charged.").citations

        assert self.caught(Sentence("It is said that " + citation.quote, (citation,), Verdict.QUOTED))
        assert self.caught(Sentence(citation.quote + " ", (citation,), Verdict.QUOTED))

    def test_one_false_citation_among_true_ones(self) -> None:
        true = citation_of(self.document, "No fee is charged.")
        false = replace(
            citation_of(self.document, "The authority may allow it."), quote="The authority must allow it."
        )

        assert self.caught(
            Sentence("No fee is charged. The authority must allow it.", (true, false), Verdict.QUOTED)
        )

    def test_two_quotes_in_another_order_than_they_are_cited(self) -> None:
        first, second = (
            citation_of(self.document, words)
            for words in ("No fee is charged.", "The authority may allow it.")
        )

        assert self.caught(
            Sentence("The authority may allow it. No fee is charged.", (first, second), Verdict.QUOTED)
        )


Forgery = Callable[[Sentence, random.Random], Sentence]


def _changed(sentence: Sentence, text: str, *, also_quote: bool) -> Sentence:
    citations = (
        tuple(replace(one, quote=text) for one in sentence.citations) if also_quote else sentence.citations
    )
    return Sentence(text, citations, Verdict.QUOTED)


def _other_character(sentence: Sentence, chance: random.Random) -> Sentence:
    at = chance.randrange(len(sentence.text))
    other = chance.choice([one for one in string.ascii_letters + string.digits if one != sentence.text[at]])
    return _changed(
        sentence, sentence.text[:at] + other + sentence.text[at + 1 :], also_quote=chance.random() < 0.5
    )


def _left_out_word(sentence: Sentence, chance: random.Random) -> Sentence:
    words = sentence.text.split(" ")
    del words[chance.randrange(len(words))]
    return _changed(sentence, " ".join(words), also_quote=chance.random() < 0.5)


def _put_in_word(sentence: Sentence, chance: random.Random) -> Sentence:
    words = sentence.text.split(" ")
    words.insert(chance.randrange(len(words) + 1), chance.choice(["not", "never", "10%", "all"]))
    return _changed(sentence, " ".join(words), also_quote=chance.random() < 0.5)


def _moved(sentence: Sentence, chance: random.Random) -> Sentence:
    (citation,) = sentence.citations
    by = chance.choice([-40, -3, -1, 1, 3, 40])
    return replace(sentence, citations=(replace(citation, start=citation.start + by, end=citation.end + by),))


def _cut_out(sentence: Sentence, chance: random.Random) -> Sentence:
    (citation,) = sentence.citations
    words = [match for match in range(1, len(sentence.text)) if sentence.text[match - 1] == " "]
    start = chance.choice(words)
    quote = sentence.text[start:]
    return Sentence(quote, (replace(citation, quote=quote, start=citation.start + start),), Verdict.QUOTED)


def _other_document(sentence: Sentence, chance: random.Random) -> Sentence:
    (citation,) = sentence.citations
    other = chance.choice([one for one in DOCUMENTS if one.id != citation.document.id])
    return replace(sentence, citations=(replace(citation, passage=chance.choice(passages_of(other))),))


def _other_passage(sentence: Sentence, chance: random.Random) -> Sentence:
    (citation,) = sentence.citations
    others = [one for one in passages_of(citation.document, limit=64) if one.end <= citation.start]
    others += [one for one in passages_of(citation.document, limit=64) if one.start >= citation.end]
    return replace(sentence, citations=(replace(citation, passage=chance.choice(others)),))


FORGERIES: tuple[Forgery, ...] = (
    _other_character, _left_out_word, _put_in_word, _moved, _cut_out, _other_document, _other_passage,
)  # fmt: skip
DOCUMENTS = (seed_document(), law())


def forged() -> Iterator[Sentence]:
    chance = random.Random(2026)  # noqa: S311 (the same forgeries every time)
    sentences = [one for document in DOCUMENTS for one in every_sentence(document) if " " in one.text]
    for number in range(203):
        yield FORGERIES[number % len(FORGERIES)](chance.choice(sentences), chance)


def test_none_of_two_hundred_generated_forgeries_is_shown() -> None:
    forgeries = list(forged())

    assert len(forgeries) >= 200
    assert [sentence for sentence in forgeries if verdict_of(sentence) is not Verdict.UNSUPPORTED] == []
    assert checked(forgeries) == ()
