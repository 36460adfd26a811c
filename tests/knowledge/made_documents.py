"""Files to index, and documents and passages made without reading and cutting."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from knowledge.paragraphs import split_paragraphs
from knowledge.policy import Document, DocumentFacts, Language, Passage, Section


def made_document(
    text: str,
    *,
    id: str | None = None,  # noqa: A002
    title: str = "Rules",
    issuer: str | None = None,
    date: str | None = None,
    language: Language = "en",
    path: str = "/documents/rules.txt",
    **facts: Any,
) -> Document:
    """A document as indexing makes it; without an id, one that belongs to its text."""
    digest = sha256(text.encode()).hexdigest()
    stated = DocumentFacts(title, issuer=issuer, date=date, language=language, **facts)
    return Document(id or digest[:16], stated, text, language, digest, path)


def made_passages(document: Document) -> list[Passage]:
    """One passage a paragraph, all in one section that has no heading."""
    section = Section(document, 0, (), 0, len(document.text))
    return [
        Passage(f"{document.id}:{start}-{end}", section, start, end)
        for start, end in split_paragraphs(document.text)
    ]


def one_passage(text: str, document_id: str = "d", title: str = "Rules") -> Passage:
    """A document that is one passage, "<document id>:0-<length>"."""
    document = made_document(text, id=document_id, title=title)
    return Passage(f"{document_id}:0-{len(text)}", Section(document, 0, (), 0, len(text)), 0, len(text))


def write(path: Path, text: str = "words") -> Path:
    """A file in UTF-8 with these words, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def describe(folder: Path, **titles: str) -> None:
    """A catalogue that gives files their titles."""
    tables = [f'[[document]]\nfile = "{file}"\ntitle = "{title}"\n' for file, title in titles.items()]
    write(folder / "catalog.toml", "\n".join(tables))
