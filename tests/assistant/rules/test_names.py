import pytest

from assistant.rules.names import UNKNOWN_NAME, unknown_name
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated

COMMERCE = "The Ministry of Commerce shall publish the negative list, and finance it."
COMMERCE_ZH = "商务部应当公布负面清单。"


@pytest.mark.parametrize(
    ("text", "evidence", "facts"),
    [
        ("The Ministry of Commerce publishes the list.", COMMERCE, ""),
        ("Exporters publish the list.", COMMERCE, ""),  # a word at the start of a sentence
        ("商务部应当公布负面清单。", COMMERCE, ""),
        ("The Ministry of Commerce shall publish the negative list.", COMMERCE_ZH, ""),
        ("It applies in Hainan.", "适用于海南自由贸易港。", ""),
        ("The State Council decided so.", "It decided so.", "State Council"),
        ("The WTO decided so.", "The World Trade Organization decided so.", ""),
        (
            "服务贸易理事会（Council for Trade in Services）收到通知。",
            "The Council for Trade in Services is notified.",
            "",
        ),
        ("由县级以上人民政府负责。", "由县级以上地方人民政府负责。", ""),
        ("申请应当提交省级商务部门。", "Applications go to the provincial department of commerce.", ""),
    ],
)
def test_a_name_that_stands_there_is_let_by(
    text: str, evidence: str, facts: str, dictionary: ChineseDictionary
) -> None:
    assert unknown_name(stated(text, evidence, facts=facts, dictionary=dictionary), dictionary) is None


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("The Ministry of Finance shall publish the list.", COMMERCE),  # both words stand there, not together
        ("Sweden shall publish the list.", COMMERCE),
        ("The list is published by NATO.", COMMERCE),
        ("财政部应当公布负面清单。", COMMERCE_ZH),
        ("财政部应当公布负面清单。", "The Ministry of Commerce shall publish the list."),
        ("The Ministry of Finance shall publish the negative list.", COMMERCE_ZH),
        ("海峡是日本的内海。", "海峡是中国的内海。"),
        ("由法院负责监管。", "由海关负责监管。"),
        ("由乡级以上人民政府负责。", "由县级以上地方人民政府负责。"),
        ("由鑫淼公司负责监管。", "由海关负责监管。"),
    ],
)
def test_a_foreign_name_is_refused(text: str, evidence: str, dictionary: ChineseDictionary) -> None:
    assert unknown_name(stated(text, evidence, dictionary=dictionary), dictionary) == UNKNOWN_NAME
