import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.dictionary import ChineseDictionary
from knowledge.errors import IndexDamaged, IndexMismatch
from knowledge.indexing import Stores, check_index_matches, rebuild
from knowledge.passage_cutting import CUTTING
from tests.fakes import BagOfTermsEmbedder, InterruptedEmbedder
from tests.knowledge.made_documents import write
from tests.knowledge.opened_stores import assert_at_rest, index, opened_stores, search

TEXTS = {
    "customs.md": "# Customs law\n\n## Article 1\n\nImporters declare goods.\n\n## Article 2\n\nFees rise.\n",
    "visas.txt": "Visa rules\n\nSpecialists are issued visas for five years, without fees.\n",
    "法.md": "# 关税法\n\n第一条　进口货物的收货人是关税的纳税人。\n\n第二条　关税由海关征收。\n",
}
QUESTIONS = ("importer fees", "How long is a visa valid?", "谁缴纳关税？", "customs duty", "law")

Results = list[list[tuple[str, float]]]


@pytest.fixture
def texts(documents: Path) -> dict[str, str]:
    """Files with these texts, by path."""
    return {str(write(documents / name, text)): text for name, text in TEXTS.items()}


def results(stores: Stores) -> Results:
    """For each question every passage that is found, with its score."""
    ask = search(stores)
    return [[(hit.passage.id, hit.score) for hit in ask(question, limit=50)] for question in QUESTIONS]


def rebuilt(stores: Stores) -> int:
    return rebuild(stores, lambda _done, _total: None)


def test_a_rebuild_needs_no_files_and_finds_the_same(
    home: Path, documents: Path, texts: dict[str, str], dictionary: ChineseDictionary
) -> None:
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, documents)
        before = results(stores)
    shutil.rmtree(documents)
    with opened_stores(home, BagOfTermsEmbedder(), dictionary, fresh_indexes=True) as stores:
        assert rebuilt(stores) == 3
        assert results(stores) == before
        assert assert_at_rest(stores) == texts
    assert all(before)


def test_another_embedder_is_refused_until_the_library_is_indexed_anew(
    home: Path, documents: Path, texts: dict[str, str], dictionary: ChineseDictionary
) -> None:
    other = BagOfTermsEmbedder("other:111111111111", dimensions=16)
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, documents)
        before = results(stores)
    with opened_stores(home, other, dictionary) as stores:
        with pytest.raises(
            IndexMismatch,
            match=r"built with embedder bag-of-terms:000000000000, but other:111111111111 is set now.*"
            r"policy-assistant index --rebuild",
        ):
            index(stores, documents)
        assert other.embedded == []
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        assert results(stores) == before  # setting the former one again is the other remedy
    with opened_stores(home, other, dictionary, fresh_indexes=True) as stores:
        assert rebuilt(stores) == 3
        assert index(stores, documents).unchanged == 3
        assert assert_at_rest(stores) == texts
        assert stores.library.recorded("embedder") == other.name


def test_other_cutting_parameters_are_refused_until_the_library_is_cut_anew(
    home: Path, documents: Path, texts: dict[str, str], dictionary: ChineseDictionary
) -> None:
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, documents)
        right = {id_: stores.library.passages_of(id_) for id_ in stores.library.in_state("current")}
        for document_id, passages in right.items():  # as another version may have cut them
            stores.library.cut(document_id, [passages[0].section], passages[:1])
        stores.library.record({"cutting": "passages 0"})
        with pytest.raises(
            IndexMismatch, match=r"cutting passages 0, but .*policy-assistant index --rebuild"
        ):
            check_index_matches(stores)
    with opened_stores(home, BagOfTermsEmbedder(), dictionary, fresh_indexes=True) as stores:
        rebuilt(stores)
        assert stores.library.recorded("cutting") == CUTTING
        assert {id_: stores.library.passages_of(id_) for id_ in right} == right
        assert assert_at_rest(stores) == texts


@pytest.mark.parametrize("victim", ["keyword", "vectors"])
def test_a_damaged_or_missing_index_is_rebuilt(
    home: Path, documents: Path, texts: dict[str, str], dictionary: ChineseDictionary, victim: str
) -> None:
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, documents)
        before = results(stores)
    shutil.rmtree(home / victim)
    with (
        opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores,
        pytest.raises(IndexDamaged, match=r"index holds 0 of .*policy-assistant index --rebuild"),
    ):
        index(stores, documents)
    with opened_stores(home, BagOfTermsEmbedder(), dictionary, fresh_indexes=True) as stores:
        rebuilt(stores)
        assert results(stores) == before


def test_a_rebuild_refuses_to_mix_with_what_is_left_of_the_former_indexes(
    stores: Stores, documents: Path, texts: dict[str, str]
) -> None:
    index(stores, documents)
    with pytest.raises(IndexDamaged, match="could not be deleted"):
        rebuilt(stores)
    assert assert_at_rest(stores) == texts


def test_a_rebuild_finishes_what_an_index_run_had_begun(
    home: Path, documents: Path, texts: dict[str, str], dictionary: ChineseDictionary
) -> None:
    path, text = next(iter(texts.items()))
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, documents)
        write(Path(path), text + "\nOne more paragraph.\n")

        with pytest.raises(KeyboardInterrupt):
            index(replace(stores, embedder=InterruptedEmbedder(1)), documents)
    with opened_stores(home, BagOfTermsEmbedder(), dictionary, fresh_indexes=True) as stores:
        assert rebuilt(stores) == 3
        assert assert_at_rest(stores) == texts | {path: text + "\nOne more paragraph.\n"}


def test_an_empty_library_is_rebuilt_at_once(stores: Stores) -> None:
    assert rebuilt(stores) == 0
    assert assert_at_rest(stores) == {}
