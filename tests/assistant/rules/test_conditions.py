import pytest

from assistant.rules.conditions import CONDITION, SCOPE, dropped_condition, restrictions
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated


def test_a_condition_is_found_with_what_it_governs() -> None:
    (one,) = restrictions("If the exporter agrees, the authority may waive the inspection.")

    assert (one.words, one.reason) == ("If the exporter agrees", CONDITION)
    assert "waive the inspection" in one.governed


@pytest.mark.parametrize(
    ("text", "evidence", "refused"),
    [
        ("If it agrees, the authority may waive it.", "The authority may waive it if it agrees.", None),
        (
            "The authority may waive the inspection.",
            "The authority may waive the inspection if the firm pays.",
            CONDITION,
        ),
        (
            "The authority may waive the inspection.",
            "Where the firm pays, the authority may waive the inspection.",
            CONDITION,
        ),
        (
            "A bank shall not disclose records.",
            "A bank shall not disclose records without consent.",
            CONDITION,
        ),
        ("Aircraft are admitted.", "Aircraft are admitted, provided that a deposit is paid.", CONDITION),
        ("应当办理登记。", "合同金额超过百万元的，应当办理登记。", CONDITION),
        ("可以延长期限。", "经负责人批准，可以延长期限。", CONDITION),
        ("经批准，不得设立试验区。", "未经批准，不得设立试验区。", CONDITION),  # the condition turned round
        (
            "Firms may apply for a licence.",
            "Firms registered in the pilot zones may apply for a licence.",
            SCOPE,
        ),
        ("经营者应当保存记录。", "从事电子商务的经营者应当保存记录。", SCOPE),
        ("开展数据处理活动，适用本法。", "在中华人民共和国境内开展数据处理活动，适用本法。", SCOPE),
        ("数据必须存储。", "重要数据必须存储。", SCOPE),
        ("企业可以申请。", "Firms registered in the pilot zones may apply.", SCOPE),
        ("试点地区注册的企业可以申请。", "Firms registered in the pilot zones may apply.", None),
        # The condition belongs to the other half of the sentence.
        ("Hotels shall keep records.", "Hotels shall keep records and shall show them upon request.", None),
    ],
)
def test_a_condition_or_scope_is_not_left_out(
    text: str, evidence: str, refused: str | None, dictionary: ChineseDictionary
) -> None:
    assert dropped_condition(stated(text, evidence, dictionary=dictionary), dictionary) == refused
