"""The table as Markdown, Word, JSON and text: complete, and every character shown as itself."""

import io
import json
from pathlib import Path

import docx
import jsonschema  # type: ignore[import-untyped]
import pytest

from assistant.errors import AssistantError
from assistant.guidance.saving import as_file, save
from assistant.guidance.table_docx import as_docx
from assistant.guidance.table_json import as_json
from assistant.guidance.table_markdown import as_markdown
from assistant.guidance.table_text import as_text
from tests.assistant.guidance.made_guidance import RULES, made_guidance

_SPAN = {"start": {"type": "integer"}, "end": {"type": "integer"}}
SCHEMA = {
    "type": "object",
    "required": ["description", "language", "framing", "facets", "not_covered", "notes", "withheld"],
    "properties": {
        "facets": {
            "items": {
                "required": ["matter", "label", "words", "start", "end", "covered", "provisions", "nearest"],
                "properties": {
                    "provisions": {
                        "items": {
                            "required": ["force", "once_met", "bearer", "text", "verdict", "rulings"],
                            "properties": {
                                "force": {
                                    "enum": [
                                        "prohibited", "restricted", "required", "conditional", "permitted",
                                        "encouraged",
                                    ]
                                },
                                "citations": {"items": {"required": ["quote"], "properties": _SPAN}},
                            },
                        }
                    }
                },
            }
        }
    },
}  # fmt: skip


def test_markdown_has_a_row_for_each_provision_and_signs_are_escaped() -> None:
    written = as_markdown(made_guidance())

    assert "| conditional: required | if: 企业向境外提供个人信息的 | 第二条 企业" in written
    assert "（一）通过安全评估；<br>（二）取得认证。" in written
    assert r"\<核心\|数据\>" in written
    assert "required (of the authorities)" in written
    assert "## What the documents do not cover" in written
    assert "- ASEAN" in written
    rows = [line for line in written.splitlines() if line.startswith("|")]
    assert {line.replace(r"\|", "").count("|") for line in rows} == {5}


def test_word_holds_the_same_lines(tmp_path: Path) -> None:
    guidance = made_guidance("zh")

    written = docx.Document(io.BytesIO(as_docx(guidance)))

    (table,) = written.tables
    assert [cell.text for cell in table.rows[0].cells] == ["效力", "条件", "规定", "出处"]
    assert len(table.rows) == 1 + len(guidance.provisions)
    assert table.rows[1].cells[0].text == "有条件：应当"
    assert "第二条第一款" in table.rows[1].cells[3].text
    paragraphs = [paragraph.text for paragraph in written.paragraphs]
    assert "文件未涉及的事项" in paragraphs
    assert "ASEAN" in paragraphs


def test_json_has_offsets_into_the_document() -> None:
    told = json.loads(as_file(made_guidance(), ".json"))

    jsonschema.validate(told, SCHEMA)
    assert told == as_json(made_guidance())
    assert told["not_covered"] == ["ASEAN"]
    for provision in told["facets"][0]["provisions"]:
        assert provision["verdict"] == "quoted"
        for citation in provision["citations"]:
            assert RULES[citation["start"] : citation["end"]] == citation["quote"]
        for condition in (ruling["condition"] for ruling in provision["rulings"]):
            assert condition is None or RULES[condition["start"] : condition["end"]] == condition["quote"]
    assert told["facets"][0]["provisions"][0]["citations"][0]["locator"] == {
        "en": "Article 2, paragraph 1",
        "zh": "第二条第一款",
    }


def test_text_says_what_is_not_covered_and_what_was_left_out() -> None:
    shown = as_text(made_guidance())

    assert "[conditional: prohibited]  数据出境试行办法, Article 3" in shown
    assert "      if: 未经批准" in shown
    assert "  - ASEAN\n      You may look at: 数据出境试行办法" in shown
    assert "2 local documents" in shown
    assert "1 lines did not pass the check" in shown


def test_a_file_is_written_in_the_form_of_its_name(tmp_path: Path) -> None:
    for name, begins in (("a.md", b"# Guidance"), ("a.DOCX", b"PK"), ("a.json", b"{")):
        save(made_guidance(), tmp_path / name)
        assert (tmp_path / name).read_bytes().startswith(begins)

    with pytest.raises(AssistantError, match=r"must end in \.md, \.docx or \.json"):
        save(made_guidance(), tmp_path / "a.pdf")
    with pytest.raises(AssistantError, match="a folder that exists"):
        save(made_guidance(), tmp_path / "nowhere" / "a.md")
