import pytest

from assistant.rules.obligation import DIFFERS, LEFT_OUT, different_force
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated


@pytest.mark.parametrize(
    ("text", "evidence", "refused"),
    [
        ("Firms must report.", "Firms shall report.", None),
        ("Firms must report.", "Firms may report.", DIFFERS),
        ("Firms may report.", "Firms shall report.", DIFFERS),  # an obligation made optional
        ("Firms shall report.", "Firms should report.", DIFFERS),
        ("Firms must publish tariffs.", "Firms are encouraged to publish tariffs.", DIFFERS),
        ("Firms report.", "Firms shall report.", None),
        ("Firms report.", "Firms may report.", LEFT_OUT),
        ("The list is shortened.", "The list should be shortened.", LEFT_OUT),
        ("The text calls for shortening the list.", "The list should be shortened.", None),
        ("企业必须报告。", "企业应当报告。", None),
        ("企业可以报告。", "企业应当报告。", DIFFERS),
        ("企业应当开展贸易。", "国家鼓励企业开展贸易。", DIFFERS),
        ("企业应当报告。", "企业可以申请，并应当报告。", None),
        ("应缩减清单。", "The list should be shortened.", None),  # 应 is "should" as well as "shall"
        ("必须缩减清单。", "The list should be shortened.", DIFFERS),
        ("应当公布运价。", "Carriers are encouraged to publish tariffs.", DIFFERS),
        ("Firms may apply.", "企业应当申请。", DIFFERS),
        ("A unit may set up a zone.", "No unit may set up a zone.", DIFFERS),
    ],
)
def test_the_force_is_that_of_what_is_cited(
    text: str, evidence: str, refused: str | None, dictionary: ChineseDictionary
) -> None:
    assert different_force(stated(text, evidence, dictionary=dictionary), dictionary) == refused
