"""A law of some 30 pages as PDF, DOCX and HTML: the same clauses and, up to white space, the same text."""

import html
import os
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import docx
import pytest

from knowledge.files.document_reading import read_document
from knowledge.files.file_finding import FoundFile
from knowledge.policy import Document
from knowledge.sectioning import split_sections
from tests.knowledge.test_public_laws import LAWS, PUBLIC_DATA

CHARACTERS = 28_000  # that fill 30 pages
CHROMIUM = os.environ.get("POLICY_ASSISTANT_CHROMIUM") or shutil.which("chromium")
OFFICE = shutil.which("soffice")
CLAUSE = re.compile(r"第[〇零一二三四五六七八九十百]+条")
# A machine without a Chinese face would print boxes, whose PDF text is not the page's.
FONT = files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"
STYLE = (
    f"@font-face {{ font-family: printed; src: url('{Path(str(FONT)).as_uri()}') }}"
    "body { font: 14pt/1.6 printed } p { margin: 0.4em 0 }"
)

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(
        not LAWS, reason=f"no zh_trade_laws in {PUBLIC_DATA}; set POLICY_ASSISTANT_PUBLIC_DATA"
    ),
]


@pytest.fixture(scope="module")
def law() -> Path:
    """The law whose length is nearest to that of 30 pages."""
    return min(LAWS, key=lambda path: abs(len(path.read_text("utf-8")) - CHARACTERS))


@pytest.fixture(scope="module")
def blocks(law: Path) -> list[tuple[int, str]]:
    """The law's paragraphs as (heading level or 0, words)."""
    found = []
    for line in re.sub("<!--.*?-->", "", law.read_text("utf-8"), flags=re.DOTALL).split("\n"):
        hashes, words = re.fullmatch(r"(?:(#+) )?(.*)", line).groups()  # type: ignore[union-attr]
        if words.strip():
            found.append((len(hashes or ""), words.strip()))
    return found


@pytest.fixture
def web_page(blocks: list[tuple[int, str]], tmp_path: Path) -> Path:
    tags = [(f"h{level}" if level else "p", html.escape(words)) for level, words in blocks]
    body = "\n".join(f"<{tag}>{words}</{tag}>" for tag, words in tags)
    head = f'<meta charset="utf-8"><style>{STYLE}</style>'
    path = tmp_path / "law.html"
    path.write_text(f'<!doctype html><html lang="zh"><head>{head}</head><body>{body}</body></html>', "utf-8")
    return path


@pytest.fixture
def word_document(blocks: list[tuple[int, str]], tmp_path: Path) -> Path:
    document = docx.Document()
    for level, words in blocks:
        if level:
            document.add_heading(words, level)
        else:
            document.add_paragraph(words)
    document.save(str(tmp_path / "law.docx"))
    return tmp_path / "law.docx"


def clauses(document: Document) -> list[tuple[str, str]]:
    """(number, words without white space) of every clause."""
    return [
        (section.heading_path[-1], "".join(section.text.split()))
        for section in split_sections(document)
        if section.heading_path and CLAUSE.match(section.heading_path[-1])
    ]


def assert_same(path: Path, blocks: list[tuple[int, str]], law: Path) -> Document:
    read = read_document(FoundFile(path, None))
    assert "".join(read.text.split()) == "".join("".join(words.split()) for _, words in blocks)
    assert clauses(read) == clauses(read_document(FoundFile(law, None)))
    assert len(clauses(read)) > 50
    return read


def test_the_web_page(web_page: Path, blocks: list[tuple[int, str]], law: Path) -> None:
    document = assert_same(web_page, blocks, law)
    assert [level for _, level in document.layout.headings] == [level for level, _ in blocks if level]


def test_the_word_document(word_document: Path, blocks: list[tuple[int, str]], law: Path) -> None:
    document = assert_same(word_document, blocks, law)
    assert [level for _, level in document.layout.headings] == [level for level, _ in blocks if level]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to print with")
def test_the_web_page_as_a_browser_prints_it(
    web_page: Path, blocks: list[tuple[int, str]], law: Path, tmp_path: Path
) -> None:
    path = tmp_path / "law.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    options += ["--allow-file-access-from-files"]  # for the font
    subprocess.run(
        [str(CHROMIUM), *options, f"--print-to-pdf={path}", web_page.as_uri()],
        check=True,
        capture_output=True,
        timeout=60,
    )
    document = assert_same(path, blocks, law)  # the browser's running head and page numbers are gone
    assert len(document.layout.pages) >= 30
    assert document.layout.pages[0] == 0
    assert document.layout.headings[0] == (0, 1)


@pytest.mark.skipif(OFFICE is None, reason="no LibreOffice to print with")
def test_the_word_document_as_an_office_program_prints_it(
    word_document: Path, blocks: list[tuple[int, str]], law: Path, tmp_path: Path
) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [
            str(OFFICE),
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(word_document),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    document = assert_same(tmp_path / "law.pdf", blocks, law)
    assert document.layout.headings[0] == (0, 1)
