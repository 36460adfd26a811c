import io
import zipfile
from datetime import date

import openpyxl
import pytest

from knowledge.errors import UnreadableFile
from knowledge.reading.tables import read_csv, read_xlsx


def workbook(*sheets: tuple[str, list[list[object]]], hidden: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_row_is_a_line_with_its_headers(delimiter: str) -> None:
    rows = [["Fee", "Amount"], ["Licence", "20"], ["Renewal", "5"]]
    data = "\n".join(delimiter.join(row) for row in rows).encode()
    assert read_csv(data, "a.csv").text == "Fee: Licence | Amount: 20\n\nFee: Renewal | Amount: 5"


def test_quotes_breaks_in_cells_empty_cells_and_chinese_in_gb18030() -> None:
    data = '名称,金额,说明\n"许可,证",20,"第一行\n第二行"\n续期,,\n'.encode("gb18030")
    assert read_csv(data, "a.csv").text == "名称: 许可,证 | 金额: 20 | 说明: 第一行 第二行\n\n续期"


def test_one_column_is_its_lines() -> None:
    assert read_csv(b"First line.\nSecond line.\n", "a.csv").text == "First line.\n\nSecond line."


def test_sheets_are_headed_by_their_names_and_values_shown_as_read() -> None:
    rows: list[list[object]] = [
        ["Fees of 2021"],
        ["Fee", "Since", "Yuan"],
        ["Licence", date(2021, 4, 29), 20.0],
        ["Renewal", None, 0.1 + 0.2],
    ]
    read = read_xlsx(workbook(("Fees", rows), ("Notes", [["A note."]])), "a.xlsx")
    assert read.text.split("\n\n") == [
        "Fees",
        "Fees of 2021",
        "Fee: Licence | Since: 2021-04-29 | Yuan: 20",
        "Fee: Renewal | Yuan: 0.3",
        "Notes",
        "A note.",
    ]
    assert [read.text[at:][:4] for at, _ in read.layout.headings] == ["Fees", "Note"]


def test_a_hidden_sheet_is_left_out_and_said() -> None:
    read = read_xlsx(workbook(("A", [["Seen."]]), ("B", [["Not seen."]]), hidden=("B",)), "a.xlsx")
    assert read.text == "Seen."
    assert read.layout.hidden == ("A hidden sheet was left out at 1 place, such as “Not seen.”.",)


def test_a_formula_is_its_value() -> None:
    data = workbook(("A", [["Name", "Sum"], ["Both", "=1+2"]]))
    source, changed = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(changed, "w") as target:
        for part in source.infolist():
            xml = source.read(part).replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>")
            target.writestr(part, xml.replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>"))
    assert read_xlsx(changed.getvalue(), "a.xlsx").text == "Name: Both | Sum: 3"


@pytest.mark.parametrize("data", [b"PK\x03\x04", workbook(("A", [["x"]]))[:900], b""])
def test_a_damaged_workbook_is_named(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.xlsx .*: .*\.$"):
        read_xlsx(data, "a.xlsx")
