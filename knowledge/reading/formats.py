"""Which reader reads which format: what runs in the child process, and is imported nowhere else."""

from collections.abc import Callable

from knowledge.reading.content import Content


def read_content(data: bytes, suffix: str, name: str) -> Content:
    """The text of a file's bytes, by the suffix of its name; raises UnreadableFile."""
    return _reader(suffix)(data, name)


def _reader(suffix: str) -> Callable[[bytes, str], Content]:
    """The reader of a format; each brings its library along only when it is needed."""
    if suffix == ".pdf":
        from knowledge.reading.pdf import read_pdf

        return read_pdf
    if suffix == ".docx":
        from knowledge.reading.docx import read_docx

        return read_docx
    if suffix in (".html", ".htm"):
        from knowledge.reading.web_page import read_html

        return read_html
    if suffix == ".xml":
        from knowledge.reading.structured_xml import read_xml

        return read_xml
    if suffix in (".csv", ".xlsx"):
        from knowledge.reading.tables import read_csv, read_xlsx

        return read_csv if suffix == ".csv" else read_xlsx
    if suffix == ".txt":
        from knowledge.reading.plain_text import read_text

        return read_text
    from knowledge.reading.markdown import read_markdown

    return read_markdown
