"""Prompts: every outcome can be said in both languages, and no slot is filled by accident."""

from importlib.resources import files

import pytest

import prompts
from assistant.answer import Outcome, Wording
from assistant.drafts.datamarking import MARKER
from prompts import PromptError, fill

LANGUAGES = ("en", "zh")
VALIDITIES = {
    "superseded",
    "repealed",
    "stated_to_have_ended",
    "expired",
    "not_yet_in_force",
    "ends_soon",
    "superseded_soon",
}
OF_TALK = {
    "condition_to_clarify",
    "disagreement_content",
    "disagreement_standing",
    "higher_authority",
    "newer",
}
FOR_MODELS = {
    "draft",
    "draft_task",
    "repair",
    "judge",
    "restate",
    "restate_question",
}  # what a language model is told
WORDINGS = set(Wording) - {Wording.QUOTED}  # of an answer; quotes are what "answered" speaks of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", [*Outcome, *WORDINGS])
def test_every_outcome_and_wording_has_one_plain_line_in_each_language(
    outcome: Outcome | Wording, language: str
) -> None:
    text = fill(f"{outcome}.{language}")

    assert text
    assert "\n" not in text
    assert text[-1] == ("。" if language == "zh" else ".")
    has_chinese = any("\u4e00" <= character <= "\u9fff" for character in text)
    assert has_chinese == (language == "zh")


def test_there_is_no_prompt_for_an_outcome_that_does_not_exist() -> None:
    stems = {path.name.removesuffix(".md") for path in files(prompts).iterdir() if path.name.endswith(".md")}
    sayings = {stem.split(".")[0] for stem in stems if stem.endswith((".en", ".zh"))}

    assert sayings == set(Outcome) | WORDINGS | VALIDITIES | OF_TALK | FOR_MODELS


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_for_a_model_say_what_marks_the_text_of_documents_and_how_to_cite(language: str) -> None:
    rules = fill(f"draft.{language}", most="8", marker=MARKER)

    assert rules.count(MARKER) >= 2
    assert "[1][2]" in rules
    assert "NONE" in rules


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_to_a_model_holds_what_it_is_given_once(language: str) -> None:
    task = fill(f"draft_task.{language}", passages="<passages>", question="<question>")
    repair = fill(f"repair.{language}", passages="<passages>", question="<question>", failed="<failed>")

    assert [task.count(slot) for slot in ("<passages>", "<question>")] == [1, 1]
    assert [repair.count(slot) for slot in ("<passages>", "<question>", "<failed>")] == [1, 1, 1]
    assert "S1" in repair


@pytest.fixture
def letter(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A prompt of the tests' own, found where the package looks for its prompts."""
    folder = tmp_path_factory.mktemp("prompts")
    (folder / "letter.md").write_text("Dear {name}, 关于{matter}: {{not a slot}}\n", "utf-8")
    monkeypatch.setattr(prompts, "files", lambda _package: folder)


@pytest.mark.usefixtures("letter")
class TestFilling:
    def test_each_slot_gets_its_value_and_doubled_braces_stay(self) -> None:
        assert fill("letter", name="Li", matter="服务贸易") == "Dear Li, 关于服务贸易: {not a slot}"

    def test_braces_inside_a_value_are_not_slots(self) -> None:
        assert fill("letter", name="{matter}", matter="x") == "Dear {matter}, 关于x: {not a slot}"

    def test_a_missing_variable_is_named(self) -> None:
        with pytest.raises(PromptError, match="letter needs the variable matter"):
            fill("letter", name="Li")

    def test_a_surplus_variable_is_named(self) -> None:
        with pytest.raises(PromptError, match="letter has no slot for the variable date"):
            fill("letter", name="Li", matter="x", date="today")

    def test_an_unknown_prompt_is_named(self) -> None:
        with pytest.raises(PromptError, match=r"prompts/farewell\.md does not exist"):
            fill("farewell")
