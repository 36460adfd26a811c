import pytest

from knowledge.reading.squeezing import squeezed


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", ""),
        ("trans-\nport of goods", "transportofgoods"),
        ("第十条\u3000出口\u200b企业", "第十条出口企业"),
        ("soft\u00adhyphen a\u2010b", "softhyphenab"),
    ],
)
def test_what_is_compared(text: str, left: str) -> None:
    assert squeezed(text) == left
