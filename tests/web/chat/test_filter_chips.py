"""The filters that are offered: what the library holds, and nothing that tells no two documents apart."""

from assistant.web.chat.filter_chips import MOST_DOCUMENTS, filter_chips
from assistant.web.words import Words
from knowledge.policy import DocumentFacts, Entry
from tests.web.reading_html import Element, read_html

EN, ZH = Words("en"), Words("zh")
LAW = Entry("a", DocumentFacts("外贸法", issuer="全国人大", level="law", kind="法", date="2004-04-06"), "zh")
RULES = Entry("b", DocumentFacts("Rules <b>", issuer='A "ministry"', kind="Rules", date="2021-05-01"), "en")
NO_FACTS = Entry("c", DocumentFacts("Speech"), "en")


def chips(*entries: Entry, words: Words = EN) -> Element:
    return read_html(filter_chips(entries, words))


def offered(page: Element) -> list[str | None]:
    return [chip.attributes["data-filter"] for chip in page.all("span", "chip")]


def values(page: Element, name: str) -> list[str | None]:
    return [box.attributes["value"] for box in page.all("input") if box.attributes.get("name") == name]


def test_what_the_documents_differ_in_can_be_chosen() -> None:
    page = chips(LAW, RULES)

    assert offered(page) == [
        "issuers", "kinds", "levels", "languages", "dates", "validity", "document_ids",
    ]  # fmt: skip
    assert values(page, "issuers") == ['A "ministry"', "全国人大"]
    assert values(page, "levels") == ["law"]  # the other one has none
    assert values(page, "document_ids") == ["b", "a"]


def test_what_they_have_in_common_is_not_offered() -> None:
    assert filter_chips([NO_FACTS], EN) == ""
    assert offered(chips(LAW)) == offered(chips(RULES)) == ["validity"]
    assert offered(chips(LAW, LAW)) == ["validity", "document_ids"]
    assert offered(chips(NO_FACTS, RULES)) == ["issuers", "kinds", "validity", "document_ids"]


def test_values_are_counted_and_the_most_frequent_stands_first() -> None:
    page = chips(LAW, RULES, RULES)

    issuers = [
        label
        for label in page.all("label", "choice")
        if label.all("input")[0].attributes["name"] == "issuers"
    ]
    assert [label.text for label in issuers] == ['A "ministry"2', "全国人大1"]


def test_every_chip_opens_its_panel_and_can_be_taken_away_again() -> None:
    page = chips(LAW, RULES, words=ZH)

    for chip in page.all("span", "chip"):
        opens, clears = chip.all("button")
        panel = next(
            one for one in page.all("div") if one.attributes.get("id") == opens.attributes["popovertarget"]
        )
        assert panel.attributes["aria-label"] == opens.text == chip.attributes["data-label"]
        assert opens.text in (clears.attributes["aria-label"] or "")
    assert "发文机关" in [chip.attributes["data-label"] for chip in page.all("span", "chip")]


def test_a_long_list_can_be_narrowed_and_a_very_long_one_says_what_is_missing() -> None:
    many = [
        Entry(str(number), DocumentFacts(f"Law {number:04}"), "en") for number in range(MOST_DOCUMENTS + 3)
    ]

    page = chips(*many)

    assert len(values(page, "document_ids")) == MOST_DOCUMENTS
    assert page.one("p", "choice-note").text == EN("ask_not_listed", count=3)
    assert page.one("input", "narrow-list").attributes["aria-label"] == EN("ask_narrow_list")
    assert chips(LAW, RULES).all("input", "narrow-list") == []
