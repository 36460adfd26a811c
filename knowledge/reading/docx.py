"""DOCX -> its words as Word shows them: headings, numbers, tables in their place, footnotes below."""

import posixpath
import zipfile

from lxml import etree

from knowledge.errors import UnreadableFile
from knowledge.reading.content import Content, ContentBuilder
from knowledge.reading.docx_names import in_main_namespace
from knowledge.reading.docx_text import DocxText
from knowledge.reading.package import open_package, part_bytes
from knowledge.reading.xml_tree import local_name, parsed_xml

_RELATIONSHIPS = "_rels/.rels"
_USUAL_PLACE = "word/document.xml"


def read_docx(data: bytes, name: str) -> Content:
    """The text of a Word document; raises UnreadableFile when it is damaged, encrypted, a trap or empty."""
    with open_package(data, name) as package:
        parts = {part.filename.lstrip("/"): part for part in package.infolist()}
        place = _main_part(package, parts, name)
        folder = posixpath.dirname(place)

        def part(file: str) -> etree._Element | None:
            """The root of a part beside the main one, None where there is none."""
            info = parts.get(posixpath.join(folder, file))
            return None if info is None else _parsed(part_bytes(package, info, name), name)

        if place not in parts:
            raise UnreadableFile(
                f"{name} holds no Word document: save it again as .docx.",
                f"{name} 不是 Word 文档：请重新另存为 .docx。",
            )
        root = _parsed(part_bytes(package, parts[place], name), name)
        builder = ContentBuilder(name)
        text = DocxText(
            builder,
            styles=part("styles.xml"),
            numbering=part("numbering.xml"),
            notes={"footnote": part("footnotes.xml"), "endnote": part("endnotes.xml")},
        )
        text.add_body(root)
        comments = part("comments.xml")
        if comments is not None:
            for comment in comments:
                builder.left_out("A comment", "".join(str(words) for words in comment.itertext()))
    return builder.finished({"title": text.title} if text.title else {})


def _main_part(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], name: str) -> str:
    """Where the document's own part lies: the package's relationships say so."""
    if _RELATIONSHIPS in parts:
        for relationship in parsed_xml(part_bytes(package, parts[_RELATIONSHIPS], name), name):
            if local_name(relationship) == "relationship" and relationship.get("Type", "").endswith(
                "/officeDocument"
            ):
                return str(relationship.get("Target", _USUAL_PLACE)).lstrip("/")
    return _USUAL_PLACE


def _parsed(data: bytes, name: str) -> etree._Element:
    if b"<!DOCTYPE" in data[:1_000]:
        raise UnreadableFile(
            f"{name} has a DTD in it, as no Word document does: save it again as .docx.",
            f"{name} 含有 Word 文档不应有的 DTD：请重新另存为 .docx。",
        )
    return parsed_xml(in_main_namespace(data), name)
