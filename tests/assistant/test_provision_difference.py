"""Whether two provisions say different things of one question."""

import pytest

from assistant.provision_difference import Matter, say_otherwise
from knowledge.dictionary import ChineseDictionary

HOW_LONG = "How long must contracts be kept?"
FIVE = "Firms shall keep contracts for five years."


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (HOW_LONG, FIVE, "Contracts are kept for three years."),
        (HOW_LONG, FIVE, "合同应当保存三年。"),
        ("Must contracts be kept?", FIVE, "Firms may keep contracts for five years."),
        ("Must contracts be kept?", FIVE, "Firms shall not keep contracts for five years."),
        ("What is the fee for a certificate?", "The fee is 20 yuan.", "The fee is 30 yuan."),
        ("合同应当保存多久？", "合同应当保存五年。", "合同应当保存三年。"),
        ("谁负责签发许可证？", "许可证由商务部签发。", "许可证由海关总署签发。"),
        (
            "Who issues the licence?",
            "The Ministry of Commerce issues the licence.",
            "Customs issues the licence.",
        ),
    ],
)
def test_another_amount_another_force_or_another_name_is_otherwise(
    question: str, first: str, second: str
) -> None:
    assert say_otherwise(question, first, second)
    assert say_otherwise(question, second, first)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (HOW_LONG, FIVE, "Firms must keep contracts for 5 years."),
        (HOW_LONG, FIVE, "Contracts are kept for five years and invoices for three years."),
        (HOW_LONG, FIVE, "合同应当保存五年。"),
        ("How should exports be expanded?", "Brands should be supported.", "Taxes should be rebated."),
        (
            "Who issues the licence?",
            "The Ministry of Commerce issues it.",
            "Commerce authorities issue the licence.",
        ),
        ("What is said of fees in 2020?", "In 2020 fees were paid.", "In 2020 fees were paid by banks."),
    ],
)
def test_the_same_in_other_words_or_a_further_measure_is_not(question: str, first: str, second: str) -> None:
    assert not say_otherwise(question, first, second)


def test_how_much_of_a_question_a_text_speaks_to(dictionary: ChineseDictionary) -> None:
    assert Matter("Must firms keep contracts?", dictionary).share_in(FIVE) == 1.0
    assert Matter("Must firms translate contracts?", dictionary).share_in(FIVE) == pytest.approx(2 / 3)
    assert Matter("contracts", dictionary).share_in("合同应当保存五年。") == 1.0
    assert Matter("?", dictionary).share_in(FIVE) == 0.0
