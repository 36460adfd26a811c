"""Sentences are embedded ahead of questions, once, whatever interrupts it."""

from pathlib import Path

import pytest

from knowledge.dictionary import ChineseDictionary
from knowledge.quote_preparation import prepare_quotes
from tests.fakes import BagOfTermsEmbedder, InterruptedEmbedder
from tests.knowledge.opened_stores import index, opened_stores


def look_away(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_every_sentence_is_embedded_and_none_a_second_time(
    tmp_path: Path, dictionary: ChineseDictionary
) -> None:
    embedder = BagOfTermsEmbedder()
    write(tmp_path / "laws", "tea.md", "# Tea\n\nTea is duty free. Coffee is not.\n")
    write(tmp_path / "laws", "salt.md", "# Salt\n\nSalt is taxed.\n")
    with opened_stores(tmp_path / "home", embedder, dictionary) as stores:
        index(stores, tmp_path / "laws")
        del embedder.embedded[:]
        told: list[tuple[int, int]] = []

        prepare_quotes(stores, lambda done, total: told.append((done, total)))

        assert {"Tea is duty free.", "Coffee is not.", "Salt is taxed."} <= set(embedder.embedded)
        assert told == [(2, 2)]
        assert stores.library.unprepared() == []
        del embedder.embedded[:]
        prepare_quotes(stores, lambda done, total: told.append((done, total)))
        assert (embedder.embedded, told) == ([], [(2, 2)])


def test_only_what_is_new_waits_for_it(tmp_path: Path, dictionary: ChineseDictionary) -> None:
    write(tmp_path / "laws", "tea.md", "# Tea\n\nTea is duty free.\n")
    with opened_stores(tmp_path / "home", BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, tmp_path / "laws")
        prepare_quotes(stores, look_away)
        write(tmp_path / "laws", "salt.md", "# Salt\n\nSalt is taxed.\n")
        index(stores, tmp_path / "laws")

        (waiting,) = stores.library.unprepared()

        assert stores.library.passages_of(waiting)[0].document.title == "Salt"


def test_after_an_interruption_the_next_run_goes_on(tmp_path: Path, dictionary: ChineseDictionary) -> None:
    write(tmp_path / "laws", "tea.md", "# Tea\n\nTea is duty free.\n")
    with opened_stores(tmp_path / "home", InterruptedEmbedder(2), dictionary) as stores:
        index(stores, tmp_path / "laws")  # embeds the passages in its one call
        with pytest.raises(KeyboardInterrupt):
            prepare_quotes(stores, look_away)
    embedder = BagOfTermsEmbedder()
    with opened_stores(tmp_path / "home", embedder, dictionary) as stores:
        assert index(stores, tmp_path / "laws").unchanged == 1
        prepare_quotes(stores, look_away)

        assert "Tea is duty free." in embedder.embedded
        assert stores.library.unprepared() == []


def test_a_document_that_leaves_waits_no_more(tmp_path: Path, dictionary: ChineseDictionary) -> None:
    write(tmp_path / "laws", "tea.md", "# Tea\n\nTea is duty free.\n")
    write(tmp_path / "laws", "salt.md", "# Salt\n\nSalt is taxed.\n")
    with opened_stores(tmp_path / "home", BagOfTermsEmbedder(), dictionary) as stores:
        index(stores, tmp_path / "laws")
        (tmp_path / "laws" / "tea.md").unlink()
        index(stores, tmp_path / "laws")

        assert len(stores.library.unprepared()) == 1
