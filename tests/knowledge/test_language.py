import pytest

from knowledge.language import language_of

CHINESE = [
    "什么是AI+服务贸易?",
    "AI + service trade 是什么？",
    "进口货物的收货人应当何时办理报关手续？",
    "WTO TRIPS GATS 協定規定了哪些義務？",
    "请解释 trade in services",
    "第五条 企业应当按照 ISO 9001 和 IEC 62443 标准建立制度。",
    "税",
]
ENGLISH = [
    "What is 服务贸易?",
    "How should a favourable environment for service imports be created?",
    "What does 服务贸易创新发展 mean in the directive?",
    "The term “服务贸易” (trade in services) covers four modes of supply.",
    "tariff",
    "",
    "2024-08-26 3.5%",
]


@pytest.mark.parametrize("text", CHINESE)
def test_chinese(text: str) -> None:
    assert language_of(text) == "zh"


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert language_of(text) == "en"
