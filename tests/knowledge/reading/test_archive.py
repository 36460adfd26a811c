import io
import zipfile
from pathlib import Path

import pytest

from knowledge.errors import UnreadableFile
from knowledge.reading import ArchiveMember, FileReader
from knowledge.reading.archive import MOST_MEMBERS, Archive
from tests.knowledge.reading.made_pdf import pdf, text_at


def zipped(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.txt", "a.txt"),
        ("folder/a.txt", "folder/a.txt"),
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\windows\\a.txt", "windows/a.txt"),
        ("a\nb\x1b.txt", "a_b_.txt"),
        ("./a//b.txt", "a/b.txt"),
        ("关税/法.txt", "关税/法.txt"),
    ],
)
def test_a_members_path_is_harmless(name: str, path: str) -> None:
    assert [member.path for member in Archive(zipped((name, b"x")), "a.zip").members] == [path]


def test_names_of_chinese_programs_are_read() -> None:
    data = zipped(("xxxx.txt", b"x")).replace(b"xxxx", "关税".encode("gb18030"))
    assert [member.path for member in Archive(data, "a.zip").members] == ["关税.txt"]


def test_folders_and_hidden_files_are_no_members_and_twins_get_names_of_their_own() -> None:
    names = [".hidden.txt", "__MACOSX/a.txt", "f/", "a.txt", "./a.txt", "x/../a.txt"]
    members = Archive(zipped(*((name, b"x") for name in names)), "a.zip").members
    assert [member.path for member in members] == ["a.txt", "a (2).txt", "x/a.txt"]


def outcome(reader: FileReader, member: ArchiveMember) -> str:
    """The words of a member, or why it was not read."""
    try:
        return reader.read_member(member).text
    except UnreadableFile as error:
        return str(error).removeprefix(f"{member.path} ")


def test_members_are_read_and_a_bad_one_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "laws.zip"
    contents = {
        "a.txt": b"Text.",
        "b.pdf": b"no PDF",
        "c/c.pdf": pdf([text_at(72, 700, "A page.")]),
        "d.zip": zipped(("a.txt", b"x")),
        "e.txt": bytes(2_000_000),
    }
    path.write_bytes(zipped(*contents.items()))
    with FileReader() as reader:
        outcomes = {member.path: outcome(reader, member) for member in reader.members(path)}
    assert list(outcomes) == [f"{path}/{name}" for name in contents]
    text, damaged, page, nested, bomb = outcomes.values()
    assert (text, page) == ("Text.", "A page.")
    assert damaged.startswith("is damaged or no PDF")
    assert nested == "is an archive in an archive, which is not opened: unpack it."
    assert bomb.startswith("expands to more than 200 times its size")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no archive", "damaged"),
        (zipped(*((f"{number}.txt", b"x") for number in range(MOST_MEMBERS + 1))), "2001 files"),
    ],
)
def test_an_archive_that_cannot_be_opened_is_named(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"^a\.zip .*{reason}.*: .*\.$"):
        Archive(data, "a.zip")
