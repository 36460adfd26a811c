"""Files that people send: bytes under their sha256, names that are words, documents like indexed ones."""

import io
import zipfile
from pathlib import Path

import pytest

from knowledge.errors import UnreadableFile
from knowledge.files.uploads import LARGEST_UPLOAD, UnreadUpload, Uploads, plain_name, read_upload
from knowledge.policy import Document
from knowledge.reading import FileReader

TRAVERSALS = [
    "../../etc/passwd.txt", "..\\..\\windows\\win.ini", "/etc/shadow", "C:\\laws\\x.md", "a/../../b.txt",
    "....//....//x.txt", "%2e%2e%2fx.txt", "..", ".", "", "\x00.txt", "a\nb.txt", "~/.ssh/id_rsa", "‮txt.exe",
    "x" * 400 + ".pdf", "CON", "a:b.txt", "upload:aa/b.txt",
]  # fmt: skip


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "home" / "uploads")


def zipped(**members: str) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    data.seek(0)
    return data


def read(uploads: Uploads, name: str, data: io.BytesIO) -> list[Document | UnreadUpload]:
    with FileReader() as reader:
        return list(read_upload(uploads.keep(name, data), uploads, reader))


@pytest.mark.parametrize("name", TRAVERSALS)
def test_a_name_never_becomes_a_path(uploads: Uploads, tmp_path: Path, name: str) -> None:
    upload = uploads.keep(name, io.BytesIO(b"The fee is 20 yuan."))

    (stored,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert stored == uploads.file_of(upload.path) == tmp_path / "home" / "uploads" / upload.sha256
    assert "/" not in upload.name
    assert upload.name.isprintable()
    assert 1 <= len(upload.name) <= 120


def test_a_document_is_read_under_the_name_that_was_sent(uploads: Uploads) -> None:
    (document,) = read(uploads, "fees.md", io.BytesIO(b"# Fees\n\nThe fee is 20 yuan.\n"))

    assert isinstance(document, Document)
    assert document.path == f"upload:{document.sha256}/fees.md"
    assert document.title == "Fees"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("fees.exe", b"MZ", "fees.exe is not of a known format"),
        ("fees.txt", b"", "fees.txt"),
        ("fees.pdf", b"no pdf", "fees.pdf"),
        ("fees.zip", b"no archive", "fees.zip"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_name(uploads: Uploads, name: str, data: bytes, told: str) -> None:
    (unread,) = read(uploads, name, io.BytesIO(data))

    assert isinstance(unread, UnreadUpload)
    assert told in unread.told
    assert str(uploads.file_of("upload:" + "0" * 64 + "/x")) not in unread.told


def test_every_file_of_an_archive_is_told_and_none_leaves_it(uploads: Uploads, tmp_path: Path) -> None:
    data = zipped(**{"..__..__evil.txt": "The fee is 20 yuan.", "b.txt": "Visas are free.", "c.bin": "x"})

    one, two, three = read(uploads, "laws.zip", data)

    assert isinstance(one, Document)
    assert one.path.endswith("/laws.zip/evil.txt")
    assert isinstance(two, Document)
    assert isinstance(three, UnreadUpload)
    assert not list(tmp_path.rglob("evil*"))


def test_one_byte_too_many_is_refused_and_leaves_nothing(uploads: Uploads, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="20 MB"):
        uploads.keep("a.txt", io.BytesIO(b"x" * (LARGEST_UPLOAD + 1)))

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_files_to_which_nothing_leads_are_deleted(uploads: Uploads) -> None:
    kept, gone = uploads.keep("a.txt", io.BytesIO(b"a")), uploads.keep("b.txt", io.BytesIO(b"b"))

    assert uploads.drop_all_but([kept.path, "elsewhere.txt"]) == 1

    assert uploads.file_of(kept.path).is_file()  # type: ignore[union-attr]
    assert not uploads.file_of(gone.path).exists()  # type: ignore[union-attr]


def test_a_suffix_is_kept_when_a_name_is_cut() -> None:
    assert plain_name("章" * 300 + ".docx").endswith("章.docx")
