"""Two processes on one library: what one changes the other finds from its next question on."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing
from pathlib import Path

import pytest

from evals.bench.own_chroma import ChromaServer, chroma_server
from knowledge.dictionary import ChineseDictionary
from knowledge.errors import LibraryBusy
from knowledge.following import followed_meanwhile
from knowledge.indexing import Stores, check_index_matches
from knowledge.shelving import approve, receive, remove, restore
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import (
    assert_at_rest,
    index,
    keyword_ids,
    library_on_server,
    search,
    shared_stores,
)
from tests.knowledge.test_shelving import AT, done
from tests.knowledge.test_shelving import document as sent
from tests.postgres_server import PostgresServer

FEES = "The registration fee is 20 yuan.\n"
VISAS = "Visa applications are decided within five working days.\n"


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as running:
        yield running


@pytest.fixture
def opened(
    tmp_path: Path, postgres: PostgresServer, chroma: ChromaServer, dictionary: ChineseDictionary
) -> Iterator[Callable[[str], Stores]]:
    """Opens the stores of another process, with a data folder of that name."""
    url = postgres.new_database()
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(
            shared_stores(tmp_path / name, url, chroma.url, BagOfTermsEmbedder(), dictionary)
        )


def found(stores: Stores, question: str) -> list[str]:
    return [one.passage.text.strip() for one in search(stores)(question, limit=1)]


def test_what_one_indexes_the_other_finds_by_words_and_by_meaning(
    opened: Callable[[str], Stores], documents: Path
) -> None:
    one, other = opened("one"), opened("other")
    (documents / "a.txt").write_text(FEES)
    index(one, documents)
    hits = search(other)("registration fee")

    assert [hit.passage.text.strip() for hit in hits] == [FEES.strip()]
    assert {"keywords", "meaning"} <= hits[0].found_by
    (documents / "a.txt").write_text(VISAS)
    (documents / "b.txt").write_text("Tickets are free.\n")
    index(other, documents)
    assert found(one, "registration fee") != [FEES.strip()]
    assert found(one, "visa applications") == [VISAS.strip()]
    assert_at_rest(one)
    assert_at_rest(other)
    assert keyword_ids(one.keyword_index) == keyword_ids(other.keyword_index)


def test_what_is_decided_at_one_desk_holds_at_the_other(opened: Callable[[str], Stores]) -> None:
    one, other = opened("one"), opened("other")
    document = receive(sent(FEES), one.library, by="ann", at=AT, collection=None).document
    approve([document.id], other, done)
    assert found(one, "registration fee") == [FEES.strip()]
    remove([document.id], one, by="ann", at=AT)
    assert found(other, "registration fee") == []
    restore(document.id, other, done)
    assert found(one, "registration fee") == [FEES.strip()]


def test_who_stood_still_goes_on_from_where_it_was(opened: Callable[[str], Stores], documents: Path) -> None:
    one, late = opened("one"), opened("late")
    for number in range(12):
        (documents / f"{number}.txt").write_text(f"Rule {number}: the fee is {number} yuan.\n")
        index(one, documents)
    (documents / "3.txt").unlink()
    index(one, documents)
    late.catch_up()
    assert keyword_ids(late.keyword_index) == keyword_ids(one.keyword_index)
    new = opened("new")
    assert keyword_ids(new.keyword_index) == keyword_ids(one.keyword_index)
    check_index_matches(new)


def test_it_is_followed_also_while_nobody_asks(opened: Callable[[str], Stores], documents: Path) -> None:
    one, quiet = opened("one"), opened("quiet")
    with followed_meanwhile(quiet.catch_up, every=0.05):
        (documents / "a.txt").write_text(FEES)
        index(one, documents)
        until = time.monotonic() + 10
        while not len(quiet.keyword_index) and time.monotonic() < until:
            time.sleep(0.05)
    assert keyword_ids(quiet.keyword_index) == keyword_ids(one.keyword_index) != []


def test_an_index_of_another_library_is_begun_anew(
    tmp_path: Path,
    postgres: PostgresServer,
    chroma: ChromaServer,
    dictionary: ChineseDictionary,
    documents: Path,
) -> None:
    (documents / "a.txt").write_text(FEES)
    for url in (postgres.new_database(), postgres.new_database()):
        with shared_stores(tmp_path / "one", url, chroma.url, BagOfTermsEmbedder(), dictionary) as stores:
            assert len(stores.keyword_index) == 0
            index(stores, documents)
            assert len(stores.keyword_index) == 1


def test_questions_beside_a_process_that_indexes_find_the_old_or_the_new(
    opened: Callable[[str], Stores], documents: Path
) -> None:
    one, other = opened("one"), opened("other")
    (documents / "a.txt").write_text("The fee of the register is 0 yuan.\n")
    index(one, documents)
    ended = threading.Event()

    def go_on() -> None:
        for number in range(1, 15):
            (documents / "a.txt").write_text(f"The fee of the register is {number} yuan.\n")
            index(one, documents)
        ended.set()

    writing = threading.Thread(target=go_on)
    writing.start()
    seen: list[int] = []
    while not ended.is_set():
        hits = search(other)("fee of the register", limit=5)
        assert len(hits) == 1
        assert {"keywords", "meaning"} <= hits[0].found_by
        seen.append(int(hits[0].passage.text.split()[-2]))
    writing.join()
    assert seen == sorted(seen)
    assert found(other, "fee of the register") == ["The fee of the register is 14 yuan."]


def test_only_one_writes_and_the_other_is_told_who(opened: Callable[[str], Stores]) -> None:
    one, other = opened("one"), opened("other")
    with one.writing("index"):
        refused(lambda: other.writing("chat, approve"), "being changed by `policy-assistant index on ")
    with other.writing("chat, approve"):
        pass


def test_the_indexes_are_not_rebuilt_while_somebody_answers(postgres: PostgresServer) -> None:
    url = postgres.new_database()
    with closing(library_on_server(url)) as page, closing(library_on_server(url)) as other:
        with page.held("serving", "chat", alone=False), other.held("serving", "ask", alone=False):
            told = r"is being served by `policy-assistant chat on .*; stop that to rebuild"
            refused(lambda: other.held("serving", "index", alone=True), told)
        with other.held("serving", "index", alone=True):
            told = "are being rebuilt by `policy-assistant index on "
            refused(lambda: page.held("serving", "chat", alone=False), told)


def refused(hold: Callable[[], AbstractContextManager[None]], told: str) -> None:
    start = time.monotonic()
    with pytest.raises(LibraryBusy, match=told), hold():
        pass
    assert time.monotonic() - start < 2
