import pytest

from assistant.rules.negation import DENIED, NOT_DENIED, different_negation
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated


@pytest.mark.parametrize(
    ("text", "evidence", "refused"),
    [
        ("The deposit is not refunded.", "The deposit is not refunded.", None),
        ("The deposit is not refunded.", "The deposit is refunded.", DENIED),
        ("The deposit is refunded.", "The deposit is not refunded.", NOT_DENIED),
        ("A bank discloses client records.", "A bank shall not disclose client records.", NOT_DENIED),
        ("费用不予退还。", "费用予以退还。", DENIED),
        ("技术实行许可证管理。", "技术不实行许可证管理。", NOT_DENIED),
        ("股比受限制。", "企业可以申请，股比不受限制。", NOT_DENIED),
        ("应当安排领队。", "应当安排领队；人数少的，可以不安排领队。", None),  # the other clause says so
        ("保证金不退还。", "The deposit is refunded.", DENIED),
        ("技术实行许可证管理。", "Technology is not subject to licence management.", NOT_DENIED),
        ("The term is not less than 3 years.", "The term is at least 3 years.", None),  # a bound, no denial
    ],
)
def test_what_is_denied_is_denied_there(
    text: str, evidence: str, refused: str | None, dictionary: ChineseDictionary
) -> None:
    assert different_negation(stated(text, evidence, dictionary=dictionary), dictionary) == refused
