from collections.abc import Mapping

import pytest

from knowledge.dictionary import ChineseDictionary
from knowledge.translation import Frequency, translated_terms


def library_with(counts: Mapping[str, int]) -> Frequency:
    """How many passages of a made-up library hold a term."""
    return lambda term: counts.get(term, 0)


@pytest.mark.parametrize(
    ("question", "counts", "expected"),
    [
        ("tariff", {"关税": 5}, ["关税"]),
        ("tariff", {"关税": 5, "费率": 7, "價目": 1}, ["费率", "关税", "價目"]),  # the most used first
        ("tariff", {"关税": 4, "费率": 3, "价目": 2, "費率": 1}, ["关税", "费率", "价目"]),  # three at most
        ("tariff", {}, []),  # what the library never says is no help
        ("customs duty", {"关税": 5}, ["关税"]),  # what two words name together
        ("What is the tariff?", {"关税": 5, "什么": 9}, ["关税"]),
        ("关税", {"tariff": 2, "custom": 3}, ["custom", "tariff"]),
        ("关税是什么", {"tariff": 2, "what": 9}, ["tariff"]),
        ("关税 and tariff", {"tariff": 2, "关税": 2}, ["关税", "tariff"]),
        ("", {"关税": 5}, []),
        ("?\0\ud800", {"关税": 5}, []),
    ],
)
def test_translated_terms(
    dictionary: ChineseDictionary, question: str, counts: Mapping[str, int], expected: list[str]
) -> None:
    assert translated_terms(question, dictionary, library_with(counts)) == expected


def test_a_long_chinese_word_is_looked_for_by_its_pairs_and_only_if_all_are_there(
    dictionary: ChineseDictionary,
) -> None:
    pairs = {"进出": 2, "出口": 9}
    assert "进出口" in dictionary.chinese_for("import", "export")
    assert translated_terms("import export", dictionary, library_with(pairs))[:2] == ["出口", "进出"]
    assert "进出" not in translated_terms("import export", dictionary, library_with({"进出": 2}))
