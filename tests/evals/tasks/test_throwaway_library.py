from pathlib import Path

import pytest

from evals.datasets.tasks import TaskPassage
from evals.tasks.throwaway_library import cut, document_of, throwaway_library
from knowledge.dictionary import ChineseDictionary
from tests.fakes import BagOfTermsEmbedder

STEEL = "Only licensed firms may export steel."
SUGAR = "Sugar is taxed at the border."


def test_search_finds_passages_by_the_ids_of_the_data_set(dictionary: ChineseDictionary) -> None:
    odd = "a/b:c 条\t'\""
    passages = (TaskPassage(odd, STEEL), TaskPassage("2", SUGAR), TaskPassage("empty", ""))
    with throwaway_library(passages, embedder=BagOfTermsEmbedder(), dictionary=dictionary) as library:
        found = library.search("Who may export steel?", depth=10)
        assert [id_ for id_, _score in found] == [odd, "2"]
        assert found[0][1] > found[1][1] > 0
        assert library.keyword_search("steel", depth=10) == [(odd, 1.0)]


def test_passages_with_the_same_text_are_both_found(dictionary: ChineseDictionary) -> None:
    passages = (TaskPassage("1", STEEL), TaskPassage("2", STEEL))
    with throwaway_library(passages, embedder=BagOfTermsEmbedder(), dictionary=dictionary) as library:
        assert {id_ for id_, _score in library.search("steel", depth=5)} == {"1", "2"}


def test_a_long_passage_is_cut_but_found_once_and_others_fill_the_depth(
    dictionary: ChineseDictionary,
) -> None:
    long = " ".join(f"Steel export rule number {n} asks each licensed firm for a report." for n in range(200))
    passages = (TaskPassage("long", long), TaskPassage("2", STEEL), TaskPassage("3", SUGAR))
    assert len(cut(document_of(passages[0]))[1]) > 5
    with throwaway_library(passages, embedder=BagOfTermsEmbedder(), dictionary=dictionary) as library:
        found = library.search("steel export rule number report", depth=3)
        scores = [score for _id, score in found]
        assert sorted(id_ for id_, _score in found) == ["2", "3", "long"]
        assert scores == sorted(scores, reverse=True)


def test_the_title_is_searched_and_the_text_is_kept_as_it_is(dictionary: ChineseDictionary) -> None:
    text = "  第一条　出口许可。\r\n\tTail\u3000"
    passage = TaskPassage("1", text, "Tariffs")
    assert document_of(passage).text == text
    with throwaway_library(
        (passage, TaskPassage("2", SUGAR)), embedder=BagOfTermsEmbedder(), dictionary=dictionary
    ) as library:
        assert library.keyword_search("tariffs", depth=1) == [("1", 1.0)]


def test_a_library_of_nothing_finds_nothing_and_leaves_nothing(
    dictionary: ChineseDictionary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with throwaway_library((), embedder=BagOfTermsEmbedder(), dictionary=dictionary) as library:
        assert library.search("anything", depth=3) == []
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []
