"""Damaged, encrypted, looping and expanding files among good ones, read in one run."""

import os
import time
from pathlib import Path

import pytest

from knowledge.files.document_reading import Unread, read_documents
from knowledge.files.file_finding import find_files
from knowledge.reading import FileReader
from tests.knowledge.reading.made_pdf import pdf, text_at
from tests.knowledge.test_public_laws import PUBLIC_DATA

HOSTILE = PUBLIC_DATA / "hostile_files"
GOOD = 50

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(
        not HOSTILE.is_dir(), reason=f"no hostile_files in {PUBLIC_DATA}; set POLICY_ASSISTANT_PUBLIC_DATA"
    ),
]


def megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def test_every_file_is_read_or_refused_with_a_reason_and_no_good_one_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = {tmp_path / f"{number}.pdf" for number in range(GOOD // 2)}
    good |= {tmp_path / f"{number}.html" for number in range(GOOD // 2)}
    for path in good:
        words = f"Good words of {path.name}."
        path.write_bytes(pdf([text_at(72, 700, words)]) if path.suffix == ".pdf" else f"<p>{words}".encode())
    took: dict[str, float] = {}
    read = FileReader.read

    def timed(reader: FileReader, path: Path) -> object:
        start = time.perf_counter()
        try:
            return read(reader, path)
        finally:
            took[str(path)] = time.perf_counter() - start

    monkeypatch.setattr(FileReader, "read", timed)
    found = find_files([HOSTILE, tmp_path])
    # Good and hostile files take turns: what one leaves behind would show in the next.
    files = sorted(found.files, key=lambda file: file.path.name[::-1])
    unread = Unread()
    before = megabytes()

    documents = {document.path: document for document in read_documents(files, unread)}

    assert len(files) == len(documents) + len(unread.failed)
    assert len(files) >= 150 + GOOD
    assert {str(path) for path in good} <= documents.keys()
    for path in good:
        assert documents[str(path)].text == f"Good words of {path.name}."
    for sentence in unread.failed.values():
        assert sentence.startswith(str(HOSTILE)), sentence
        assert ": " in sentence, sentence
        assert sentence.endswith("."), sentence
    assert max(took.values()) < 20, max(took, key=lambda path: took[path])
    assert megabytes() - before < 50


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("pypdf/r6-user-password.pdf", "encrypted"),
        ("apache-poi/bug53475-password-is-pass.docx", "encrypted"),
        ("apache-poi/truncated62886.docx", "damaged"),
        ("apache-poi/poc-xmlbomb.xlsx", "DTD"),
        ("generated/laughs.docx", "DTD"),
        ("generated/xxe.docx", "DTD"),
        ("generated/deep.docx", "expands"),
        ("generated/bomb2.pdf", "memory"),
        ("py-pdf-sample-files/grayscale-image.pdf", r"no text found \(scanned\?\)"),
    ],
)
def test_the_reason_is_the_right_one(name: str, reason: str) -> None:
    from knowledge.errors import UnreadableFile

    with FileReader() as reader, pytest.raises(UnreadableFile, match=reason):
        reader.read(HOSTILE / name)
