"""Guidance as a Word document on A4 across, made by python-docx."""

import io
import re
from typing import TYPE_CHECKING

from assistant.answer_text import place
from assistant.guidance.guidance import Guidance
from assistant.guidance.table import Group, Line, Texts, closing_notes, groups_of, opening_note

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_WIDTHS = (3.2, 5.2, 11.6, 5.7)  # cm; A4 across less its margins
_MARGIN = 2.0  # cm
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EAST_ASIAN_FACE = "SimSun"  # Word's own; others take what they have instead


def as_docx(guidance: Guidance) -> bytes:
    """The bytes of a .docx file with the table in the asker's language."""
    texts = Texts(guidance.language)
    written = _blank(texts)
    written.add_heading(texts("title"), 0)
    written.add_paragraph(f"{texts('described')}: {_clean(guidance.description)}")
    written.add_paragraph(opening_note(guidance, guidance.language))
    groups = groups_of(guidance, guidance.language)
    for group in groups:
        if group.lines:
            written.add_heading(_clean(group.facet.label), 1)
            _add_table(written, group, texts)
    _add_not_covered(written, [group for group in groups if not group.lines], texts)
    for note in closing_notes(guidance, guidance.language):
        written.add_paragraph(note)
    saved = io.BytesIO()
    written.save(saved)
    return saved.getvalue()


def _blank(texts: Texts) -> "WordDocument":
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    written = docx.Document()
    page = written.sections[0]
    page.orientation, page.page_width, page.page_height = WD_ORIENT.LANDSCAPE, Cm(29.7), Cm(21.0)
    page.left_margin = page.right_margin = Cm(_MARGIN)
    normal = written.styles["Normal"]
    normal.font.size = Pt(10)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _EAST_ASIAN_FACE)
    written.core_properties.title = texts("title")
    return written


def _add_table(written: "WordDocument", group: Group, texts: Texts) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Cm

    heads = [texts(name) for name in ("force", "condition", "provision", "place")]
    table = written.add_table(rows=1, cols=len(heads), style="Table Grid")
    table.autofit = False
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(head).bold = True
    # The heading row comes again on every page that the table runs over.
    first = table.rows[0]._tr
    first.get_or_add_trPr().append(first.makeelement(qn("w:tblHeader"), {}))
    for line in group.lines:
        for cell, paragraphs in zip(table.add_row().cells, _cells(line, texts), strict=True):
            cell.text = "\n".join(map(_clean, paragraphs))
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)


def _add_not_covered(written: "WordDocument", without: list[Group], texts: Texts) -> None:
    if without:
        written.add_heading(texts("not_covered"), 1)
        written.add_paragraph(texts("not_covered_text"))
    for group in without:
        written.add_paragraph(_clean(group.facet.label), style="List Bullet")
        for near in group.nearest:
            offered = f"{texts('may_look')}: {_clean(place(near.passage))}"
            written.add_paragraph(offered, style="List Bullet 2")


def _cells(line: Line, texts: Texts) -> tuple[list[str], ...]:
    return (
        list(line.forces),
        list(line.conditions) or [texts("none")],
        [line.quote, *([line.goes_on] if line.goes_on else [])],
        [f"{line.document}, {line.locator}", *([line.warning] if line.warning else [])],
    )


def _clean(text: str) -> str:
    """The text with each run of blank lines as one break, and without what XML cannot hold."""
    lines = (line.strip() for line in _NOT_IN_XML.sub("\ufffd", text).splitlines())
    return "\n".join(line for line in lines if line)
