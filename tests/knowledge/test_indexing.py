import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.errors import CatalogError, IndexDamaged, IndexMismatch, KnowledgeError, NothingToIndex
from knowledge.indexing import IndexReport, Stores, index_paths
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.made_documents import describe, write
from tests.knowledge.opened_stores import assert_at_rest, index, search

RULES = """# Customs rules

## Article 1

The importer declares goods to customs.

## Article 2

Fees are low.
"""
VISAS = "# Visa rules\n\nSpecialists are issued visas for five years.\n"


def report(added: int = 0, changed: int = 0, removed: int = 0, unchanged: int = 0) -> IndexReport:
    return IndexReport(added, changed, removed, unchanged, failed=())


def no_progress(_done: int, _total: int) -> None:
    pass


def found(stores: Stores, question: str) -> list[str]:
    """The words of every passage that holds a word of the question."""
    return [r.passage.text for r in search(stores)(question, limit=50) if "keywords" in r.found_by]


def test_new_files_go_into_the_library_and_both_indexes(stores: Stores, documents: Path) -> None:
    rules, visas = write(documents / "rules.md", RULES), write(documents / "sub" / "visas.txt", VISAS)
    assert index(stores, documents) == report(added=2)
    assert assert_at_rest(stores) == {str(rules): RULES, str(visas): VISAS}
    (hit,) = search(stores)("importer declares", limit=1)
    assert hit.passage.document.title == "Customs rules"
    assert hit.passage.section.heading_path == ("Article 1",)
    assert "The importer declares goods to customs." in hit.passage.text
    assert hit.found_by == {"keywords", "meaning"}


def test_unchanged_files_cost_no_embedding(
    stores: Stores, documents: Path, embedder: BagOfTermsEmbedder
) -> None:
    write(documents / "rules.md", RULES)
    index(stores, documents)
    embedded = len(embedder.embedded)
    os.utime(documents / "rules.md", (1, 1))  # the content counts, not the time
    assert index(stores, documents) == report(unchanged=1)
    assert len(embedder.embedded) == embedded


def test_a_changed_file_is_replaced_and_only_new_words_are_embedded(
    stores: Stores, documents: Path, embedder: BagOfTermsEmbedder
) -> None:
    rules = write(documents / "rules.md", RULES)
    visas = write(documents / "visas.txt", VISAS)
    index(stores, documents)
    del embedder.embedded[:]
    write(rules, RULES.replace("low", "high"))
    assert index(stores, documents) == report(changed=1, unchanged=1)
    assert assert_at_rest(stores) == {str(rules): RULES.replace("low", "high"), str(visas): VISAS}
    assert found(stores, "low") == []
    assert len(found(stores, "high")) == 1
    assert embedder.embedded
    assert all("high" in text for text in embedder.embedded)


def test_files_that_are_gone_leave(stores: Stores, documents: Path) -> None:
    rules, visas = write(documents / "rules.md", RULES), write(documents / "visas.txt", VISAS)
    index(stores, documents)
    rules.unlink()
    assert index(stores, documents) == report(removed=1, unchanged=1)
    assert assert_at_rest(stores) == {str(visas): VISAS}
    assert found(stores, "importer") == []


def test_only_what_was_looked_for_can_be_gone(stores: Stores, documents: Path) -> None:
    for folder in ("one", "two"):
        write(documents / folder / "a.md", f"# Of {folder}\n\nWords of {folder}.\n")
        write(documents / folder / "b.md", f"# Else\n\nOther words of {folder}.\n")
    index(stores, documents)
    for folder in ("one", "two"):
        (documents / folder / "a.md").unlink()
    assert index(stores, documents / "one" / "b.md") == report(unchanged=1)
    assert index(stores, documents / "one") == report(removed=1, unchanged=1)
    assert set(assert_at_rest(stores)) == {
        str(documents / path) for path in ("one/b.md", "two/a.md", "two/b.md")
    }


def test_a_folder_or_a_file_that_is_gone_as_a_whole_leaves_when_it_is_named(
    stores: Stores, documents: Path
) -> None:
    write(documents / "folder" / "rules.md", RULES)
    file = write(documents / "visas.txt", VISAS)
    index(stores, documents)
    (documents / "folder" / "rules.md").unlink()
    (documents / "folder").rmdir()
    assert index_paths([documents / "folder"], stores, no_progress, all_gone=True) == report(removed=1)
    file.unlink()
    assert index(stores, file) == report(removed=1)
    assert assert_at_rest(stores) == {}
    with pytest.raises(NothingToIndex, match=r"no file or folder .*visas\.txt"):
        index(stores, file)


@pytest.mark.parametrize("emptied", ["folder", "gone"])
def test_a_folder_from_which_every_document_is_gone_is_asked_about(
    stores: Stores, documents: Path, emptied: str
) -> None:
    rules = write(documents / "folder" / "rules.md", RULES)
    visas = write(documents / "folder" / "visas.txt", VISAS)
    index(stores, documents)
    rules.rename(documents / "rules.md")
    visas.rename(documents / "visas.txt")
    if emptied == "gone":
        (documents / "folder").rmdir()
    with pytest.raises(NothingToIndex, match=r"2 documents were .*folder before and .*mounted.*index --gone"):
        index(stores, documents / "folder")
    assert assert_at_rest(stores) == {str(rules): RULES, str(visas): VISAS}
    assert index_paths([documents / "folder"], stores, no_progress, all_gone=True) == report(removed=2)
    assert assert_at_rest(stores) == {}


def test_a_folder_that_was_emptied_inside_a_named_one_that_was_not_is_no_question(
    stores: Stores, documents: Path
) -> None:
    write(documents / "folder" / "rules.md", RULES)
    visas = write(documents / "visas.txt", VISAS)
    index(stores, documents)
    (documents / "folder" / "rules.md").unlink()
    assert index(stores, documents) == report(removed=1, unchanged=1)
    assert assert_at_rest(stores) == {str(visas): VISAS}


def test_files_may_move_in_a_ring_and_apart(
    stores: Stores, documents: Path, embedder: BagOfTermsEmbedder
) -> None:
    one, two = write(documents / "1.md", RULES), write(documents / "2.md", VISAS)
    index(stores, documents)
    embedded = len(embedder.embedded)
    one.rename(documents / "3.md")
    two.rename(one)
    done = index(stores, documents)
    assert (done.changed, done.added, done.removed, done.moved) == (1, 1, 1, ())  # 1.md only has new content
    assert len(embedder.embedded) == embedded
    assert assert_at_rest(stores) == {str(one): VISAS, str(documents / "3.md"): RULES}


def test_a_renamed_file_costs_no_embedding(
    stores: Stores, documents: Path, embedder: BagOfTermsEmbedder
) -> None:
    rules = write(documents / "rules.md", RULES)
    index(stores, documents)
    embedded = len(embedder.embedded)
    renamed = rules.rename(documents / "renamed.md")
    assert index(stores, documents) == replace(report(), moved=((str(rules), str(renamed)),))
    assert len(embedder.embedded) == embedded
    assert assert_at_rest(stores) == {str(renamed): RULES}
    assert stores.library.documents()[0].path == str(renamed)


def test_one_text_in_two_files_is_kept_once_and_stays_while_one_is_left(
    stores: Stores, documents: Path
) -> None:
    first, second = write(documents / "1.md", RULES), write(documents / "2.md", RULES)
    repeated = ((str(second), str(first)),)
    assert index(stores, documents) == replace(report(added=2), repeated=repeated)
    assert assert_at_rest(stores) == {str(first): RULES, str(second): RULES}
    assert len(stores.library.documents()) == 1
    assert len(found(stores, "importer")) == 1
    third = write(documents / "3.md", RULES)  # arrives when the text is there already
    repeated = ((str(third), str(first)),)
    assert index(stores, documents) == replace(report(added=1, unchanged=2), repeated=repeated)
    first.unlink()
    third.unlink()
    assert index(stores, documents) == report(removed=2, unchanged=1)
    assert assert_at_rest(stores) == {str(second): RULES}
    write(second, VISAS)
    assert index(stores, documents) == report(changed=1)
    assert assert_at_rest(stores) == {str(second): VISAS}
    assert found(stores, "importer") == []


def test_two_files_may_swap_their_contents(stores: Stores, documents: Path) -> None:
    one, two = write(documents / "1.md", RULES), write(documents / "2.md", VISAS)
    index(stores, documents)
    write(one, VISAS)
    write(two, RULES)
    assert index(stores, documents) == report(changed=2)
    assert assert_at_rest(stores) == {str(one): VISAS, str(two): RULES}


def test_of_two_paths_one_may_hold_the_other(stores: Stores, documents: Path) -> None:
    write(documents / "sub" / "rules.md", RULES)
    assert index(stores, documents, documents / "sub", documents / "sub" / "rules.md") == report(added=1)
    assert index(stores, documents / "sub", documents) == report(unchanged=1)
    assert len(assert_at_rest(stores)) == 1


def test_a_changed_catalogue_changes_the_facts(
    stores: Stores, documents: Path, embedder: BagOfTermsEmbedder
) -> None:
    rules = write(documents / "rules.md", RULES)
    index(stores, documents)
    describe(documents, **{"rules.md": "Customs rules"})
    catalog = documents / "catalog.toml"
    catalog.write_text(catalog.read_text() + 'issuer = "Council"\ndate = "2021-04"\n')
    embedded = len(embedder.embedded)
    assert index(stores, documents) == report(changed=1)
    assert assert_at_rest(stores) == {str(rules): RULES}
    (document,) = stores.library.documents()
    assert (document.facts.issuer, document.facts.date) == ("Council", "2021-04")
    assert len(embedder.embedded) == embedded  # the words for search are the same
    describe(documents, **{"rules.md": "Another title"})
    assert index(stores, documents) == report(changed=1)
    assert [document.title for document in stores.library.documents()] == ["Another title"]
    assert len(found(stores, "another")) == len(stores.library.passages_of(stores.library.documents()[0].id))


@pytest.mark.parametrize(
    ("prepare", "error", "message"),
    [
        (lambda folder: folder / "nowhere", NothingToIndex, "no file or folder"),
        (lambda folder: write(folder / "a.odt"), NothingToIndex, "is no document"),
        (lambda folder: write(folder / "b" / "x.odt").parent, NothingToIndex, "no document in"),
        (
            lambda folder: write(write(folder / "c" / "x.md").with_name("catalog.toml"), "?").parent,
            CatalogError,
            "toml is not TOML",
        ),
    ],
)
def test_a_mistaken_path_is_named_before_anything_is_changed(
    stores: Stores,
    documents: Path,
    prepare: Callable[[Path], Path],
    error: type[KnowledgeError],
    message: str,
) -> None:
    rules = write(documents / "good" / "rules.md", RULES)
    index(stores, documents / "good")
    write(rules, VISAS)
    with pytest.raises(error, match=message):
        index(stores, documents / "good", prepare(documents))
    assert assert_at_rest(stores) == {str(rules): RULES}


def test_progress_goes_up_to_the_number_of_passages(stores: Stores, documents: Path) -> None:
    for number in range(300):
        write(documents / f"{number}.txt", f"Words number {number}.")
    shown: list[tuple[int, int]] = []
    index_paths([documents], stores, lambda done, total: shown.append((done, total)))
    assert shown == [(256, 300), (300, 300)]
    assert len(assert_at_rest(stores)) == 300


def test_a_document_larger_than_a_batch_is_found_whole(stores: Stores, documents: Path) -> None:
    text = "\n\n".join(f"# Part {number}\n\nWords of part number {number}." for number in range(600))
    write(documents / "large.md", text)
    index(stores, documents)
    assert stores.library.passage_count() == 600
    assert_at_rest(stores)


def test_other_parameters_are_refused_with_the_command_that_re_indexes(
    stores: Stores, documents: Path
) -> None:
    rules = write(documents / "rules.md", RULES)
    index(stores, documents)
    for name in ("embedder", "cutting"):
        right = stores.library.recorded(name)
        assert right is not None
        stores.library.record({name: "of another version"})
        with pytest.raises(
            IndexMismatch, match=rf"with {name} of another version, .*policy-assistant index --rebuild"
        ):
            index(stores, documents)
        stores.library.record({name: right})
    assert assert_at_rest(stores) == {str(rules): RULES}


def test_an_index_that_has_lost_passages_is_named(stores: Stores, documents: Path) -> None:
    write(documents / "rules.md", RULES)
    index(stores, documents)
    stores.keyword_index.replace([], gone=stores.library.in_state("current"))
    with pytest.raises(IndexDamaged, match=r"keyword index holds 0 of .* policy-assistant index --rebuild"):
        index(stores, documents)
