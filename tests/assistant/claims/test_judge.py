import pytest

from assistant.claims.judge import PromptedJudge, judge_of
from assistant.errors import ModelFault
from tests.assistant.scripted_model import ScriptedModel


@pytest.mark.parametrize(
    ("said", "opinion"),
    [
        ("Yes.", True),
        (" **yes**", True),
        ("是", True),
        ("No, the number differs", False),
        ("否。", False),
        ("“No”", False),
        ("", None),
        ("The quotes say so.", None),
        ("I cannot tell: yes or no", None),
    ],
)
def test_only_a_clear_yes_or_no_is_an_opinion(said: str, opinion: bool | None) -> None:
    assert PromptedJudge(lambda _prompt: said)("A firm reports.", ["A firm shall report."]) is opinion


def test_the_prompt_is_in_the_language_of_the_sentence_and_holds_it_with_the_quotes() -> None:
    prompts: list[str] = []

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return "yes"

    judge = PromptedJudge(ask)
    judge("A firm reports.", ["A firm shall report.", "It shall pay."])
    judge("企业应当报告。", ["A firm shall report."])

    assert "A firm shall report.\n\nIt shall pay." in prompts[0]
    assert "A firm reports." in prompts[0]
    assert prompts[0].startswith("You check")
    assert prompts[1].startswith("请核对")


def test_a_model_that_fails_has_no_opinion() -> None:
    model = ScriptedModel(
        ["yes", "No.", ModelFault("it cannot be reached"), ("ye", ModelFault("it broke off"))]
    )
    judge = judge_of(model, 2.0)

    opinions = [judge("A firm reports.", ["A firm shall report."]) for _ in range(4)]

    assert opinions == [True, False, None, None]
    assert model.seconds == [2.0] * 4
