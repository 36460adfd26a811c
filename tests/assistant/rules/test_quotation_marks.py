import pytest

from assistant.rules.quotation_marks import FORGED, forged_quotation, quoted_words
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated

ENGLISH = "New models such as “AI + service trade” are to be cultivated."
CHINESE = "《技术进出口管理条例》所称“限制进口”，是指实行许可证管理。"


def test_every_kind_of_marks_is_read_but_no_apostrophe() -> None:
    assert quoted_words("\"a b\" “c” ‘d e’ 「丙」 『丁』 《法》 the firm's clients' book") == [
        "a b",
        "c",
        "d e",
        "丙",
        "丁",
        "法",
    ]


@pytest.mark.parametrize(
    ("text", "evidence", "facts"),
    [
        ('It names "ai + service  trade".', ENGLISH, ""),
        ("It names “AI + service trade.”", ENGLISH, ""),
        ("《技术进出口管理条例》说明了「限制进口」。", CHINESE, ""),
        ("《测试办法》规定实行许可证管理。", CHINESE, "测试办法"),  # a title stands beside the quote
        ("要培育“人工智能＋服务贸易”（AI + service trade）等新模式。", ENGLISH, ""),
        ("No quotation at all.", ENGLISH, ""),
    ],
)
def test_what_stands_there_may_be_quoted(
    text: str, evidence: str, facts: str, dictionary: ChineseDictionary
) -> None:
    assert forged_quotation(stated(text, evidence, facts=facts, dictionary=dictionary), dictionary) is None


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("It names “AI without service trade”.", ENGLISH),
        ("《货物进出口管理条例》说明了许可证管理。", CHINESE),
        ("It says “AI + service trade” and “no fee is due”.", ENGLISH),
        ("要培育“人工智能＋服务贸易”等新模式。", ENGLISH),  # a translation is nobody's words
        ("要培育“人工智能”（AI + goods）等新模式。", ENGLISH),
    ],
)
def test_a_forged_quotation_is_refused(text: str, evidence: str, dictionary: ChineseDictionary) -> None:
    assert forged_quotation(stated(text, evidence, dictionary=dictionary), dictionary) == FORGED
