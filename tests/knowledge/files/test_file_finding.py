import os
from pathlib import Path

import pytest

from knowledge.errors import CatalogError, NothingToIndex
from knowledge.files.file_finding import FoundFiles, find_files
from tests.knowledge.made_documents import describe, write
from tests.knowledge.ordinary_user import ordinary_user_folder


def names(found: FoundFiles, folder: Path) -> list[str]:
    return [file.path.relative_to(folder).as_posix() for file in found.files]


def titles(found: FoundFiles) -> dict[str, str | None]:
    return {file.path.name: file.facts.title if file.facts else None for file in found.files}


def test_every_readable_file_is_found_once_in_order_and_hidden_ones_are_not(documents: Path) -> None:
    for name in (
        "b.txt",
        "a.MD",
        "sub/deep/c.markdown",
        "d.odt",
        "e",
        ".hidden.txt",
        ".git/f.txt",
        "sub/.x/g.txt",
    ):
        write(documents / name)
    found = find_files([documents])
    assert names(found, documents) == ["a.MD", "b.txt", "sub/deep/c.markdown"]
    assert found.roots == (documents,)
    assert found.closed == ()


def test_a_path_may_be_relative_or_odd(documents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = write(documents / "odd 'name\" #%?*[a]\n文 😀.txt")
    monkeypatch.chdir(documents)
    for path in (Path(), Path("..") / documents.name, Path(odd.name), documents / "." / odd.name):
        assert [file.path for file in find_files([path]).files] == [odd]


def test_hidden_files_and_folders_are_read_when_they_are_named(documents: Path) -> None:
    write(documents / ".notes" / "a.txt")
    write(documents / ".b.txt")
    found = find_files([documents / ".notes", documents / ".b.txt"])
    assert names(found, documents) == [".b.txt", ".notes/a.txt"]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_paths_one_may_hold_the_other(documents: Path, order: int) -> None:
    write(documents / "sub" / "a.txt")
    write(documents / "b.txt")
    paths = [documents, documents / "sub", documents / "sub" / "a.txt", documents][::order]
    assert names(find_files(paths), documents) == ["b.txt", "sub/a.txt"]


def test_a_missing_path_is_named(documents: Path) -> None:
    write(documents / "a.txt")
    for missing in (documents / "no.txt", documents / "a.txt" / "below"):
        with pytest.raises(NothingToIndex, match=rf"no file or folder {missing}.*Nothing was changed"):
            find_files([documents, missing])


def test_a_missing_path_that_led_to_known_files_is_no_mistake(documents: Path) -> None:
    known = [str(documents / "gone" / "a.txt"), str(documents / "b.txt")]
    found = find_files([documents / "gone", documents / "b.txt"], known=known)
    assert found.files == ()
    assert found.gone(known) == known


def test_a_folder_without_documents_is_named_with_the_formats(documents: Path) -> None:
    write(documents / "one" / "a.txt")
    write(documents / "two" / "a.odt")
    with pytest.raises(
        NothingToIndex, match=r"no document in .*two; .* ending in \.txt, \.md.*Nothing was changed"
    ):
        find_files([documents / "one", documents / "two"])
    known = [str(documents / "two" / "gone.txt")]
    assert find_files([documents / "two"], known=known).gone(known) == known


def test_a_file_of_another_format_is_named_with_the_formats(documents: Path) -> None:
    with pytest.raises(NothingToIndex, match=r"a\.odt is no document; .* ending in \.txt, \.md"):
        find_files([write(documents / "a.odt")])


def test_what_is_neither_a_file_nor_a_folder_is_passed_over_or_named(documents: Path) -> None:
    os.mkfifo(documents / "pipe.txt")
    (documents / "folder.txt").mkdir()
    write(documents / "folder.txt" / "a.txt")
    assert names(find_files([documents]), documents) == ["folder.txt/a.txt"]
    with pytest.raises(NothingToIndex, match=r"pipe\.txt is no document"):
        find_files([documents / "pipe.txt"])


@pytest.mark.parametrize("name", ["a\0b.txt", "x" * 300 + ".txt"])
def test_a_name_that_is_not_possible_is_named(documents: Path, name: str) -> None:
    with pytest.raises(NothingToIndex, match=r"cannot be opened .* check the path"):
        find_files([documents / name])


def test_gone_are_the_known_files_that_were_looked_for_and_are_not_there(documents: Path) -> None:
    there = write(documents / "in" / "there.txt")
    write(documents / "in" / "sub" / "other.txt")
    known = {
        str(there),
        str(documents / "in" / "gone.txt"),
        str(documents / "in" / "sub" / "gone.txt"),
        str(documents / "beside" / "not looked for.txt"),
        str(documents / "inside.txt"),  # only begins with the same letters
    }
    gone = {str(documents / "in" / "gone.txt"), str(documents / "in" / "sub" / "gone.txt")}
    assert set(find_files([documents / "in"]).gone(known)) == gone
    assert find_files([there]).gone(known) == []


class TestLinks:
    def test_a_folder_that_is_named_by_a_link_is_followed(self, documents: Path, tmp_path: Path) -> None:
        write(documents / "a.txt")
        (tmp_path / "link").symlink_to(documents)
        assert names(find_files([tmp_path / "link", documents]), documents) == ["a.txt"]

    def test_links_to_folders_inside_are_not_followed(self, documents: Path, tmp_path: Path) -> None:
        write(tmp_path / "elsewhere" / "a.txt")
        (documents / "link").symlink_to(tmp_path / "elsewhere")
        (documents / "circle").symlink_to(documents)
        write(documents / "b.txt")
        assert names(find_files([documents]), documents) == ["b.txt"]

    def test_a_link_to_a_file_is_a_file_of_its_own_name(self, documents: Path, tmp_path: Path) -> None:
        write(tmp_path / "elsewhere" / "a.txt")
        link = documents / "link.md"
        link.symlink_to(tmp_path / "elsewhere" / "a.txt")
        assert [file.path for file in find_files([documents]).files] == [link]
        assert [file.path for file in find_files([link]).files] == [link]

    def test_a_link_that_leads_nowhere_is_gone(self, documents: Path) -> None:
        (documents / "broken.txt").symlink_to(documents / "nothing")
        (documents / "circle.txt").symlink_to(documents / "circle.txt")
        known = [str(documents / "broken.txt")]
        found = find_files([documents], known=known)
        assert found.files == ()
        assert found.gone(known) == known
        for link in ("broken.txt", "circle.txt"):
            with pytest.raises(NothingToIndex, match=link):
                find_files([documents / link])


class TestRights:
    def test_a_folder_that_may_not_be_listed_is_told_apart_from_an_empty_one(self) -> None:
        with ordinary_user_folder() as folder:
            write(folder / "a.txt")
            write(folder / "closed" / "b.txt")
            (folder / "closed").chmod(0)
            found = find_files([folder])
            assert names(found, folder) == ["a.txt"]
            assert found.closed == (folder / "closed",)
            assert found.gone([str(folder / "closed" / "b.txt"), str(folder / "c.txt")]) == [
                str(folder / "c.txt")
            ]
            assert find_files([folder / "closed"]).closed == (folder / "closed",)

    def test_a_folder_that_may_be_listed_but_not_entered_is_as_closed(self) -> None:
        with ordinary_user_folder() as folder:
            for name in ("a.txt", "b.txt"):
                write(folder / "listed" / name)
            (folder / "listed").chmod(0o400)
            found = find_files([folder, folder / "listed"])
            assert (found.files, found.closed) == ((), (folder / "listed",))
            assert found.gone([str(folder / "listed" / "a.txt")]) == []

    def test_a_named_path_behind_a_closed_door_is_named(self) -> None:
        with ordinary_user_folder() as folder:
            write(folder / "closed" / "a.txt")
            (folder / "closed").chmod(0)
            with pytest.raises(NothingToIndex, match=r"a\.txt cannot be opened \(Permission denied\)"):
                find_files([folder / "closed" / "a.txt"])


class TestCatalogues:
    def test_facts_come_from_the_folders_own_catalogue(self, documents: Path) -> None:
        for name in ("a.txt", "b.txt"):
            write(documents / name)
        describe(documents, **{"a.txt": "Described"})
        assert titles(find_files([documents])) == {"a.txt": "Described", "b.txt": None}
        assert titles(find_files([documents / "a.txt"])) == {"a.txt": "Described"}

    def test_the_nearest_catalogue_that_describes_a_file_counts(self, documents: Path) -> None:
        for name in ("a.txt", "b.txt", "c.txt"):
            write(documents / "sub" / name)
        describe(documents, **{"sub/a.txt": "From above", "sub/b.txt": "From above"})
        describe(documents / "sub", **{"b.txt": "From beside"})
        expected = {"a.txt": "From above", "b.txt": "From beside", "c.txt": None}
        assert titles(find_files([documents])) == expected
        assert titles(find_files([documents / "sub", documents])) == expected
        assert titles(find_files([documents, documents / "sub"])) == expected

    def test_a_catalogue_above_the_named_folder_is_not_looked_at(self, documents: Path) -> None:
        write(documents / "sub" / "a.txt")
        write(documents / "catalog.toml", "of another program")
        assert titles(find_files([documents / "sub"])) == {"a.txt": None}

    def test_a_catalogue_that_cannot_be_understood_is_an_error(self, documents: Path) -> None:
        write(documents / "a.txt")
        write(documents / "catalog.toml", "[[document]]\nname = 1")
        with pytest.raises(CatalogError):
            find_files([documents])
