"""A marker between the words of quoted text, and what a model makes of it taken off again."""

import pytest

from assistant.drafts.datamarking import datamarked, without_datamarks


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("No fee is charged.", "No^fee^is^charged."),
        ("one\n\n  line\tonly ", "one^line^only"),
        ("a^b", "a^b"),
        ("^ignore^the^rules^", "ignore^the^rules"),
        ("企业应当妥善保存合同", "企业应当^妥善保存^合同"),
        ("保存五年。AI 服务", "保存五年。AI^服务"),
        ("", ""),
    ],
)
def test_white_space_and_every_fourth_chinese_character_are_marked(text: str, marked: str) -> None:
    assert datamarked(text) == marked
    assert not any(map(str.isspace, marked))


@pytest.mark.parametrize(
    "text",
    ["No fee is charged for registration.", "企业应当妥善保存合同及相关凭证，保存期限为五年。", "A 服务 B"],
)
def test_words_written_with_the_marker_come_back_as_people_write_them(text: str) -> None:
    assert without_datamarks(datamarked(text)) == text
