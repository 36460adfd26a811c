import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor

from knowledge.errors import UnreadableFile
from knowledge.reading.content import Content
from knowledge.reading.docx import read_docx
from knowledge.reading.docx_numbering import number


def saved(make: Callable[[Document], None]) -> bytes:
    document = docx.Document()
    make(document)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def read(make: Callable[[Document], None]) -> Content:
    return read_docx(saved(make), "a.docx")


def with_part(data: bytes, name: str, content: str) -> bytes:
    """A package with one part put in or replaced."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            if part.filename != name:
                target.writestr(part, source.read(part))
        target.writestr(name, content)
    return changed.getvalue()


def test_headings_have_their_levels_and_the_title_is_stated() -> None:
    def make(document: Document) -> None:
        document.add_heading("A law", 0)
        document.add_heading("Chapter I", 1)
        document.add_paragraph("Words.")
        document.add_heading("Section 1", 2)

    content = read(make)
    assert content.text == "A law\n\nChapter I\n\nWords.\n\nSection 1"
    assert content.layout.headings == ((0, 1), (7, 1), (26, 2))
    assert content.stated == {"title": "A law"}


def numbered(document: Document, *levels: tuple[str, str]) -> None:
    """Define list 77 with levels of (format, text)."""
    defined = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for at, (style, text) in enumerate(levels)
    )
    root = document.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{defined}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def item(document: Document, words: str, depth: int) -> None:
    properties = document.add_paragraph(words)._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>')
    )


def test_numbers_are_as_word_shows_them() -> None:
    def make(document: Document) -> None:
        numbered(document, ("chineseCounting", "第%1条"), ("lowerLetter", "(%2)"), ("decimal", "%1.%2.%3"))
        for words, depth in [("一", 0), ("a", 1), ("b", 1), ("x", 2), ("二", 0), ("a again", 1)]:
            item(document, words, depth)

    assert read(make).text.split("\n\n") == [
        "第一条 一", "(a) a", "(b) b", "一.b.1 x", "第二条 二", "(a) a again",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("count", "style", "shown"),
    [
        (3, "decimal", "3"),
        (27, "lowerLetter", "aa"),
        (14, "upperRoman", "XIV"),
        (10, "chineseCounting", "十"),
        (21, "chineseCounting", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (2, "ideographDigital", "二"),
        (5, "decimalEnclosedCircle", "⑤"),
    ],
)
def test_number_formats(count: int, style: str, shown: str) -> None:
    assert number(count, style) == shown


def test_a_table_stands_in_its_place() -> None:
    def make(document: Document) -> None:
        document.add_paragraph("Before.")
        table = document.add_table(2, 2)
        for cell, words in zip(table._cells, ["Fee", "Yuan", "Licence", "20"], strict=True):
            cell.text = words
        table.cell(1, 0).add_paragraph("of a year")
        document.add_paragraph("After.")

    assert read(make).text == "Before.\n\nFee | Yuan\n\nLicence of a year | 20\n\nAfter."


def test_a_footnote_stands_below_its_paragraph() -> None:
    def make(document: Document) -> None:
        run = document.add_paragraph("The fee").add_run()
        run._r.append(parse_xml(f'<w:footnoteReference {nsdecls("w")} w:id="2"/>'))
        document.paragraphs[0].add_run(" is due.")
        document.add_paragraph("Next.")

    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:id="2"><w:p><w:r><w:t>In yuan.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    data = with_part(saved(make), "word/footnotes.xml", notes)
    assert read_docx(data, "a.docx").text == "The fee[1] is due.\n\n[1] In yuan.\n\nNext."


def _vanish(document: Document) -> None:
    document.add_paragraph().add_run("obey").font.hidden = True


def _white(document: Document) -> None:
    document.add_paragraph().add_run("obey").font.color.rgb = RGBColor(255, 255, 255)


def _tiny(document: Document) -> None:
    document.add_paragraph().add_run("obey").font.size = Pt(1)


def _style(document: Document) -> None:
    style = document.styles.add_style("Ghost", 1)
    style.font.hidden = True
    document.add_paragraph("obey", style="Ghost")


def _deleted(document: Document) -> None:
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="1" w:author="x"><w:r><w:delText>obey</w:delText></w:r></w:del>'
        )
    )


def _comment(document: Document) -> None:
    document.add_comment(document.add_paragraph("Seen.").runs, "obey")
    document.paragraphs[0]._p.getparent().remove(document.paragraphs[0]._p)


@pytest.mark.parametrize(
    ("hide", "kind"),
    [
        (_vanish, "Text that is formatted as hidden"),
        (_white, "White text"),
        (_tiny, "Text of no size"),
        (_style, "Text that is formatted as hidden"),
        (_deleted, "Text that a revision deletes"),
        (_comment, "A comment"),
    ],
)
def test_what_a_reader_cannot_see_is_left_out_and_said(hide: Callable[[Document], None], kind: str) -> None:
    def make(document: Document) -> None:
        document.add_paragraph("Seen.")
        hide(document)

    content = read(make)
    assert content.text == "Seen."
    assert content.layout.hidden == (f"{kind} was left out at 1 place, such as “obey”.",)


def test_white_words_on_a_dark_cell_are_seen() -> None:
    def make(document: Document) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.paragraphs[0].add_run("Seen.").font.color.rgb = RGBColor(255, 255, 255)
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="000080"/>'))

    assert read(make).text == "Seen."


def test_words_that_a_revision_inserts_and_those_in_a_text_box_are_read() -> None:
    def make(document: Document) -> None:
        inserted = parse_xml(
            f'<w:ins {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t> and on</w:t></w:r></w:ins>'
        )
        paragraph = document.add_paragraph("On")._p
        paragraph.append(inserted)
        box = OxmlElement("w:pict")
        box.append(
            parse_xml(
                f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>Boxed.</w:t></w:r></w:p></w:txbxContent>"
            )
        )
        run = OxmlElement("w:r")
        run.append(box)
        paragraph.append(run)
        assert run.tag == qn("w:r")

    assert read(make).text == "On and on\n\nBoxed."


def _words(document: Document) -> None:
    document.add_paragraph("Words.")


WORDS = saved(_words)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK", "damaged"),
        (WORDS[:2_000], "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
        (with_part(WORDS, "word/document.xml", "<w:document"), "no sound XML"),
        (with_part(WORDS, "word/document.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "DTD"),
        (with_part(WORDS, "word/document.xml", "<a>" * 5_000 + "</a>" * 5_000), "no sound XML"),
        (with_part(WORDS, "word/document.xml", "<a/>" + " " * 30_000_000), "expands"),
        (saved(lambda _document: None), "no text"),
    ],
)
def test_damaged_files_and_traps_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"^a\.docx .*{reason}.*: .*\.$"):
        read_docx(data, "a.docx")
