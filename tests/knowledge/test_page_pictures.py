"""Pages of the original: drawn from the file that was read, and never from another one."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from knowledge.files.document_reading import Unread, read_document, read_documents
from knowledge.files.file_finding import FoundFile
from knowledge.page_pictures import PagePicture, PagePictures, has_pages, page_of
from knowledge.policy import Document
from tests.knowledge.made_documents import made_document, write
from tests.knowledge.reading.made_pdf import pdf, text_at

FIRST = text_at(72, 700, "Exporters pay a fee of ten.") + text_at(
    72, 686, "The fee goes, as the ministry has laid down,"
)
SECOND = text_at(72, 750, "on behalf of all firms to the state, which") + text_at(
    72, 736, "gives it back. Exporters pay a fee of ten."
)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    (tmp_path / "fees.pdf").write_bytes(pdf([FIRST, SECOND]))
    return read_document(FoundFile(tmp_path / "fees.pdf", None))


def drawn(document: Document, page: int, quote: tuple[int, int] | None = None) -> PagePicture:
    picture = PagePictures().picture(document, page, quote)
    assert isinstance(picture, PagePicture)
    return picture


def span(document: Document, words: str, *, last: bool = False) -> tuple[int, int]:
    start = document.text.rindex(words) if last else document.text.index(words)
    return start, start + len(words)


def test_a_quote_is_marked_on_its_page_and_on_no_other(document: Document) -> None:
    quote = span(document, "Exporters pay a fee of ten.", last=True)

    assert page_of(document, quote[0]) == 2
    assert len(drawn(document, 2, quote).marked) == 1
    assert drawn(document, 1, quote).marked == ()
    assert drawn(document, 1).marked == ()


def test_a_quote_over_two_pages_is_marked_on_both(document: Document) -> None:
    quote = span(document, "laid down, on behalf")

    assert page_of(document, quote[0]) == 1
    assert [len(drawn(document, page, quote).marked) for page in (1, 2)] == [1, 1]


def test_a_picture_is_kept(document: Document) -> None:
    pictures = PagePictures()

    assert pictures.picture(document, 1, None) is pictures.picture(document, 1, None)


def test_an_original_that_is_gone_or_was_changed_is_not_shown(document: Document) -> None:
    path = Path(document.path)
    pictures = PagePictures()
    path.write_bytes(pdf([SECOND]))
    assert pictures.picture(document, 1, None) == "changed"

    path.unlink()
    assert pictures.picture(document, 1, None) == "gone"


def test_a_page_of_a_pdf_in_an_archive_is_drawn_as_well(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "rules.zip", "w") as archive:
        archive.writestr("2021/fees.pdf", pdf([FIRST, SECOND]))
    file = FoundFile(tmp_path / "rules.zip", None)
    (packed,) = read_documents([file], Unread())

    assert packed.path == str(tmp_path / "rules.zip" / "2021" / "fees.pdf")
    assert len(drawn(packed, 1, span(packed, "Exporters pay")).marked) == 1
    with ZipFile(tmp_path / "rules.zip", "w") as archive:
        archive.writestr("2022/fees.pdf", pdf([SECOND]))
    assert PagePictures().picture(packed, 1, None) == "changed"


def test_a_page_that_cannot_be_drawn_is_said(document: Document) -> None:
    assert PagePictures().picture(document, 3, None) == "failed"


def test_only_a_pdf_has_pages_to_look_at(document: Document, tmp_path: Path) -> None:
    assert has_pages(document)
    assert not has_pages(made_document("Words.", path=str(write(tmp_path / "a.txt"))))
