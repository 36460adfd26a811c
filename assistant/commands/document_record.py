"""Everything the library knows of a document: as lines to read, as JSON, as Markdown with front matter."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from knowledge.policy import Document, Section

_SHOWN_SECTIONS = 200  # lines of the outline; a law with more is better looked at on its page


def as_lines(
    document: Document, sections: Sequence[Section], files: Sequence[str], passages: int
) -> list[str]:
    """What is known of a document, its files and its outline, a line each; the text itself is left out."""
    layout = document.layout
    lines = [f"{document.id}  {document.title}"]
    lines += [f"  {name}: {value}" for name, value in _stated(document)]
    lines += [f"  file: {path}" for path in files]
    lines += [f"  bytes: sha256 {document.sha256}"]
    size = f"{len(document.text):,} characters, {len(sections)} sections, {passages} passages"
    lines += [f"  size: {size}" + (f", {len(layout.pages)} pages" if layout.pages else "")]
    lines += [f"  left out because no reader sees it: {what}" for what in layout.hidden]
    outline = list(_outline(sections))
    lines += outline[:_SHOWN_SECTIONS]
    if len(outline) > _SHOWN_SECTIONS:
        lines.append(f"  … and {len(outline) - _SHOWN_SECTIONS} more headings")
    return lines


def as_record(document: Document, sections: Sequence[Section], files: Sequence[str]) -> dict[str, Any]:
    """The document with its text as an object for JSON; offsets are into "text", in characters."""
    return {
        "id": document.id,
        "title": document.title,
        "language": document.language,
        "sha256": document.sha256,
        "files": list(files),
        "facts": {name: value for name, value in asdict(document.facts).items() if value not in (None, ())},
        "layout": asdict(document.layout),
        "sections": [
            {"heading_path": list(section.heading_path), "start": section.start, "end": section.end}
            for section in sections
        ],
        "text": document.text,
    }


def as_markdown(document: Document, files: Sequence[str]) -> str:
    """The document's stored text, unchanged, under what is known of it as YAML front matter."""
    told = [*_facts(document), ("id", document.id), ("sha256", document.sha256), ("files", list(files))]
    # JSON strings and lists are YAML too.
    front = "\n".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in told)
    return f"---\n{front}\n---\n{document.text}"


def _facts(document: Document) -> Iterator[tuple[str, Any]]:
    for name, value in asdict(document.facts).items():
        if name == "language":
            yield name, document.language
        elif value not in (None, ()):
            yield name, value


def _stated(document: Document) -> Iterator[tuple[str, str]]:
    for name, value in _facts(document):
        if name in ("title", "found"):
            continue
        shown = ", ".join(value) if isinstance(value, tuple) else str(value)
        yield name.replace("_", " "), shown + (" (found in the text)" if name in document.facts.found else "")


def _outline(sections: Sequence[Section]) -> Iterator[str]:
    """Each heading once, indented under those above it."""
    before: tuple[str, ...] = ()
    for section in sections:
        path = section.heading_path
        common = next(
            (n for n, pair in enumerate(zip(path, before, strict=False)) if pair[0] != pair[1]), None
        )
        first = min(len(path), len(before)) if common is None else common
        for depth in range(first, len(path)):
            yield f"  {'  ' * (depth + 1)}{path[depth]}"
        before = path
