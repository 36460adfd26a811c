"""A sheet as a Word document on A4, made by python-docx."""

import io
import re
from typing import TYPE_CHECKING

from assistant.web.chat.answer_sheet import Sheet, SheetSentence, SheetSource

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_MARGIN = 2.5  # cm
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EAST_ASIAN_FACE = "SimSun"  # Word's own; others take what they have instead


def sheet_as_docx(sheet: Sheet) -> bytes:
    """The bytes of a .docx file: question, sentences, then the sources with their quotes."""
    written = _blank(sheet)
    written.add_heading(_clean(sheet.question), 1)
    for line in (*sheet.about, sheet.framing):
        written.add_paragraph().add_run(_clean(line)).italic = True
    for sentence in sheet.sentences:
        _add_sentence(written, sentence)
    for note in sheet.notes:
        written.add_paragraph(_clean(note), style="Intense Quote")
    if sheet.sources:
        written.add_heading(sheet.sources_heading, 2)
    for source in sheet.sources:
        _add_source(written, source)
    written.add_paragraph().add_run(_clean(sheet.closing)).italic = True
    saved = io.BytesIO()
    written.save(saved)
    return saved.getvalue()


def _blank(sheet: Sheet) -> "WordDocument":
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    written = docx.Document()
    page = written.sections[0]
    page.page_width, page.page_height = Cm(21.0), Cm(29.7)
    page.left_margin = page.right_margin = Cm(_MARGIN)
    normal = written.styles["Normal"]
    normal.font.size = Pt(11)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _EAST_ASIAN_FACE)
    written.core_properties.title = _clean(sheet.question)[:250]
    written.core_properties.author = ""
    return written


def _add_sentence(written: "WordDocument", sentence: SheetSentence) -> None:
    paragraph = written.add_paragraph(_clean(sentence.text))
    marks = "".join(f"[{mark}]" for mark in sentence.marks)
    paragraph.add_run(f" {marks}").bold = True
    if sentence.verdict:
        paragraph.add_run(f" ({sentence.verdict})").italic = True


def _add_source(written: "WordDocument", source: SheetSource) -> None:
    cited = written.add_paragraph()
    cited.add_run(f"[{source.mark}] ").bold = True
    cited.add_run(_clean(source.citation))
    if source.warning:
        written.add_paragraph().add_run(_clean(source.warning)).bold = True
    written.add_paragraph(_clean(source.quote), style="Quote")


def _clean(text: str) -> str:
    """The text without what XML cannot hold."""
    return _NOT_IN_XML.sub("\ufffd", text)
