"""The parsing process: bounded in memory and time, and none of its ends costs the next file anything."""

import io
import os
import time
import zipfile
import zlib
from pathlib import Path

import pytest

from knowledge.errors import UnreadableFile
from knowledge.reading import FileReader
from knowledge.reading.process import ParsingProcess
from tests.knowledge.reading.made_pdf import pdf, text_at

GOOD = pdf([text_at(72, 700, "A good page.")])


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def refusal(reader: FileReader, path: Path) -> str:
    with pytest.raises(UnreadableFile, match=rf"{path.name}.*: .*\.$") as caught:
        reader.read(path)
    return str(caught.value)


def test_one_process_reads_file_after_file(tmp_path: Path) -> None:
    with FileReader() as reader:
        for number in range(5):
            read = reader.read(write(tmp_path / f"{number}.pdf", GOOD))
            assert (read.text, read.layout.pages) == ("A good page.", (0,))
        start = time.perf_counter()
        reader.read(tmp_path / "0.pdf")
        assert time.perf_counter() - start < 0.5


def test_a_file_that_takes_too_long_is_named_and_the_next_one_is_read(tmp_path: Path) -> None:
    slow = write(tmp_path / "slow.html", b"<p>x</p>" * 300_000)
    with ParsingProcess() as process:
        start = time.perf_counter()
        with pytest.raises(UnreadableFile, match=r"^slow takes more than 1 seconds to read: .*\.$"):
            process.ask("file", slow, name="slow", suffix=".html", seconds=1)
        assert time.perf_counter() - start < 3
        answer = process.ask("file", write(tmp_path / "good.pdf", GOOD), name="good", suffix=".pdf")
        assert answer["text"] == "A good page."


def test_a_stream_that_fills_memory_is_named_and_the_next_file_is_read(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m " * 1_000_000) for _ in range(100)) + packer.flush()  # 600 MB
    with FileReader() as reader:
        before = megabytes()
        start = time.perf_counter()
        assert "memory" in refusal(reader, write(tmp_path / "bomb.pdf", pdf([], packed=[packed])))
        assert time.perf_counter() - start < 20
        assert megabytes() - before < 50
        assert reader.read(write(tmp_path / "good.pdf", GOOD)).text == "A good page."


def test_a_word_document_that_expands_to_300_megabytes_is_refused_within_a_second(tmp_path: Path) -> None:
    data = io.BytesIO()
    with (
        zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(b"<w:p/>  " * 125_000)
    with FileReader() as reader:
        reader.read(write(tmp_path / "good.pdf", GOOD))
        start = time.perf_counter()
        assert "expands to 300 MB" in refusal(reader, write(tmp_path / "bomb.docx", data.getvalue()))
        assert time.perf_counter() - start < 1


def test_no_process_is_left(tmp_path: Path) -> None:
    with FileReader() as reader:
        reader.read(write(tmp_path / "good.pdf", GOOD))
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        assert children
    assert not set(children) & set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())
