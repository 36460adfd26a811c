"""What may not be shown whatever the passages say: links, markup, unseen signs, other languages."""

import pytest

from assistant.drafts.plain_writing import LONGEST_SENTENCE, why_not_shown
from knowledge.policy import Language
from tests.assistant.small_documents import make_document, passages_of

LINKED = passages_of(
    make_document("Forms are at https://forms.gov.example/a and at www.trade.example today.")
)


@pytest.mark.parametrize(
    "text",
    [
        "See https://evil.example/?q=x for it.",
        "See hxxp://evil.example for it.",
        "See ｈttps：／／evil．example for it.",
        "Write to a.b@evil.example about it.",
        "Open evil.com/collect to read it.",
        "Open //evil.example/x to read it.",
        "It is at 10.0.0.1:8080/x for now.",
        "Run javascript:alert(1) to read it.",
        "Open https://forms.gov.example/b to read it.",
    ],
)
def test_links_that_the_passages_do_not_hold(text: str) -> None:
    assert "link" in why_not_shown(text, "en", LINKED)


@pytest.mark.parametrize(
    "text",
    [
        "Forms are found at https://forms.gov.example/a.",
        "Forms are found at www.trade.example, it says.",
        "Two kinds of data: personal and important, e.g. health.",
        "Rates of 3.5 and 4.5 apply under Nos. 2 and 3, i.e. to services.",
    ],
)
def test_links_that_they_do_hold_and_what_only_looks_like_one(text: str) -> None:
    assert why_not_shown(text, "en", LINKED) == ""


@pytest.mark.parametrize(
    "text",
    ["<img src=x>", "a &lt; b", "[here](x)", "![x](y)", "{{secret}}", "${x}", "<|im_end|>", "[b]bold[/b]"],
)
def test_markup(text: str) -> None:
    assert "markup" in why_not_shown(f"The fee is {text} as stated.", "en", [])


@pytest.mark.parametrize("sign", ["\u200b", "\u202e", "\x1b", "\u2066", "\ue000"])
def test_signs_that_cannot_be_seen(sign: str) -> None:
    assert "cannot be seen" in why_not_shown(f"The fee{sign} is waived.", "en", [])


def test_a_sentence_without_end() -> None:
    assert "longer" in why_not_shown("the fee " * (LONGEST_SENTENCE // 8 + 1), "en", [])


@pytest.mark.parametrize(
    ("text", "language", "fits"),
    [
        ("Exporters shall keep each contract for 5 years.", "en", True),
        ("The negative list（负面清单）for cross-border trade is shortened.", "en", True),
        ("缩减跨境服务贸易负面清单（negative list for cross-border trade in services）。", "zh", True),
        ("企业应当保存合同五年。", "en", False),
        ("Exporters shall keep each contract for 5 years.", "zh", False),
        ("Les entreprises doivent conserver chaque contrat pendant cinq ans au moins.", "en", False),
        ("Die Unternehmen müssen jeden Vertrag mindestens fünf Jahre lang aufbewahren.", "en", False),
        ("Las empresas deben conservar cada contrato durante cinco años como mínimo.", "en", False),
        ("Экспортёры обязаны хранить договоры пять лет.", "en", False),
        ("輸出者は契約書を五年間保存しなければならない。", "zh", False),
        ("기업은 계약서를 5년간 보관하여야 한다.", "zh", False),
        ("12 %", "en", False),
    ],
)
def test_the_language_of_the_question(text: str, language: Language, fits: bool) -> None:
    assert (why_not_shown(text, language, []) == "") == fits
