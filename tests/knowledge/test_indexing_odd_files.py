import os
from pathlib import Path

import pytest

from knowledge.dictionary import ChineseDictionary
from knowledge.indexing import IndexReport, Stores
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.made_documents import write
from tests.knowledge.opened_stores import assert_at_rest, index, opened_stores
from tests.knowledge.ordinary_user import ordinary_user_folder

RULES = "# Customs rules\n\nThe importer declares goods to customs.\n"
VISAS = "# Visa rules\n\nSpecialists are issued visas for five years.\n"


def report(added: int = 0, removed: int = 0, unchanged: int = 0) -> IndexReport:
    return IndexReport(added, 0, removed, unchanged, failed=())


def test_a_file_that_cannot_be_read_is_reported_and_the_others_go_in(stores: Stores, documents: Path) -> None:
    rules = write(documents / "rules.md", RULES)
    index(stores, documents)
    rules.write_bytes(b"")
    (documents / "binary.txt").write_bytes(bytes(range(256)))
    visas = write(documents / "visas.txt", VISAS)
    outcome = index(stores, documents)
    assert (outcome.added, outcome.changed, outcome.removed, outcome.unchanged) == (1, 0, 0, 0)
    assert len(outcome.failed) == 2
    assert "binary.txt" in outcome.failed[0]
    assert "rules.md is empty" in outcome.failed[1]
    assert assert_at_rest(stores) == {str(rules): RULES, str(visas): VISAS}  # what was read before stays


def test_a_name_that_is_not_utf8_is_reported_and_the_others_go_in(stores: Stores, documents: Path) -> None:
    rules = write(documents / "rules.md", RULES)
    bad = os.fsencode(documents) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(bad)).write_text(VISAS, "utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    outcome = index(stores, documents)
    assert (outcome.added, len(outcome.failed)) == (1, 1)
    assert r"caf\udce9.txt is not text in UTF-8; rename the file" in outcome.failed[0]
    outcome.failed[0].encode()  # it can be printed
    assert assert_at_rest(stores) == {str(rules): RULES}


def test_names_with_odd_characters_go_in(stores: Stores, documents: Path) -> None:
    names = ("a 'b\" #%?*[c]\\.txt", "new\nline.txt", "文 😀.md", "-x.txt", "%s.txt")
    paths = [documents / name for name in names]
    for number, path in enumerate(paths):
        write(path, f"Words number {number}.")
    assert index(stores, documents) == report(added=5)
    assert set(assert_at_rest(stores)) == set(map(str, paths))


def test_what_was_read_from_a_closed_folder_stays_and_is_reported(
    embedder: BagOfTermsEmbedder, dictionary: ChineseDictionary
) -> None:
    with (
        ordinary_user_folder() as folder,
        opened_stores(folder / ".home", embedder, dictionary) as stores,
    ):
        rules, visas = write(folder / "closed" / "rules.md", RULES), write(folder / "visas.txt", VISAS)
        index(stores, folder)
        visas.unlink()
        rules.parent.chmod(0)
        outcome = index(stores, folder)
        assert (outcome.removed, outcome.unchanged, len(outcome.failed)) == (1, 0, 1)
        assert f"The folder {rules.parent} may not be looked into" in outcome.failed[0]
        assert assert_at_rest(stores) == {str(rules): RULES}


def test_links_are_taken_as_files_and_circles_as_nothing(stores: Stores, documents: Path) -> None:
    rules = write(documents / "rules.md", RULES)
    visas = write(documents / "visas.md", "# Visas\n\nOther words.\n")
    index(stores, visas)
    link = documents / "link.md"
    link.symlink_to(rules)
    (documents / "circle").symlink_to(documents)
    done = index(stores, documents)
    assert (done.added, done.failed, done.repeated) == (2, (), ((str(rules), str(link)),))
    assert set(assert_at_rest(stores)) == {str(rules), str(link), str(visas)}
    rules.unlink()
    assert index(stores, documents) == report(removed=2, unchanged=1)


def test_a_document_without_any_passage_is_no_error(stores: Stores, documents: Path) -> None:
    comment = write(documents / "comment.md", "# Nothing but a heading\n")
    assert index(stores, documents) == report(added=1)
    assert index(stores, documents) == report(unchanged=1)
    assert set(assert_at_rest(stores)) == {str(comment)}
