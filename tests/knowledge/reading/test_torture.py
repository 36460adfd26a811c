"""Files made to break a parser, each minutes of work for one without bounds; `make torture` runs them."""

import os
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from knowledge.errors import UnreadableFile
from knowledge.reading import FileReader
from tests.knowledge.reading.made_pdf import pdf, text_at

pytestmark = pytest.mark.torture

MOST_SECONDS = 60
MOST_MEGABYTES_OF_THE_PARSER = 512
MOST_MEGABYTES_OF_THE_PARENT = 50


@pytest.fixture
def reader() -> Iterator[FileReader]:
    with FileReader() as reader:
        yield reader


def megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def most_megabytes_of(reader: FileReader) -> float:
    """The most memory that the parsing process has held; 0 when it has ended."""
    process = reader._process._process
    if process is None:
        return 0
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1e3


def packed(chunk: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(chunk) for _ in range(times)) + packer.flush()


def flate_bomb() -> bytes:
    return pdf([], packed=[packed(b"0 0 m " * 1_000_000, 100)])  # 600 MB of operators


def operators() -> bytes:
    return pdf([], packed=[packed(b"0 0 m 1 1 l S\n" * 1_000, 500)])  # 1.5 million


def letters() -> bytes:
    words = "".join(text_at(at % 500, at // 500, "x") for at in range(400_000))
    return pdf([words])


def laughs() -> bytes:
    entities = "".join(
        f'<!ENTITY {name} "{f"&{former};" * 10}">'
        for former, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    return f'<!DOCTYPE l [<!ENTITY a "ha">{entities}]><l>&j;</l>'.encode()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("flate.pdf", flate_bomb),
        ("operators.pdf", operators),
        ("letters.pdf", letters),
        ("laughs.xml", laughs),
        ("deep.xml", lambda: b"<a>" * 2_000_000 + b"</a>" * 2_000_000),
        ("deep.html", lambda: b"<div>" * 200_000 + b"deep"),
        ("wide.html", lambda: b"<p>x" * 5_000_000),
        ("spans.html", lambda: b"<p>" + b"<b>x</b>" * 2_000_000),
        ("styles.html", lambda: b"<style>" + b"a{" * 100_000 + b"</style><p>x"),
        ("columns.csv", lambda: b"," * 19_000_000),
        ("quotes.csv", lambda: b'"' + b"x\n" * 9_000_000),
        ("wide.xml", lambda: b"<a>" + b"<p>x</p>" * 2_000_000 + b"</a>"),
    ],
)
def test_a_bomb_is_read_or_refused_within_bounds(
    name: str, make: Callable[[], bytes], reader: FileReader, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    before, start = megabytes(), time.perf_counter()
    try:
        outcome = f"{len(reader.read(path).text)} characters"
    except UnreadableFile as error:
        outcome = str(error).removeprefix(str(path))
        assert outcome.endswith(".")
    took, grown = time.perf_counter() - start, megabytes() - before
    print(f"{name}: {took:.1f} s, parent +{grown:.0f} MB: {outcome}")  # noqa: T201 (the figures)
    assert took < MOST_SECONDS
    assert grown < MOST_MEGABYTES_OF_THE_PARENT
    assert most_megabytes_of(reader) < MOST_MEGABYTES_OF_THE_PARSER
    (tmp_path / "good.csv").write_text("Good.")
    assert reader.read(tmp_path / "good.csv").text == "Good."


def test_ten_thousand_pages_are_read(reader: FileReader, tmp_path: Path) -> None:
    """Within the 90 seconds that a PDF is given."""
    path = tmp_path / "pages.pdf"
    path.write_bytes(
        pdf(
            [
                "".join(
                    text_at(72, 760 - 14 * line, f"Line {line} of {page * page} words.") for line in range(12)
                )
                for page in range(10_000)
            ]
        )
    )
    start = time.perf_counter()
    read = reader.read(path)
    print(f"10,000 pages: {time.perf_counter() - start:.0f} s")  # noqa: T201 (the figure)
    assert len(read.layout.pages) == 10_000
    assert read.text[read.layout.pages[9_999] :].startswith(f"Line 0 of {9_999 * 9_999} words.")


def test_a_text_of_a_gigabyte_is_refused_at_once(reader: FileReader, tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    start = time.perf_counter()
    with pytest.raises(UnreadableFile, match="split it"):
        reader.read(path)
    assert time.perf_counter() - start < 1
