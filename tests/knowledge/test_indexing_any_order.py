import shutil
import tempfile
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from knowledge import indexing
from knowledge.dictionary import ChineseDictionary
from knowledge.indexing import Stores, rebuild
from tests.fakes import BagOfTermsEmbedder, InterruptedEmbedder
from tests.knowledge.made_documents import write
from tests.knowledge.opened_stores import assert_at_rest, index, opened_stores, search

NAMES = ("a.md", "b.txt", "sub/a.md", "sub/c.md", "sub/deep/d.txt")
UNREADABLE = ("", "\0\1\2")
# So few that files often hold the same one and come back to one that they held before.
TEXTS = (
    "# One\n\nFirst words.\n",
    "# Two\n\nSecond words.\n\n## Part\n\nMore words.\n",
    "# 三\n\n第一条　进口货物。\n",
)

a_name = st.sampled_from(NAMES)
a_text = st.sampled_from(TEXTS + UNREADABLE)


class AnyOrder(RuleBasedStateMachine):
    """A user who does things to files, and who sometimes interrupts the program or starts it anew."""

    dictionary: ChineseDictionary

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.documents = self.folder / "documents"
        self.expected: dict[str, str] = {}  # path -> text, when all that was read has been indexed
        self.indexed = False  # whether it has
        write(self.documents / "always.md", "# Always\n\nThere is one.\n")
        self.open()

    def open(self, *, fresh_indexes: bool = False) -> None:
        self.opened = ExitStack()
        self.stores: Stores = self.opened.enter_context(
            opened_stores(
                self.folder / "home", BagOfTermsEmbedder(), self.dictionary, fresh_indexes=fresh_indexes
            )
        )

    @rule(name=a_name, text=a_text)
    def write(self, name: str, text: str) -> None:
        write(self.documents / name, text)
        self.indexed = False

    @rule(name=a_name)
    def delete(self, name: str) -> None:
        (self.documents / name).unlink(missing_ok=True)
        self.indexed = False

    @rule(name=a_name, other=a_name)
    def rename(self, name: str, other: str) -> None:
        if (self.documents / name).exists():
            (self.documents / other).parent.mkdir(parents=True, exist_ok=True)
            (self.documents / name).replace(self.documents / other)
            self.indexed = False

    @rule(name=a_name, other=a_name)
    def swap(self, name: str, other: str) -> None:
        one, two = self.documents / name, self.documents / other
        if one.exists() and two.exists():
            kept = one.read_text()
            write(one, two.read_text())
            write(two, kept)
            self.indexed = False

    def files(self) -> dict[str, str]:
        return {str(path): path.read_text() for path in self.documents.rglob("*") if path.is_file()}

    def expect_what_can_be_read(self) -> None:
        # What was read from a file stays while the file cannot be read.
        self.expected |= {path: text for path, text in self.files().items() if text not in UNREADABLE}

    @rule()
    def index(self) -> None:
        index(self.stores, self.documents)
        self.expect_what_can_be_read()
        self.expected = {path: text for path, text in self.expected.items() if path in self.files()}
        self.indexed = True

    @rule(calls=st.integers(1, 5))
    def interrupt(self, calls: int) -> None:
        with suppress(KeyboardInterrupt):
            index(replace(self.stores, embedder=InterruptedEmbedder(calls)), self.documents)
        self.expect_what_can_be_read()  # all files are read before the first is embedded
        self.indexed = False

    @rule()
    def reopen(self) -> None:
        self.opened.close()
        self.open()

    @rule(calls=st.integers(1, 5) | st.none())
    def rebuild(self, calls: int | None) -> None:
        self.opened.close()
        self.open(fresh_indexes=True)
        embedder = BagOfTermsEmbedder() if calls is None else InterruptedEmbedder(calls)
        try:
            rebuild(replace(self.stores, embedder=embedder), lambda _done, _total: None)
        except KeyboardInterrupt:
            self.indexed = False

    @precondition(lambda self: self.indexed)
    @invariant()
    def library_files_and_indexes_agree(self) -> None:
        assert assert_at_rest(self.stores) == self.expected

    @invariant()
    def what_is_found_is_whole_and_found_once(self) -> None:
        library = self.stores.library
        found = [hit.passage for hit in search(self.stores)("words 进口货物", limit=100)]
        assert len(set(found)) == len(found)
        assert {passage.document.text for passage in found} <= {*TEXTS, "# Always\n\nThere is one.\n"}
        current = [p for document in library.documents() for p in library.passages_of(document.id)]
        assert set(found) == set(current)

    def teardown(self) -> None:
        self.opened.close()
        shutil.rmtree(self.folder)


def test_whatever_happens_to_the_files_the_library_and_both_indexes_follow(
    dictionary: ChineseDictionary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnyOrder, "dictionary", dictionary, raising=False)
    monkeypatch.setattr(indexing, "_BATCH_PASSAGES", 2)
    run_state_machine_as_test(
        AnyOrder,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
