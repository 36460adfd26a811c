"""R1: 100 kills while documents come in and 100 while they are replaced, in one growing library."""

import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from knowledge.dictionary import ChineseDictionary
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.growing_library import GrowingLibrary
from tests.knowledge.killed_runs import Killer, Run
from tests.knowledge.opened_stores import assert_at_rest, index, opened_stores

pytestmark = pytest.mark.torture

KILLS = 100  # of each kind
_AT_FIRST = 130  # documents: with 12 passages each, enough for Chroma to write files of its own
_MOST_SECONDS = 5.0


@pytest.fixture
def killer() -> Iterator[Killer]:
    with closing(Killer()) as opened:
        yield opened


def finish(library: GrowingLibrary, dictionary: ChineseDictionary) -> None:
    """What the next run does after a kill; what was left is looked at before."""
    library.check_opening()
    with opened_stores(library.run.home, BagOfTermsEmbedder(), dictionary) as stores:
        library.check(stores)
        since = time.monotonic()
        report = index(stores, library.run.documents)
        library.seconds = 0.7 * library.seconds + 0.3 * (time.monotonic() - since + 0.3)
        assert report.failed == ()
        assert set(assert_at_rest(stores)) == {str(library.path(number)) for number in library.written}
        library.acknowledge(stores)


def test_nothing_acknowledged_is_lost_by_killing(
    tmp_path: Path, killer: Killer, dictionary: ChineseDictionary, dictionary_cache: Path
) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    library = GrowingLibrary(Run(tmp_path / "home", documents, dictionary_cache), random.Random(1))  # noqa: S311
    library.add(_AT_FIRST)
    assert killer.run(library.run)
    for most in (KILLS, 2 * KILLS):
        while library.kills < most:
            if most == KILLS:
                library.add(4)
            else:
                library.change(4)
            if library.kill_one_run(killer) and library.chance.random() < 0.3:
                library.kill_one_run(killer)  # and once more before anybody finishes
            finish(library, dictionary)
    with opened_stores(tmp_path / "home", BagOfTermsEmbedder(), dictionary) as stores:
        ids = stores.vector_index.ids()
        passages = {passage.id: passage for passage in stores.library.passages(ids)}
        vectors = stores.embedder.embed_passages([passages[id_].search_text for id_ in ids])
        missed = 0
        for id_, vector in zip(ids, vectors, strict=True):
            near = stores.vector_index.scored(np.asarray(vector), limit=20)
            cosines = [cosine for _id, cosine in near]
            # Passages with the same terms share a vector, so its own cosine of 1 is what must be reached.
            missed += not (id_ in dict(near) or min(cosines) > 1 - 1e-4)
        library.not_findable += missed
        figures = library.figures() | {"passages at the end": len(ids)}
    print(f"\nR1: {figures}")  # noqa: T201
    lost = (library.missing, library.doubled, library.half_replaced, library.not_findable)
    assert lost == (0, 0, 0, 0)
    assert library.slowest_opening <= _MOST_SECONDS
