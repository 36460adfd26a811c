"""One short rule book written as txt, md, html, docx and pdf, each read as indexing reads it."""

from pathlib import Path

import docx

from knowledge.files.document_reading import read_document
from knowledge.files.file_finding import FoundFile
from knowledge.policy import DocumentFacts, Section
from knowledge.sectioning import split_sections
from tests.knowledge.reading.made_pdf import pdf, text_at

FORMATS = ("txt", "md", "html", "docx", "pdf")
HEADING = "Article 2"
FEES = "Exporters of cloud services pay a fee of {fee} yuan a year."
WAIVER = "The fee of {fee} yuan is waived for firms of fewer than ten people & for <new> firms."
LAST = "Article 3"
REFERS = "Firms under Article 2 file their accounts by the end of March."


def sections_of_files(folder: Path) -> dict[str, list[Section]]:
    """The sections of each file by its format; titles, issuers and days tell them apart."""
    writers = {"txt": _text, "md": _markdown, "html": _html, "docx": _docx, "pdf": _pdf}
    found = {}
    for number, format_ in enumerate(FORMATS):
        path = folder / f"fees.{format_}"
        path.write_bytes(writers[format_](number, path))
        facts = DocumentFacts(
            title=f"Fees as {format_.upper()}",
            issuer="Ministry of Commerce" if number % 2 else "State Council",
            kind="Rules" if number % 2 else "Measures",
            level="ministry rule" if number % 2 else "regulation",
            date=f"202{number}-05-01",
            number=f"Order {number + 1}",
            language="en",
        )
        found[format_] = list(split_sections(read_document(FoundFile(path, facts))))
    return found


def quotes_of(format_: str) -> list[str]:
    """What an answer quotes of the file of that format; HTML and PDF hold one sentence a paragraph."""
    return _lines(FORMATS.index(format_))[1:3]


def _lines(number: int) -> list[str]:
    fee = 1_000 + number
    return [HEADING, FEES.format(fee=fee), WAIVER.format(fee=fee), LAST, REFERS]


def _text(number: int, path: Path) -> bytes:
    return ("\n\n".join(_lines(number)) + "\n").encode()


def _markdown(number: int, path: Path) -> bytes:
    lines = [f"## {line}" if line in (HEADING, LAST) else line for line in _lines(number)]
    return ("\n\n".join(lines) + "\n").encode()


def _html(number: int, path: Path) -> bytes:
    from html import escape

    body = "".join(f"<p>{escape(line)}</p>" for line in _lines(number))
    return f"<!doctype html><html><head><title>Fees</title></head><body>{body}</body></html>".encode()


def _docx(number: int, path: Path) -> bytes:
    written = docx.Document()
    for line in _lines(number):
        written.add_paragraph(line)
    written.save(str(path))
    return path.read_bytes()


def _pdf(number: int, path: Path) -> bytes:
    top = [text_at(72, 760 - 30 * at, line, size=9) for at, line in enumerate(_lines(number)[:3])]
    rest = [text_at(72, 760 - 30 * at, line, size=9) for at, line in enumerate(_lines(number)[3:])]
    return pdf(["".join(top), "".join(rest)])
