import pytest

from knowledge.policy import RetrievedPassage
from knowledge.stores.near_duplicates import NearDuplicates, near_duplicates, without_repeats
from tests.knowledge.made_documents import one_passage

WORDS = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel")


def long_text(*changed: int) -> str:
    """100 different words, some of them changed."""
    return " ".join(f"word{n}x" if n in changed else f"word{n}" for n in range(100))


def test_the_likeness_is_the_share_of_runs_of_four_terms_in_common() -> None:
    # 97 runs each; the last word stands in one run only: 96 in common of 98 different ones.
    texts = [("b", long_text(99)), ("a", long_text())]
    assert near_duplicates(texts) == [NearDuplicates("a", "b", 96 / 98)]
    # A word in the middle stands in four runs: 93 in common of 101.
    assert near_duplicates([("a", long_text()), ("b", long_text(50))]) == [NearDuplicates("a", "b", 93 / 101)]
    # Two of them: 89 in common of 105, which is .85.
    assert near_duplicates([("a", long_text()), ("b", long_text(20, 50))]) == []
    assert near_duplicates([("a", long_text()), ("b", long_text(20, 50))], likeness=0.8) == [
        NearDuplicates("a", "b", 89 / 105)
    ]


def test_the_same_words_in_another_dress_are_wholly_alike() -> None:
    texts = [("a", "# Fees\n\nA certificate costs 20 yuan."), ("b", "Fees. A certificate costs 20 yuan")]
    assert near_duplicates(texts) == [NearDuplicates("a", "b", 1.0)]


def test_chinese_is_compared_too() -> None:
    law = "第一条　为了加强贸易管理，促进贸易发展，制定本条例。第二条　主管部门依照本条例负责全国贸易管理。"
    texts = [("a", law * 2), ("b", law), ("c", law.replace("贸易", "农业"))]
    assert [(pair.first, pair.second) for pair in near_duplicates(texts)] == [("a", "b")]


def test_pairs_come_by_falling_likeness_then_name() -> None:
    texts = [("c", long_text()), ("a", long_text()), ("b", long_text(0))]
    found = [(pair.first, pair.second) for pair in near_duplicates(texts)]
    assert found == [("a", "c"), ("a", "b"), ("b", "c")]


def test_texts_without_terms_and_no_texts_make_no_fault() -> None:
    assert near_duplicates([]) == []
    assert near_duplicates([("a", "")]) == []


def found(text: str, document_id: str) -> RetrievedPassage:
    return RetrievedPassage(one_passage(text, document_id), 1.0, frozenset({"keywords"}))


def test_of_the_same_words_in_other_documents_the_best_is_kept() -> None:
    best, same, other = found(long_text(), "a"), found(f"# {long_text()}.", "b"), found(" ".join(WORDS), "c")
    assert without_repeats([best, same, other], 10) == [best, other]
    assert without_repeats([same, best, other], 10) == [same, other]


def test_one_word_may_be_the_one_that_matters() -> None:
    some = [found(long_text(), "a"), found(long_text(99), "b"), found(f"not {long_text()}", "c")]
    assert without_repeats(some, 10) == some


def test_a_document_that_repeats_itself_keeps_both_places() -> None:
    twice = [found(long_text(), "a"), found(long_text(), "a")]
    assert without_repeats(twice, 10) == twice


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_no_more_than_asked_for_are_returned(limit: int) -> None:
    some = [found(long_text(), "a"), found(long_text(), "b"), found(WORDS[0], "c"), found(WORDS[1], "d")]
    assert without_repeats(some, limit) == [some[0], some[2]][:limit]
