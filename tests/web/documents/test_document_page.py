"""The document page: every character is there, and the highlight is exactly the quote."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.documents.document_page import document_page, documents_page, missing_page
from assistant.web.documents.reference_links import documents_named
from assistant.web.words import Words
from knowledge.policy import DocumentFacts, Section, Validity
from knowledge.sectioning import split_sections
from tests.web.reading_html import Element, read_html
from tests.web.scripted_assistant import (
    HOSTILE,
    MEASURES,
    MemoryLibrary,
    full_library,
    hostile_sections,
    make_document,
    measures_sections,
    seed_sections,
)

EN, ZH = Words("en"), Words("zh")


def page_of(sections: list[Section], quote: str | None, words: Words = EN) -> Element:
    document = sections[0].document
    start = document.text.index(quote) if quote else 0
    highlight = (start, start + len(quote)) if quote else None
    return read_html(document_page(document, sections, highlight, words))


def marked_text(page: Element) -> str:
    return page.one("mark").text


def test_a_quote_inside_a_line_is_marked_alone() -> None:
    quote = "optimizing cross-border fund management"

    page = page_of(seed_sections(), quote)

    assert marked_text(page) == quote
    assert page.one("mark").attributes["id"] == "quote"
    assert page.one("mark").attributes["tabindex"] == "-1"


def test_a_quote_across_lines_is_one_mark_with_its_line_breaks() -> None:
    quote = "保存期限为五年；\n主管部门可以抽查，企业应当配合。\n第三条"

    page = page_of(measures_sections(), quote[: quote.index("\n第三条")])

    assert marked_text(page) == "保存期限为五年；\n主管部门可以抽查，企业应当配合。"


def test_the_whole_text_is_there_in_order() -> None:
    for sections in (seed_sections(), measures_sections(), hostile_sections()):
        text = page_of(sections, None).one(css_class="document-text").text

        assert text == "".join(line for line in sections[0].document.text.splitlines() if line.strip())


CUSTOMS = """第一章 总则
第一条　依照第二条第二款和《贸易法》第一条、《外汇法》第三条、《税法》第一条。
第二条　进口应当申报。
出口也应当申报，但<前条>规定的除外。
"""


def cut_document(text: str, title: str) -> list[Section]:
    return list(split_sections(make_document(text, DocumentFacts(title), "zh")))


def linked_library() -> MemoryLibrary:
    laws = [
        cut_document(CUSTOMS, "中华人民共和国海关法"),
        cut_document("第一条　贸易自由。\n第二条　依照《海关法》第二条。", "贸易法(2021-04-29)"),
        cut_document("第一条　旧。", "中华人民共和国税法"),
        cut_document("第一条　新。", "税法（2022年修正）"),
    ]
    return MemoryLibrary({law[0].document.id: law for law in laws})


def linked_page(number: int, quote: str | None = None) -> Element:
    library = linked_library()
    sections = list(library.held.values())[number]
    document = sections[0].document
    start = document.text.index(quote) if quote else 0
    highlight = (start, start + len(quote)) if quote else None
    return read_html(document_page(document, sections, highlight, ZH, named=documents_named(library)))


def references_on(page: Element) -> list[tuple[str, str]]:
    links = page.one(css_class="document-text").all("a")
    return [(link.text, link.attributes["href"] or "") for link in links]


def test_references_are_links_to_the_clauses_that_they_name() -> None:
    customs, trade, *_ = (law[0].document for law in linked_library().held.values())
    second = customs.text.index("出口也")
    first_of_trade = trade.text.index("第二条")
    law = trade.text.index("第一条")

    # 外汇法 is not in the library, and two documents are called 税法: both stay plain text.
    assert references_on(linked_page(0)) == [
        ("第二条第二款", f"/documents/{customs.id}?start={second}&end={len(CUSTOMS) - 1}&lang=zh#quote"),
        ("《贸易法》第一条", f"/documents/{trade.id}?start={law}&end={first_of_trade - 1}&lang=zh#quote"),
        ("前条", "#s1"),
    ]
    assert linked_page(0).one(css_class="document-text").text == CUSTOMS.replace("\n", "")


def test_a_link_that_crosses_the_edge_of_a_quote_is_divided() -> None:
    page = linked_page(0, "依照第二条第二款和《贸易")

    assert marked_text(page) == "依照第二条第二款和《贸易"
    assert [link.text for link in page.one("mark").all("a")] == ["第二条第二款", "《贸易"]
    assert [text for text, _ in references_on(page)] == ["第二条第二款", "《贸易", "法》第一条", "前条"]


def test_the_whole_of_a_document_is_there_beside_its_links() -> None:
    ids = {element.attributes.get("id") for element in linked_page(0).all("section")}

    assert {href[1:] for _, href in references_on(linked_page(0)) if href.startswith("#")} <= ids


def test_text_between_sections_is_not_lost() -> None:
    document = measures_sections()[0].document
    only_one = [
        Section(document, 0, ("第二章　便利措施",), MEASURES.index("第二章"), MEASURES.index("第三条"))
    ]

    text = page_of(only_one, None).one(css_class="document-text").text

    assert text == MEASURES.replace("\n", "")


def test_headings_are_headings_at_their_level_and_the_rest_is_not() -> None:
    document = make_document("Part I\nScope\nThis Act applies.\nScope\nEnd.", DocumentFacts("Act"), "en")
    sections = [Section(document, 0, ("Part I", "Scope"), 0, len(document.text))]

    article = page_of(sections, None).one(css_class="document-text")

    assert [heading.text for heading in article.all("h2")] == ["Part I"]
    assert [heading.text for heading in article.all("h3")] == ["Scope"]
    assert [paragraph.text for paragraph in article.all("p")] == ["This Act applies.", "Scope", "End."]


def test_a_quote_that_holds_a_heading_is_marked_in_one_piece() -> None:
    quote = "便利措施\n第二条　服务出口企业"

    assert marked_text(page_of(measures_sections(), quote)) == quote


def test_markup_in_a_document_is_text() -> None:
    quote = HOSTILE.splitlines()[1]

    page = page_of(hostile_sections(), quote)

    assert marked_text(page) == quote
    assert not page.all("script")
    assert not page.all("img")
    assert page.all("h1")[0].text == "<script>window.hacked = 4</script> Fees"


def test_a_highlight_outside_the_text_is_said_to_be_lost() -> None:
    sections = seed_sections()
    document = sections[0].document
    length = len(document.text)

    for highlight in ((0, length + 1), (-1, 5), (7, 7), (9, 3)):
        page = read_html(document_page(document, sections, highlight, EN))
        assert not page.all("mark")
        assert page.one(css_class="note").text == EN("lost_place")


def test_the_head_says_where_the_quote_is_and_what_nobody_stated() -> None:
    page = page_of(measures_sections(), "保存期限为五年", ZH)

    pointer = page.one(css_class="pointer")
    assert pointer.text == ZH("quoted_at", place="第二条第二款")
    assert pointer.one("a").attributes["href"] == "#quote"
    facts = {row.one("dt").text: row.one("dd").text for row in page.one(css_class="facts").all("div")}
    assert facts == {"发文机关": "未载明", "日期": "2021年4月29日"}


def test_the_page_names_its_languages() -> None:
    page = page_of(seed_sections(), None, ZH)

    assert page.one("html").attributes["lang"] == "zh-CN"
    assert page.one(css_class="document-text").attributes["lang"] == "en"


def test_the_list_leads_to_every_document() -> None:
    documents = full_library().documents()

    page = read_html(documents_page(documents, EN))

    links = [link.attributes["href"] for link in page.one("main").all("a")]
    assert links == [f"/documents/{document.id}?lang=en" for document in documents]


def test_the_list_says_what_is_not_in_force() -> None:
    first, *others = full_library().documents()
    ended = Validity("expired", ends="2020-01-01")

    page = read_html(documents_page([first, *others], EN, {first.id: ended}))

    (note,) = page.all(css_class="validity")
    assert "2020-01-01" in note.text


@pytest.mark.parametrize(("name", "hidden"), [("a.md", ["## "]), ("a.txt", [])])
def test_the_sign_of_a_heading_is_markup_where_it_is(name: str, hidden: list[str]) -> None:
    text = "## Fees\n\nNo fee is charged. # 5 is a number."
    document = replace(make_document(text, DocumentFacts("Any"), "en"), path=name)

    page = read_html(document_page(document, list(split_sections(document)), None, EN))

    assert [sign.text for sign in page.all(css_class="markup")] == hidden
    assert "".join(page.one(css_class="document-text").text.split()) == "".join(text.split())


def test_a_missing_document_is_a_page_with_a_sentence() -> None:
    assert ZH("document_missing") in read_html(missing_page(ZH)).one("main").text


@given(st.data())
def test_any_quote_of_any_text_is_marked_exactly(data: st.DataObject) -> None:
    characters = st.sampled_from("ab 第。<&\"'\n\n　#\t一条前款")
    text = data.draw(st.text(characters, min_size=1, max_size=60))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    cut = data.draw(st.integers(0, start))
    document = make_document(text, DocumentFacts("Any"), "en")
    # A quote never crosses a section; one section holds it and may begin anywhere before it.
    sections = [Section(document, 0, ("a", "第。"), cut, len(text))]

    page = read_html(document_page(document, sections, (start, end), EN))

    if text[start:end].strip():
        assert marked_text(page) == text[start:end]
    assert "".join(page.one(css_class="document-text").text.split()) == "".join(text.split())


def test_a_document_that_is_not_in_force_says_so_and_leads_to_what_is() -> None:
    sections = measures_sections()
    validity = Validity("superseded", by="0123456789abcdef", by_title="新办法", by_date="2022-12-30")

    page = read_html(document_page(sections[0].document, sections, None, EN, validity))

    told = [element for element in page.all("p") if element.attributes.get("class") == "validity"]
    assert [one.text for one in told] == [
        "Superseded: the version of 2022-12-30 has taken its place (新办法). Open what has taken its place"
    ]
    assert told[0].one("a").attributes["href"] == "/documents/0123456789abcdef?lang=en"


def test_a_document_in_force_says_nothing_of_it() -> None:
    sections = measures_sections()
    in_force = Validity("in force", begins="2021-04-29", ends="2030-01-01", by="x", by_title="x", by_date="x")

    for validity in (in_force, Validity("unknown")):
        assert "validity" not in document_page(sections[0].document, sections, None, ZH, validity)
