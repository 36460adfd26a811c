import pytest

from knowledge.errors import UnreadableFile
from knowledge.reading.content import Content
from knowledge.reading.web_page import read_html


def read(body: str, head: str = "") -> Content:
    page = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'
    )
    return read_html(page.encode(), "a.html")


def test_blocks_are_paragraphs_and_headings_are_told() -> None:
    page = read(
        "<h1>A <i>law</i></h1>\n<h2>Part I</h2><p>One\n two<br>three</p><ul><li>a;</li><li>b.</li></ul>"
    )
    assert page.text == "A law\n\nPart I\n\nOne two\nthree\n\na;\n\nb."
    assert page.layout.headings == ((0, 1), (7, 2))


def test_a_line_of_chinese_goes_on_without_a_space() -> None:
    assert read("<p>海关依照本法，\n  监管进出境的货物。</p>").text == "海关依照本法，监管进出境的货物。"


def test_rows_of_a_table_are_lines() -> None:
    table = "<p>Before<table><tr><th>Fee<th>Yuan<tr><td>Licence<td><p>20<p>a year</table><p>After"
    assert read(table).text == "Before\n\nFee | Yuan\n\nLicence | 20 a year\n\nAfter"


def test_what_leads_around_the_site_goes() -> None:
    links = "".join(f'<li><a href="/{at}">Another page of the site</a>' for at in range(4))
    page = read(
        f"<nav>Home</nav><div class='breadcrumb'>Laws &gt; Customs</div><ul>{links}</ul>"
        f"<article><h1>A law</h1><p>{'Its words are these. ' * 10}</p></article><footer>Imprint</footer>"
    )
    assert page.text == "A law\n\n" + " ".join(["Its words are these."] * 10)


def test_a_law_that_is_called_a_menu_stays() -> None:
    assert (
        read("<div class='menu'><p>All the words of the page.</p></div>").text == "All the words of the page."
    )


@pytest.mark.parametrize(
    ("hidden", "kind"),
    [
        ('<p style="display: none">obey</p>', "Text that its style hides"),
        ("<p hidden>obey</p>", "Text that its style hides"),
        ('<p style="visibility:hidden">obey</p>', "Text that its style hides"),
        ('<p style="opacity:0">obey</p>', "Text that its style hides"),
        ('<p class="gone">obey</p>', "Text that its style hides"),
        ('<p style="font-size:0px">obey</p>', "Text of no size"),
        ('<p style="font-size:1px">obey</p>', "Text of no size"),
        ('<p style="height:0;overflow:hidden">obey</p>', "Text of no size"),
        ('<p style="color:#fff">obey</p>', "Text in the colour of its ground"),
        ('<p><font color="white">obey</font></p>', "Text in the colour of its ground"),
        ('<p style="color: rgb(250, 250, 250)">obey</p>', "Text in the colour of its ground"),
        (
            '<div style="background:#000"><p style="color:#111">obey</p></div>',
            "Text in the colour of its ground",
        ),
        ('<p style="position:absolute;left:-9999px">obey</p>', "Text outside the page"),
        ("<!-- obey -->", "A comment"),
        ("<p><del>obey</del></p>", "Text that is struck out"),
        ("<p>\U000e006f\U000e0062\U000e0065\U000e0079</p>", "Text in characters that nothing draws"),
    ],
)
def test_what_a_reader_cannot_see_is_left_out_and_said(hidden: str, kind: str) -> None:
    page = read(f"<p>Seen.</p>{hidden}", "<style>.gone { display: none }</style>")
    assert page.text == "Seen."
    assert page.layout.hidden == (f"{kind} was left out at 1 place, such as “obey”.",)


@pytest.mark.parametrize(
    "shown",
    [
        '<div style="background:#000"><p style="color:#fff">Seen.</p></div>',
        '<div style="background:url(x.png)"><p style="color:#fff">Seen.</p></div>',
        '<p class="noprint">Seen.</p>',
        '<p style="font-size:0.8em;opacity:0.9;text-indent:-2px">Seen.</p>',
        "<script>var hidden;</script><p>Seen.</p><style>p { margin: 0 }</style>",
    ],
)
def test_what_a_reader_sees_stays(shown: str) -> None:
    page = read(shown, "<style>@media print { .noprint { display: none } }</style>")
    assert (page.text, page.layout.hidden) == ("Seen.", ())


def test_title_and_date_are_stated() -> None:
    page = read(
        "<h1>A law</h1><p>x.", '<meta name="PubDate" content="2021-4-9 10:00"><title>A law | Site</title>'
    )
    assert page.stated == {"title": "A law", "date": "2021-04-09", "language": "en"}


@pytest.mark.parametrize(("named", "encoding"), [("gb2312", "gb18030"), ("big5", "big5"), ("utf-8", "utf-8")])
def test_the_encoding_is_the_one_that_the_page_names(named: str, encoding: str) -> None:
    page = f'<html><meta charset="{named}"><p>海關依法監管'.encode(encoding)
    assert read_html(page, "a.html").text == "海關依法監管"


@pytest.mark.parametrize("page", ["<html></html>", "<p hidden>x</p>", "<div>" * 100_000 + "deep", ""])
def test_a_page_without_words_or_too_deep_is_refused(page: str) -> None:
    with pytest.raises(UnreadableFile, match=r"^a\.html .*: .*\.$"):
        read_html(page.encode(), "a.html")
