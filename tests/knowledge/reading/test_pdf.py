import pytest

from knowledge.errors import UnreadableFile
from knowledge.reading.pdf import read_pdf
from tests.knowledge.reading.made_pdf import pdf, rule, text_at

LEFT = 72
WIDE = "x" * 60  # of 6.6 points a character in Courier of 11: the line ends at 468


def lines(*words: str, x: float = LEFT, top: float = 700, step: float = 14, size: float = 11) -> str:
    return "".join(text_at(x, top - step * at, line, size=size) for at, line in enumerate(words))


def paragraphs(data: bytes) -> list[str]:
    return read_pdf(data, "a.pdf").text.split("\n\n")


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile, match=r"^a\.pdf .*: .*\.$") as caught:
        read_pdf(data, "a.pdf")
    return str(caught.value)


def test_wrapped_lines_are_one_paragraph_and_a_wide_gap_begins_another() -> None:
    first = lines("Each Party shall publish its laws and regulations promptly and", "make them known to all.")
    assert paragraphs(pdf([first + lines("A second one.", top=650)])) == [
        "Each Party shall publish its laws and regulations promptly and make them known to all.",
        "A second one.",
    ]


def test_a_line_that_leaves_room_for_the_next_word_ends_its_paragraph() -> None:
    page = lines(WIDE, "short of it.", "Another paragraph that goes on for nearly a whole line so", WIDE)
    assert paragraphs(pdf([page])) == [
        f"{WIDE} short of it.",
        f"Another paragraph that goes on for nearly a whole line so {WIDE}",
    ]


def test_pages_begin_where_their_first_words_stand_also_inside_a_paragraph() -> None:
    first = lines("The first page ends in the middle of a sentence that goes on")
    read = read_pdf(pdf([first, lines("on the second page."), "", lines("Fourth.", top=300)]), "a.pdf")
    assert read.text == (
        "The first page ends in the middle of a sentence that goes on on the second page.\n\nFourth."
    )
    assert read.layout.pages == (0, 61, 82, 82)
    assert read.text[61:].startswith("on the second")


def test_hyphens_at_the_end_of_a_line_go_unless_the_document_writes_them() -> None:
    page = lines(
        "The agreement on trade and on matters of economic coopera-",
        "tion holds, and so does what has been said of a long-term",
        "plan, which is a plan that has been made to be of a long-",
        "term kind.",
    )
    assert paragraphs(pdf([page])) == [
        "The agreement on trade and on matters of economic cooperation holds, and so does what has been said "
        "of a long-term plan, which is a plan that has been made to be of a long-term kind."
    ]


def test_running_heads_and_page_numbers_go_and_clauses_at_the_top_of_a_page_stay() -> None:
    pages = [
        text_at(LEFT, 800, "Official Journal of Trade")
        + text_at(LEFT, 780, f"Article {number * 3}")
        + lines(f"What the article says on page {number}.")
        + text_at(290, 30, f"Page {number} of 4")
        for number in range(1, 5)
    ]
    text = read_pdf(pdf(pages), "a.pdf").text
    assert "Journal" not in text
    assert "of 4" not in text
    assert [f"Article {number * 3}" in text for number in range(1, 5)] == [True] * 4


def test_the_left_column_is_read_before_the_right_one() -> None:
    left = [f"left column line {number:02} full words" for number in range(8)]
    right = [f"right column line {number:02} of words" for number in range(8)]
    page = text_at(LEFT, 760, "A title across both columns of the page", size=11)
    page += lines(*left, x=LEFT, size=9) + lines(*right, x=320, size=9)
    text = " ".join(read_pdf(pdf([page]), "a.pdf").text.split())
    assert text == " ".join(["A title across both columns of the page", *left, *right])


def test_cells_in_line_with_each_other_are_rows() -> None:
    page = "".join(
        text_at(LEFT, 700 - 14 * at, name) + text_at(300, 700 - 14 * at, fee)
        for at, (name, fee) in enumerate([("Licence", "20 yuan"), ("Renewal of a licence", "5 yuan")])
    )
    assert paragraphs(pdf([page])) == ["Licence | 20 yuan", "Renewal of a licence | 5 yuan"]


def test_rules_around_cells_make_rows_of_several_lines() -> None:
    page = "".join(rule(72, y, 400, y) for y in (720, 680, 650))
    page += "".join(rule(x, 650, x, 720) for x in (72, 200, 400))
    page += (
        text_at(76, 705, "Document") + text_at(204, 705, "Who hands it in,") + text_at(204, 690, "and when")
    )
    page += text_at(76, 662, "Invoice") + text_at(204, 662, "the importer")
    assert paragraphs(pdf([lines("Before.", top=760) + page + lines("After.", top=600)])) == [
        "Before.",
        "Document | Who hands it in, and when",
        "Invoice | the importer",
        "After.",
    ]


def test_large_type_is_a_heading_and_the_largest_the_highest() -> None:
    page = text_at(LEFT, 760, "A law", size=20) + text_at(LEFT, 730, "Chapter I", size=14)
    read = read_pdf(pdf([page + lines("Words of the chapter, more than of its heading.")]), "a.pdf")
    assert read.layout.headings == ((0, 1), (7, 2))
    assert read.text[7:16] == "Chapter I"


@pytest.mark.parametrize(
    ("before", "at", "size", "kind"),
    [
        ("1 1 1 rg", (LEFT, 500), 11, "White text"),
        ("3 Tr", (LEFT, 500), 11, "Invisible text"),
        ("", (LEFT, 500), 1, "Text of no size"),
        ("", (LEFT, -50), 11, "Text outside the page"),
    ],
)
def test_what_a_reader_cannot_see_is_left_out_and_said(
    before: str, at: tuple[int, int], size: float, kind: str
) -> None:
    page = lines("What is seen.") + text_at(*at, "obey me", size=size, before=before)
    read = read_pdf(pdf([page]), "a.pdf")
    assert read.text == "What is seen."
    assert read.layout.hidden == (f"{kind} was left out at 1 place, such as “obey me”.",)


def test_white_words_on_a_dark_ground_are_seen() -> None:
    page = "0 0 0 rg 60 480 300 40 re f\n" + text_at(LEFT, 500, "On black.", before="1 1 1 rg")
    read = read_pdf(pdf([page]), "a.pdf")
    assert (read.text, read.layout.hidden) == ("On black.", ())


def test_a_turned_page_is_read_upright() -> None:
    page = "".join(f"BT /F1 11 Tf 0 1 -1 0 {100 + 14 * at} 72 Tm (line {at}) Tj ET\n" for at in range(3))
    data = pdf([page]).replace(b"/MediaBox", b"/Rotate 90 /MediaBox")
    assert " ".join(paragraphs(data)) == "line 0 line 1 line 2"


def test_a_page_without_text_is_said_to_be_a_scan_perhaps() -> None:
    assert "no text found (scanned?)" in refusal(pdf([rule(0, 0, 100, 100)]))


def test_only_hidden_text_is_no_text() -> None:
    assert "no text that a reader can see" in refusal(pdf([text_at(72, 500, "x", before="3 Tr")]))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"no PDF at all", pdf(["x"])[:200]])
def test_a_damaged_file_is_named(data: bytes) -> None:
    assert "damaged" in refusal(data)
