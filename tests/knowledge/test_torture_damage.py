"""R2: nine shapes of damage to the vector index, three times each; named, survived and repaired."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from knowledge.data_folder import hold_data_folder
from knowledge.dictionary import ChineseDictionary
from knowledge.errors import IndexDamaged
from knowledge.indexing import Stores, parameters, rebuild
from knowledge.stores.doctor import examine
from knowledge.stores.index_probe import check_before_opening, probe
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.damage import VECTOR_DAMAGE, chance
from tests.knowledge.growing_library import text_of
from tests.knowledge.made_documents import write
from tests.knowledge.opened_stores import assert_at_rest, index, opened_stores

pytestmark = pytest.mark.torture

TIMES = 3
_DOCUMENTS = 130


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, dictionary: ChineseDictionary) -> Path:
    """A data folder with 1,560 passages, closed cleanly; its documents are deleted afterwards."""
    folder = tmp_path_factory.mktemp("whole")
    for number in range(_DOCUMENTS):
        write(folder / "documents" / f"{number}.md", text_of(number, 1))
    with opened_stores(folder / "home", BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, folder / "documents")
    shutil.rmtree(folder / "documents")
    return folder / "home"


def reached(stores: Stores) -> int:
    """How many passages search finds by their own vector."""
    passages = stores.library.passages(stores.vector_index.ids())
    vectors = stores.embedder.embed_passages([passage.search_text for passage in passages])
    found = 0
    for passage, vector in zip(passages, vectors, strict=True):
        near = dict(stores.vector_index.scored(np.asarray(vector), limit=20))
        found += passage.id in near or min(near.values()) > 1 - 1e-4  # others may have the same vector
    return found


def named(home: Path) -> list[str]:
    with hold_data_folder(home, "test") as folder:
        wanted = parameters(BagOfTermsEmbedder().name)
        return [finding.sentence for finding in examine(folder, wanted)]


def test_a_whole_folder_has_nothing_wrong(whole: Path) -> None:
    assert named(whole) == []


@pytest.mark.parametrize("time", range(TIMES))
@pytest.mark.parametrize("shape", VECTOR_DAMAGE)
def test_damage_is_named_survived_and_repaired(
    whole: Path, home: Path, shape: str, time: int, dictionary: ChineseDictionary
) -> None:
    shutil.copytree(whole, home)
    VECTOR_DAMAGE[shape](home / "vectors", chance(shape, time))
    assert any("vector index" in sentence and "index --rebuild" in sentence for sentence in named(home))
    with pytest.raises(IndexDamaged, match="policy-assistant index --rebuild"):
        check_before_opening("vector", home / "vectors")  # and this process lives on
    with opened_stores(home, BagOfTermsEmbedder(), dictionary, fresh_indexes=True) as stores:
        assert rebuild(stores, lambda _done, _total: None) == _DOCUMENTS
        assert_at_rest(stores)
        assert reached(stores) == len(stores.vector_index) == 12 * _DOCUMENTS
    assert named(home) == []


@pytest.mark.parametrize("time", range(TIMES))
@pytest.mark.parametrize("shape", VECTOR_DAMAGE)
def test_damage_after_a_kill_is_named_or_harms_no_search(
    whole: Path, home: Path, shape: str, time: int, dictionary: ChineseDictionary
) -> None:
    shutil.copytree(whole, home)
    (home / "vectors" / "seal.json").unlink()
    VECTOR_DAMAGE[shape](home / "vectors", chance(shape, time))
    try:
        probe("vector", home / "vectors")
        check_before_opening("vector", home / "vectors")
    except IndexDamaged:
        return
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        assert reached(stores) == 12 * _DOCUMENTS
    print(f"R2 after a kill: {shape} {time} changed nothing that is found")  # noqa: T201
