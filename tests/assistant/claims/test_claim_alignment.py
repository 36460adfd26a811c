"""Which sentences share a claim's words, on texts small enough to count."""

import numpy as np
import pytest

from assistant.claims.claim_alignment import CANDIDATES, Alignment, SourceText, align
from knowledge.dictionary import ChineseDictionary

FEES = SourceText("fees", "Banks pay a fee. Firms file a report. It rained.")


@pytest.fixture
def aligned(dictionary: ChineseDictionary) -> Alignment:
    return align("Banks file a report.", [FEES], dictionary)


def test_candidates_stand_at_their_offsets(aligned: Alignment) -> None:
    assert [one.text for one in aligned.candidates] == [
        "Banks pay a fee.", "Firms file a report.", "It rained.",
    ]  # fmt: skip
    assert all(one.source is FEES for one in aligned.candidates)


def test_words_are_weighed_by_rarity_over_the_sentences(aligned: Alignment) -> None:
    # Each of bank, file, report stands in one of three sentences, so they weigh alike.
    assert aligned.weight == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert aligned.coverage == pytest.approx([1 / 3, 2 / 3, 0])


def test_the_evidence_is_what_adds_words(aligned: Alignment) -> None:
    assert aligned.chosen == (1, 0)


def test_a_rare_word_weighs_more(dictionary: ChineseDictionary) -> None:
    text = SourceText("p", "Banks pay. Banks lend. Banks close.")
    weight = align("Banks lend gold.", [text], dictionary).weight

    bank, lend, gold = weight
    assert bank < lend < gold
    # log((3 + 30) / (n + 0.6)) for n = 3, 1, 0 holding sentences, as shares of their sum
    raw = np.log(33 / np.array([3.6, 1.6, 0.6]))
    assert weight == pytest.approx(raw / raw.sum())


def test_only_so_many_sentences_are_candidates_and_those_with_most_words(
    dictionary: ChineseDictionary,
) -> None:
    many = [SourceText(str(i), f"Firm {i} pays.") for i in range(100)]
    last = SourceText("last", "Banks file a report.")

    found = align("Banks file a report.", [*many, last], dictionary)

    assert len(found.candidates) == CANDIDATES
    assert found.candidates[-1].source is last


def test_a_claim_falls_into_clauses(dictionary: ChineseDictionary) -> None:
    found = align("Banks pay a fee, and firms file a report.", [FEES], dictionary)

    assert [(text, inside.sum()) for text, inside in found.clauses] == [
        ("Banks pay a fee", 3), ("firms file a report.", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("sources", [[], [SourceText("a", "")], [SourceText("a", " \n *** \n")]])
def test_nothing_can_be_compared_with_nothing(
    sources: list[SourceText], dictionary: ChineseDictionary
) -> None:
    assert not align("Banks pay.", sources, dictionary).comparable


def test_a_chinese_claim_meets_an_english_text_through_the_dictionary(dictionary: ChineseDictionary) -> None:
    found = align("银行提交报告", [FEES], dictionary)

    assert found.sources_language == "en"
    assert found.coverage[0] > 0
    assert found.coverage[1] > 0
    assert found.coverage[2] == 0
