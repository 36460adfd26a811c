"""The body of a Word document -> paragraphs, rows and notes, without what Word does not show."""

from collections.abc import Iterator, Mapping

from lxml import etree

from knowledge.reading import docx_numbering, docx_styles
from knowledge.reading.content import ContentBuilder
from knowledge.reading.docx_names import child, w
from knowledge.reading.docx_styles import Look, is_shaded, look
from knowledge.reading.xml_tree import local_name

_DELETED = {w("del"), w("moveFrom")}
_TITLE_STYLES = frozenset({"title", "标题"})
_NOT_WALKED = frozenset({
    "ppr", "rpr", "sectpr", "tblpr", "tblgrid", "sdtpr", "sdtendpr", "fallback", "instrtext", "deltext",
    "delinstrtext", "object", "ruby",
})  # fmt: skip
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "nobreakhyphen": "-"}


class DocxText:
    """Adds a document's body to a builder, paragraph by paragraph in its order."""

    def __init__(
        self,
        builder: ContentBuilder,
        *,
        styles: etree._Element | None,  # the roots of the parts of these names
        numbering: etree._Element | None,
        notes: Mapping[str, etree._Element | None],
    ) -> None:
        self._builder = builder
        self._styles = docx_styles.styles(styles)
        self._numbering = docx_numbering.numbering(numbering)
        self._notes = {
            (kind, note.get(w("id"), "")): note
            for kind, root in notes.items()
            if root is not None
            for note in root
            if note.get(w("type")) in (None, "normal")
        }
        self._noted = 0  # notes numbered so far
        self._pending: list[tuple[int, etree._Element]] = []  # notes to add below the paragraph
        self.title = ""  # the first paragraph in Word's style "Title"

    def add_body(self, root: etree._Element) -> None:
        """Add everything that the body shows."""
        for block in _blocks(root):
            if block.tag == w("tbl"):
                self._add_table(block)
            else:
                self._add_paragraph(block)

    def _add_paragraph(self, paragraph: etree._Element) -> None:
        words, level = self._paragraph(paragraph, ground=None)
        self._builder.paragraph(words, level)
        self._add_notes()
        for box in paragraph.iter(w("txbxContent")):
            if not _is_alternative(box) and _nearest_paragraph(box) is paragraph:
                self.add_body(box)

    def _add_notes(self) -> None:
        while self._pending:
            mark, note = self._pending.pop(0)
            words = " ".join(self._paragraph(block, ground=None)[0].strip() for block in note.iter(w("p")))
            self._builder.paragraph(f"[{mark}] {words.strip()}" if words.strip() else "")

    def _add_table(self, table: etree._Element) -> None:
        for row in table.iter(w("tr")):
            if next(row.iterancestors(w("tbl"))) is not table:
                continue
            cells = [self._cell(cell) for cell in row.iterfind(f".//{w('tc')}") if _row_of(cell) is row]
            if len(cells) == 1:  # a box around text, not a row of values
                for paragraph in cells[0]:
                    self._builder.paragraph(paragraph)
            else:
                self._builder.row(" ".join(paragraphs) for paragraphs in cells)
        self._add_notes()

    def _cell(self, cell: etree._Element) -> list[str]:
        """The paragraphs of a cell, those of tables inside it too."""
        ground = is_shaded(child(cell, "tcPr"))
        words = (self._paragraph(paragraph, ground)[0] for paragraph in cell.iter(w("p")))
        return [paragraph for paragraph in words if paragraph.strip()]

    def _paragraph(self, paragraph: etree._Element, ground: bool | None) -> tuple[str, int | None]:
        """(words as shown, heading level) of a paragraph on a ground that may be coloured."""
        properties = child(paragraph, "pPr")
        style = self._styles.paragraph(properties)
        own_ground = is_shaded(properties)
        around = Look(ground=own_ground).over(style.look).over(Look(ground=ground))
        mark = look(child(properties, "rPr"))
        words = "".join(self._words(paragraph, around))
        if not words.strip():
            return "", None
        label = ""
        if style.list_id is not None and style.list_id != "0" and not mark.vanishes:
            label = self._numbering.label(style.list_id, style.depth or 0)
        if style.name.lower() in _TITLE_STYLES and not self.title:
            self.title = " ".join(words.split())
        level = 1 if style.name.lower() in _TITLE_STYLES else style.level
        return f"{label}{words.lstrip()}" if label else words, level

    def _words(self, paragraph: etree._Element, around: Look) -> Iterator[str]:
        """The words of a paragraph that Word shows."""
        for element in _inside(paragraph):
            if element.tag in _DELETED:
                self._builder.left_out("Text that a revision deletes", _deleted(element))
            elif element.tag == w("r"):
                drawn = self._styles.run(child(element, "rPr"), around)
                words = "".join(self._run(element, drawn.hidden))
                if drawn.hidden:
                    self._builder.left_out(drawn.hidden, words)
                else:
                    yield words

    def _run(self, run: etree._Element, hidden: str) -> Iterator[str]:
        for part in run:
            name = local_name(part)
            if name == "t":
                yield part.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name in ("footnotereference", "endnotereference") and not hidden:
                note = self._notes.get((name.removesuffix("reference"), part.get(w("id"), "")))
                if note is not None:
                    self._noted += 1
                    self._pending.append((self._noted, note))
                    yield f"[{self._noted}]"
            elif name == "ruby":  # characters with their reading above them
                yield "".join(text.text or "" for text in part.iterfind(f"{w('rubyBase')}//{w('t')}"))


def _blocks(root: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables in their order, those in content controls and revisions too."""
    stack = [iter(root)]
    while stack:
        for element in stack[-1]:
            if element.tag in (w("p"), w("tbl")):
                yield element
            elif local_name(element) not in _NOT_WALKED and element.tag not in _DELETED:
                stack.append(iter(element))
                break
        else:
            stack.pop()


def _inside(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Runs and deletions of a paragraph in their order; text boxes are paragraphs of their own."""
    stack = [iter(paragraph)]
    while stack:
        for element in stack[-1]:
            if element.tag == w("r") or element.tag in _DELETED:
                yield element
            elif local_name(element) not in _NOT_WALKED:
                stack.append(iter(element))
                break
        else:
            stack.pop()


def _deleted(element: etree._Element) -> str:
    return "".join(part.text or "" for part in element.iter(w("delText"), w("t")))


def _is_alternative(box: etree._Element) -> bool:
    """Whether a text box is the copy for programs that do not know the newer kind."""
    return any(local_name(outer) == "fallback" for outer in box.iterancestors())


def _nearest_paragraph(box: etree._Element) -> etree._Element | None:
    return next(box.iterancestors(w("p")), None)


def _row_of(cell: etree._Element) -> etree._Element | None:
    return next(cell.iterancestors(w("tr")), None)
