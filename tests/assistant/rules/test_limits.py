import pytest

from assistant.rules.limits import DIRECTION, LIMIT, OTHER_SIDE, different_limit
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated

TWO_BOUNDS = "Tariffs for passengers under 12 years of age shall be at most half of the full tariff."


@pytest.mark.parametrize(
    ("text", "evidence", "refused"),
    [
        ("Only banks may pay.", "Only banks may pay.", None),
        ("Only banks may pay.", "Banks may pay.", LIMIT),
        ("Banks may pay.", "Only banks may pay.", LIMIT),
        ("The fee is 5%.", "The fee is 5%, except for small firms.", LIMIT),
        ("银行不得披露。", "银行不得披露，法律另有规定的除外。", LIMIT),
        ("All ports accept it.", "Some ports accept it.", LIMIT),
        ("The operator must remove all offers.", "The operator must remove false offers.", LIMIT),
        ("Tariffs shall be at least half of the full tariff.", TWO_BOUNDS, LIMIT),
        ("期限不超过三年。", "期限不少于三年。", LIMIT),
        ("期限至少三年。", "期限不少于三年。", None),
        ("The list is published after March 1.", "The list is published before March 1.", DIRECTION),
        ("在3月1日之后公布。", "在3月1日前公布。", DIRECTION),
        ("The term is extended.", "Rules are strengthened, and the term is shortened.", DIRECTION),
        (
            "应提升服务进口的竞争力。",
            "The competitiveness of service exports should be enhanced.",
            OTHER_SIDE,
        ),
        ("Importers shall register.", "Exporters shall register.", OTHER_SIDE),
    ],
)
def test_bounds_and_directions_are_those_of_what_is_cited(
    text: str, evidence: str, refused: str | None, dictionary: ChineseDictionary
) -> None:
    assert different_limit(stated(text, evidence, dictionary=dictionary), dictionary) == refused
