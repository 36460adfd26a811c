from hypothesis import given, settings

from knowledge.paragraphs import split_paragraphs
from tests.knowledge.odd_text import gaps, is_blank, odd_texts


def paragraphs(text: str) -> list[str]:
    return [text[start:end] for start, end in split_paragraphs(text)]


def test_every_line_of_a_text_without_wraps_is_a_paragraph() -> None:
    long = "The session stressed that trade in services is to be opened step by step, " * 3
    assert paragraphs(f"Title\n{long}\n{long}\n") == ["Title", long.strip(), long.strip()]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The competent authority of the importing Party shall notify the exporting\n"
        "Party in writing within thirty days of the date on which the request was\n"
        "received.\n"
        "\n"
        "A second paragraph.\n"
    )
    first, second = paragraphs(text)
    assert first == text.partition("\n\n")[0]
    assert second == "A second paragraph."


def test_wrapped_chinese_is_one_paragraph_but_a_title_line_is_not_joined() -> None:
    body = "经营者应当按照约定的期限交付货物，并向海关提交报关单证，接受海关的监管和检\n查，不得擅自处置。"
    assert paragraphs(body) == [body]
    title = "某省人民政府关于进一步促进服务贸易创新发展若干政策措施的通知及其说明"
    assert paragraphs(f"{title}\n各市人民政府：") == [title, "各市人民政府："]


def test_list_items_table_rows_and_headings_stand_alone() -> None:
    text = "## Scope\n- one\n- two\n| a | b |\n|---|---|\n(a) first\n（一）第一项\n1. first\n第三条 海关"
    assert paragraphs(text) == text.split("\n")


def test_a_letter_in_running_text_is_no_list_item() -> None:
    text = "The measures that a Party may take under the conditions set out in\n(a) of Article 5 are limited."
    assert paragraphs(text) == [text]


def test_lines_without_visible_characters_separate_paragraphs() -> None:
    assert paragraphs("one\n\u200b\u3000\n two \n\ufeff") == ["one", "two"]


@settings(deadline=None)
@given(odd_texts)
def test_paragraphs_are_in_order_and_cover_all_that_is_visible(text: str) -> None:
    spans = split_paragraphs(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert all(is_blank(gap) for gap in gaps(text, [*spans]))
