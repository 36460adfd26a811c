import pytest

from knowledge.facts.titles import normal_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《中华人民共和国海关法》", "海关法"),
        ("海关法（2021年修正）", "海关法"),
        ("海关法(2021-04-29)", "中华人民共和国海关法"),
        ("The Trade Act 1974", "Trade Act"),
        ("Trade Act, 1974", "trade act"),
    ],
)
def test_ways_to_write_one_title(one: str, other: str) -> None:
    assert normal_title(one) == normal_title(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("海关法", "海关法实施条例"),
        ("海关法（试行）", "海关法"),
        ("Trade Act", "Trade Agreement"),
        ("中华人民共和国", "1974"),
    ],
)
def test_titles_of_two_documents(one: str, other: str) -> None:
    assert normal_title(one) != normal_title(other) != ""
