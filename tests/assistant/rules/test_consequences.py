import pytest

from assistant.rules.consequences import CONSEQUENCE, unknown_consequence
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated


@pytest.mark.parametrize(
    ("text", "evidence", "refused"),
    [
        ("Firms must report under penalty.", "Firms must report.", CONSEQUENCE),
        ("A fine is due.", "Whoever does not report shall be punished.", None),
        ("企业应当报告，否则处以罚款。", "企业应当报告。", CONSEQUENCE),
        ("Firms that do not report are fined.", "企业不报告的，处一万元罚款。", None),
        ("Service exports are exempt from duties.", "Service exports shall be expanded.", CONSEQUENCE),
        ("出口服务免税。", "Service exports are tax-free.", None),
        ("Exporters receive a subsidy.", "Exporters are to be supported.", CONSEQUENCE),
        ("The contract is void.", "违反本条的合同无效。", None),
        ("The rules are defined and refined.", "The rules are set.", None),
        ("A fine market opens.", "The market opens.", CONSEQUENCE),  # the word alone cannot tell
    ],
)
def test_no_consequence_is_added(
    text: str, evidence: str, refused: str | None, dictionary: ChineseDictionary
) -> None:
    assert unknown_consequence(stated(text, evidence, dictionary=dictionary), dictionary) == refused
