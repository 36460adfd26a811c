import pytest

from assistant.rules.numbers import ELSEWHERE, MISSING, unknown_number
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated

FEES = "The fee for a paper certificate is 20 yuan, the fee for a digital certificate is 30 yuan."


@pytest.mark.parametrize(
    ("text", "evidence", "facts"),
    [
        ("预算为26万元。", "The budget is 260,000 yuan.", ""),
        ("It takes effect on August 26.", "自8月26日起施行。", ""),
        ("The share is five per cent.", "比例为百分之五。", ""),
        ("The share is half.", "The share is 50%.", ""),
        ("It is due within thirty days.", "应当在30日内缴纳。", ""),
        ("The measures of 2021 apply.", "The measures apply.", "2021年4月29日"),
        ("人数少于10人的，可以不报告。", "人数少于十人的，可以不报告。", ""),
        ("Under Article 12 a fee is due.", "A fee is due.", ""),  # for another rule to judge
        ("The fee for a paper certificate is 20 yuan.", FEES, ""),
    ],
)
def test_a_number_that_stands_there_in_any_form_is_let_by(
    text: str, evidence: str, facts: str, dictionary: ChineseDictionary
) -> None:
    assert unknown_number(stated(text, evidence, facts=facts, dictionary=dictionary), dictionary) is None


@pytest.mark.parametrize(
    ("text", "evidence", "reason"),
    [
        ("预算为26亿元。", "The budget is 260,000 yuan.", MISSING),
        ("It takes effect on August 28.", "自8月26日起施行。", MISSING),
        ("The share is six per cent.", "比例为百分之五。", MISSING),
        ("It is due within 30 months.", "应当在30日内缴纳。", MISSING),
        ("It is due within 30 days.", "It is due within 30 working days.", MISSING),
        ("Two ports accept it.", "Some ports accept it.", MISSING),
        ("The fee for a paper certificate is 30 yuan.", FEES, ELSEWHERE),
    ],
)
def test_another_number_is_refused(
    text: str, evidence: str, reason: str, dictionary: ChineseDictionary
) -> None:
    assert unknown_number(stated(text, evidence, dictionary=dictionary), dictionary) == reason
