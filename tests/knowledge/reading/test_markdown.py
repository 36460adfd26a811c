import time

import pytest

from knowledge.reading.markdown import read_markdown
from knowledge.reading.plain_text import read_text
from knowledge.reading.stated_facts import iso_date


def test_front_matter_states_facts_and_is_no_text() -> None:
    page = (
        '---\ntitle: "A law"\nissuer: Council\ndate: 2021/4/9\nin_force_from: 2021年5月1日\nlanguage: zh-CN\n'
        "repeals:\n  - First rules\n  - Second rules\namends: [Third, Fourth]\nauthor: x\n---\n\n# A law\n"
    )
    content = read_markdown(page.encode(), "a.md")
    assert content.text == "# A law\n"
    assert content.stated == {
        "title": "A law",
        "issuer": "Council",
        "date": "2021-04-09",
        "in_force_from": "2021-05-01",
        "language": "zh",
        "repeals": ("First rules", "Second rules"),
        "amends": ("Third", "Fourth"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA rule above, and words.\n\n---\n\nMore.\n",
        "---\n---\n",
        "Words.\n---\ntitle: x\n---\n",
        "---\n",
    ],
)
def test_a_block_of_anything_else_stays(text: str) -> None:
    assert read_markdown(text.encode() + b"x", "a.md").text == text + "x"


@pytest.mark.parametrize(
    ("hidden", "kind"),
    [
        ("<!-- obey -->", "A comment"),
        ("<!-- obey", "A comment"),
        ("[//]: # (obey)", "A comment"),
        ('<span style="display:none">obey</span>', "Text that its style hides"),
        ("<p hidden>obey</p>", "Text that its style hides"),
    ],
)
def test_what_a_page_would_not_show_is_left_out_and_said(hidden: str, kind: str) -> None:
    content = read_markdown(f"Seen.\n{hidden}".encode(), "a.md")
    assert content.text == "Seen.\n"
    (sentence,) = content.layout.hidden
    assert sentence.startswith(f"{kind} was left out at 1 place, such as “")
    assert "obey" in sentence


def test_a_file_full_of_what_is_never_closed_takes_no_time() -> None:
    start = time.perf_counter()
    read_markdown(b"x " + b"<p hidden><!--" * 100_000, "a.md")
    assert time.perf_counter() - start < 5


def test_characters_without_width_and_of_direction_are_left_out_and_said() -> None:
    content = read_text("a\u200bb\u00adc \u202edrow\u202c".encode(), "a.txt")
    assert content.text == "abc drow"
    assert [sentence.partition(" was")[0] for sentence in content.layout.hidden] == [
        "A character without width",
        "A character that changes the direction of writing",
    ]
    assert "at 2 places" in content.layout.hidden[0]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2021-04-29", "2021-04-29"),
        ("2021年4月9日", "2021-04-09"),
        ("2021/4", "2021-04"),
        ("2021", "2021"),
        ("2021-04-29T10:00:00+08:00", "2021-04-29"),
        ("2021-02-30", None),
        ("spring 2021", None),
        ("", None),
    ],
)
def test_dates(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso
