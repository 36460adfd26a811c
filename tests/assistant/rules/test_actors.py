import pytest

from assistant.rules.actors import UNKNOWN_ACTOR, unknown_actor
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated


@pytest.mark.parametrize(
    ("text", "evidence", "refused"),
    [
        ("Banks must report.", "A bank shall report.", None),
        ("It must report.", "A bank shall report.", None),
        ("Insurers must report.", "A bank shall report.", UNKNOWN_ACTOR),
        ("银行必须报告。", "银行应当报告。", None),
        ("学校必须报告。", "银行应当报告。", UNKNOWN_ACTOR),
        ("必须报告。", "银行应当报告。", None),
        ("学校必须报告。", "A bank shall report.", None),  # across languages the score has to tell
    ],
)
def test_who_acts_stands_in_what_is_cited(
    text: str, evidence: str, refused: str | None, dictionary: ChineseDictionary
) -> None:
    assert unknown_actor(stated(text, evidence, dictionary=dictionary), dictionary) == refused
