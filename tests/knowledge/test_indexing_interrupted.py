from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import indexing
from knowledge.dictionary import ChineseDictionary
from knowledge.indexing import IndexReport, Stores, index_paths, rebuild
from tests.fakes import BagOfTermsEmbedder, InterruptedEmbedder
from tests.knowledge.made_documents import write
from tests.knowledge.opened_stores import assert_at_rest, index, opened_stores

OLD = "# Rules\n\nThe old words.\n"
NEW = "# Rules\n\nThe new words.\n"


def interrupt(stores: Stores, documents: Path, *, calls: int = 1) -> None:
    """An index run that is interrupted while it embeds for the n-th time."""
    with pytest.raises(KeyboardInterrupt):
        index(replace(stores, embedder=InterruptedEmbedder(calls)), documents)


@pytest.fixture
def rules(stores: Stores, documents: Path) -> Path:
    """A file that is indexed with the old words."""
    rules = write(documents / "rules.md", OLD)
    index(stores, documents)
    return rules


@pytest.mark.parametrize("calls", range(1, 5))
def test_after_ctrl_c_the_same_stores_go_on(
    stores: Stores, documents: Path, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 1)
    texts = {
        str(write(documents / f"{n}.md", f"# Rules {n}\n\nWords.\n")): f"# Rules {n}\n\nWords.\n"
        for n in range(4)
    }
    interrupt(stores, documents, calls=calls)
    held = len(stores.library.documents())
    assert held == calls - 1  # a batch is a document here
    assert index(stores, documents) == IndexReport(4 - held, 0, 0, held, ())
    assert assert_at_rest(stores) == texts


def test_ctrl_c_where_progress_is_shown_is_no_different(stores: Stores, documents: Path) -> None:
    rules = write(documents / "rules.md", OLD)

    def show(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_paths([documents], stores, show)
    index(stores, documents)
    assert assert_at_rest(stores) == {str(rules): OLD}


def test_the_old_words_are_found_until_the_new_ones_are(stores: Stores, documents: Path, rules: Path) -> None:
    write(rules, NEW)
    interrupt(stores, documents)
    assert [document.text for document in stores.library.documents()] == [OLD]
    assert index(stores, documents) == IndexReport(0, 1, 0, 0, ())
    assert assert_at_rest(stores) == {str(rules): NEW}


def test_a_file_that_holds_its_old_words_again_is_unchanged(
    stores: Stores, documents: Path, rules: Path, embedder: BagOfTermsEmbedder
) -> None:
    write(rules, NEW)
    interrupt(stores, documents)
    write(rules, OLD)
    embedded = len(embedder.embedded)
    assert index(stores, documents) == IndexReport(0, 0, 0, 1, ())
    assert len(embedder.embedded) == embedded
    assert assert_at_rest(stores) == {str(rules): OLD}


def test_a_file_that_changes_again_brings_its_last_words(
    stores: Stores, documents: Path, rules: Path
) -> None:
    write(rules, NEW)
    interrupt(stores, documents)
    write(rules, "# Rules\n\nThe newest words.\n")
    assert index(stores, documents) == IndexReport(0, 1, 0, 0, ())
    assert assert_at_rest(stores) == {str(rules): "# Rules\n\nThe newest words.\n"}


@pytest.mark.parametrize("was_indexed", [True, False])
def test_a_file_that_goes_away_leaves_nothing_behind(
    stores: Stores, documents: Path, was_indexed: bool
) -> None:
    kept = write(documents / "kept.md", "# Kept\n\nOther words.\n")
    rules = write(documents / "rules.md", OLD)
    if was_indexed:
        index(stores, documents)
    write(rules, NEW)
    interrupt(stores, documents)
    rules.unlink()
    assert index(stores, documents).removed == 1
    assert set(assert_at_rest(stores)) == {str(kept)}


def test_a_run_over_other_paths_finishes_what_was_begun(stores: Stores, documents: Path) -> None:
    one, two = write(documents / "1" / "a.md", OLD), write(documents / "2" / "b.md", "# Two\n\nWords.\n")
    interrupt(stores, documents / "1")
    assert index(stores, documents / "2") == IndexReport(1, 0, 0, 0, ())
    assert assert_at_rest(stores) == {str(one): OLD, str(two): "# Two\n\nWords.\n"}


def test_a_file_that_cannot_be_read_any_more_does_not_hold_up_what_was_begun(
    stores: Stores, documents: Path, rules: Path
) -> None:
    write(rules, NEW)
    interrupt(stores, documents)
    rules.write_bytes(b"")
    assert len(index(stores, documents).failed) == 1
    assert assert_at_rest(stores) == {str(rules): NEW}


@pytest.mark.parametrize("changed", [True, False])
@pytest.mark.parametrize("calls", [1, 2])
def test_an_interrupted_rebuild_is_finished_by_the_next_index_run(
    home: Path,
    documents: Path,
    dictionary: ChineseDictionary,
    monkeypatch: pytest.MonkeyPatch,
    calls: int,
    changed: bool,
) -> None:
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 1)
    one, two = write(documents / "1.md", OLD), write(documents / "2.md", "# Two\n\nWords.\n")
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, documents)
    with (
        opened_stores(home, BagOfTermsEmbedder(), dictionary, fresh_indexes=True) as stores,
        pytest.raises(KeyboardInterrupt),
    ):
        rebuild(replace(stores, embedder=InterruptedEmbedder(calls)), lambda _done, _total: None)
    if changed:
        write(one, NEW)
    with opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores:
        assert index(stores, documents) == IndexReport(0, int(changed), 0, 2 - int(changed), ())
        expected = {str(one): NEW if changed else OLD, str(two): "# Two\n\nWords.\n"}
        assert assert_at_rest(stores) == expected
        assert index(stores, documents) == IndexReport(0, 0, 0, 2, ())
        assert assert_at_rest(stores) == expected
