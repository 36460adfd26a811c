"""Every sentence with which a file is refused is said in both languages, since it is shown on a page."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.errors import UnreadableFile
from knowledge.language import language_of
from knowledge.reading import FileReader, read_file

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"


def refusals() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(KNOWLEDGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "UnreadableFile":
                yield f"{path.relative_to(KNOWLEDGE)}:{node.lineno}", node


def words_of(node: ast.expr) -> str:
    """What a string says, whatever its slots are filled with."""
    return "".join(
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )


def test_each_has_a_chinese_sentence_beside_the_english_one() -> None:
    found = dict(refusals())
    assert len(found) > 30
    for place, node in found.items():
        assert len(node.args) == 2, place
        if isinstance(node.args[0], ast.JoinedStr):  # what comes from the child is no text here
            assert language_of(words_of(node.args[1])) == "zh", place


@pytest.mark.parametrize("name", ["fees.txt", "fees.pdf", "fees.docx", "fees.zip", "fees.xlsx"])
def test_the_sentence_survives_the_child_process(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"" if name == "fees.txt" else b"PK damaged")

    with pytest.raises(UnreadableFile) as refused, FileReader() as reader:
        list(reader.members(file)) if name.endswith(".zip") else read_file(file)

    assert language_of(str(refused.value).replace(str(file), "")) == "en"
    assert any("\u4e00" <= sign <= "\u9fff" for sign in refused.value.chinese.replace(str(file), ""))
