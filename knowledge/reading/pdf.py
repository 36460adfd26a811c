"""PDF -> its text layer in reading order, with the places where its pages begin."""

import pypdfium2 as pdfium
import pypdfium2.raw as c_api

from knowledge.errors import UnreadableFile
from knowledge.reading.content import Content, ContentBuilder
from knowledge.reading.pdf_order import Line, lines_in_order
from knowledge.reading.pdf_page import read_page
from knowledge.reading.pdf_paragraphs import paragraphs

_PASSWORD = {c_api.FPDF_ERR_PASSWORD, c_api.FPDF_ERR_SECURITY}


def read_pdf(data: bytes, name: str) -> Content:
    """The text of a PDF; raises UnreadableFile when it is damaged, encrypted, or has no text layer."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in _PASSWORD:
            raise UnreadableFile(
                f"{name} is encrypted: save it without a password.", f"{name} 已加密：请取消密码后重新保存。"
            ) from error
        raise UnreadableFile(
            f"{name} is damaged or no PDF ({str(error).rstrip('.')}): save or download it again.",
            f"{name} 已损坏或不是 PDF：请重新保存或下载。",
        ) from error
    builder = ContentBuilder(name)
    try:
        pages = [_lines(document, number, builder) for number in range(len(document))]
    finally:
        document.close()
    if not pages:
        raise UnreadableFile(
            f"{name} is damaged, it has no pages: save or download it again.",
            f"{name} 已损坏，没有页面：请重新保存或下载。",
        )
    for words, level in paragraphs(pages):
        builder.paragraph(words, level)
    if builder.is_empty() and not builder.kinds_left_out():
        raise UnreadableFile(
            f"{name} has no text layer, no text found (scanned?): run text recognition (OCR) over it and "
            "save the result.",
            f"{name} 没有文字层，未找到文字（是否为扫描件？）：请先做文字识别（OCR）再保存。",
        )
    return builder.finished()


def _lines(document: pdfium.PdfDocument, number: int, builder: ContentBuilder) -> list[Line]:
    """One page's lines in reading order; a damaged page has none, which is said."""
    try:
        page = document[number]
        try:
            read = read_page(page)
        finally:
            page.close()
    except pdfium.PdfiumError:
        builder.left_out("A damaged page", f"page {number + 1}")
        return []
    for kind, words in read.unseen:
        builder.left_out(kind, words)
    return lines_in_order(read)
