"""PDF files written by hand, object by object: what stands where on a page is exactly known."""

import zlib
from collections.abc import Sequence

A4 = (595, 842)


def text_at(x: float, y: float, words: str, *, size: float = 11, before: str = "") -> str:
    """Operators that draw Latin words with their baseline at a point; `before` sets colour or mode."""
    shown = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT {before} /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({shown}) Tj ET\n"


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    """Operators that draw a thin line."""
    return f"0.5 w {x} {y} m {to_x} {to_y} l S\n"


def pdf(pages: Sequence[str], *, packed: Sequence[bytes] = (), size: tuple[int, int] = A4) -> bytes:
    """A PDF with a page for each string of operators, in Courier, whose characters are all 0.6 em wide.

    `packed` gives the pages' contents as they are stored, already compressed.
    """
    contents = list(packed) or [zlib.compress(page.encode("latin-1")) for page in pages]
    numbers = [4 + 2 * at for at in range(len(contents))]
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(numbers), b" ".join(b"%d 0 R" % number for number in numbers)),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    }
    for number, content in zip(numbers, contents, strict=True):
        objects[number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (*size, number + 1)
        )
        objects[number + 1] = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (
            len(content),
            content,
        )
    data = bytearray(b"%PDF-1.4\n")
    places = []
    for number in sorted(objects):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    table = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(data)
