from dataclasses import replace

from assistant.rules.shown_facts import shown_facts, without_shown
from tests.assistant.small_documents import citation_of, law, measures


def test_title_headings_and_locator_are_shown_in_both_languages() -> None:
    facts = shown_facts([citation_of(measures(), "企业应当妥善保存合同及相关凭证，保存期限为五年。")])

    assert "服务贸易便利化试行办法" in facts
    assert "第二条" in facts
    assert "Article 2" in facts


def test_number_issuer_and_dates_are_shown_as_a_sentence_writes_them() -> None:
    document = law()
    facts = replace(
        document.facts, number="No. 15", issuer="Parliament", date="2021-04-09", in_force_from="--08-26"
    )
    citation = citation_of(replace(document, facts=facts), "This Act applies to service exports.")

    lines = shown_facts([citation]).split("\n")

    assert {"No. 15", "Parliament", "2021年4月9日", "8月26日"} <= set(lines)


def test_what_a_sentence_repeats_of_them_is_taken_out() -> None:
    facts = "Service Trade Facilitation Act\n服务贸易便利化试行办法\nArticle 2"

    assert without_shown("Firms pay under the Service Trade Facilitation Act.", facts).split() == [
        "Firms",
        "pay",
        ".",
    ]
    assert (
        without_shown("根据《服务贸易便利化试行办法》第二条，企业应当缴费。", facts).strip(" ，,")
        == "企业应当缴费。"
    )
    assert without_shown("Article 2", facts) == "Article 2"  # nothing would be left to compare
