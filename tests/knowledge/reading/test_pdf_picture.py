"""A page as a picture: where the words stand that are marked, and that the picture is one."""

import io

import pytest
from PIL import Image

from knowledge.errors import UnreadableFile
from knowledge.reading.pdf_picture import Picture, picture_of
from tests.knowledge.reading.made_pdf import pdf, rule, text_at

TWICE = text_at(72, 700, "Exporters pay a fee.") + text_at(72, 600, "Exporters pay a fee.")
WRAPPED = text_at(72, 700, "The fee is waived for trans-") + text_at(72, 687, "port firms of every size.")
SCALE = 1_240 / 595  # pixels a point


def drawn(operators: str, words: str, earlier: int = 0) -> Picture:
    return picture_of(pdf([operators]), 1, words, earlier, "a.pdf")


def in_points(box: tuple[int, int, int, int]) -> tuple[int, ...]:
    return tuple(round(pixels / SCALE) for pixels in box)


def pixel(picture: Picture, x: float, y: float) -> tuple[int, ...]:
    image = Image.open(io.BytesIO(picture.png))
    assert (image.size, image.mode) == ((picture.width, picture.height), "RGB")
    found = image.getpixel((round(x), round(y)))
    assert isinstance(found, tuple)
    return found


def test_the_box_goes_around_the_words_and_nothing_else() -> None:
    picture = drawn(TWICE, "pay a fee")

    (box,) = picture.marked

    # Courier: 6.6 points a character at size 11; "Exporters " is ten of them. The page is 842 points high.
    left, top, right, bottom = in_points(box)
    assert (left, right) == pytest.approx((72 + 66, 72 + 66 + 9 * 6.6), abs=1)
    assert (top, bottom) == pytest.approx((842 - 700 - 0.9 * 11, 842 - 700 + 0.25 * 11), abs=1)


def test_paper_turns_yellow_under_the_words_and_stays_white_elsewhere() -> None:
    picture = drawn(TWICE, "Exporters pay a fee")
    left, top, right, bottom = picture.marked[0]

    assert pixel(picture, left + 1, top + 1) == (255, 229, 138)
    assert pixel(picture, right + 4, top + 1) == (255, 255, 255)
    assert pixel(picture, left + 1, bottom + 4) == (255, 255, 255)


def test_the_place_that_is_meant_is_marked_when_the_words_stand_on_the_page_twice() -> None:
    tops = [in_points(drawn(TWICE, "pay a fee", earlier).marked[0])[1] for earlier in (0, 1, 5)]

    assert tops[1] - tops[0] == 100
    assert tops[2] == tops[1]


def test_words_over_two_lines_have_a_box_in_each_though_a_hyphen_parted_them() -> None:
    boxes = drawn(WRAPPED, "waived for transport firms").marked

    assert [in_points(box)[0] for box in boxes] == pytest.approx([72 + 11 * 6.6, 72], abs=1)


def test_words_that_are_not_there_are_not_marked_and_none_are_asked_for() -> None:
    assert drawn(TWICE, "pay a tax").marked == ()
    assert drawn(TWICE, "").marked == ()


def test_a_row_of_a_table_is_marked_up_to_its_end() -> None:
    rows = "".join(
        text_at(72, y, left) + text_at(300, y, right)
        for y, left, right in ((700, "Firm", "Fee"), (680, "Small", "None"), (660, "Large", "Ten"))
    )

    ((left, _, right, _),) = [in_points(box) for box in drawn(rows, "Small | None").marked]

    assert (left, right) == pytest.approx((72, 300 + 4 * 6.6), abs=1)


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_said(number: int) -> None:
    with pytest.raises(UnreadableFile, match=rf"a\.pdf has no page {number}: it has 1"):
        picture_of(pdf([TWICE]), number, "", 0, "a.pdf")


def test_a_damaged_file_is_said() -> None:
    with pytest.raises(UnreadableFile, match=r"a\.pdf is damaged"):
        picture_of(b"%PDF-1.4 and no more", 1, "", 0, "a.pdf")


def test_a_page_of_an_odd_shape_has_a_limit() -> None:
    picture = picture_of(pdf([rule(0, 0, 10, 10)], size=(100, 3_000)), 1, "", 0, "a.pdf")

    assert picture.height <= 4_000 + 1
