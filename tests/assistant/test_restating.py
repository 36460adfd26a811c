"""A model's restatement is used only when it adds nothing to the conversation."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from assistant.answer import Conversation, Turn
from assistant.errors import AssistantError
from assistant.question import restate
from assistant.restating import LONGEST_RESTATED, ModelRestating
from knowledge.dictionary import ChineseDictionary

TALK: Conversation = (
    Turn("user", "How long must importers keep contracts under the Trade Act?"),
    Turn("assistant", "Importers shall keep each contract for 5 years."),
)
TALK_ZH: Conversation = (
    Turn("user", "进口企业应当保存合同多久？"),
    Turn("assistant", "企业应当妥善保存合同，保存期限为五年。"),
)


@dataclass
class WrittenDown:
    """A model that writes what it is given, in pieces, and remembers what it was asked."""

    text: str
    asked: list[tuple[str, str]] = field(default_factory=list)

    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        self.asked.append((system, user))
        for start in range(0, len(self.text), 7):
            yield self.text[start : start + 7]


class Refusing:
    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        yield "How lo"
        raise AssistantError("The model cannot be reached.")


class Endless:
    def stream(self, system: str, user: str, *, seconds: float | None = None) -> Iterator[str]:
        while True:
            yield "How long must contracts "


@pytest.mark.parametrize(
    ("question", "talk", "written"),
    [
        ("And exporters?", TALK, "How long must exporters keep contracts under the Trade Act?"),
        ("Why is it so long?", TALK, "Why must importers keep each contract for 5 years?"),
        ("那出口企业呢？", TALK_ZH, "出口企业应当保存合同多久？"),
        ("And exporters?", TALK, 'Question: "How long must exporters keep contracts?"'),
    ],
)
def test_what_adds_nothing_is_used(
    question: str, talk: Conversation, written: str, dictionary: ChineseDictionary
) -> None:
    restated = ModelRestating(WrittenDown(written), dictionary, 5.0)(question, talk)

    assert restated == written.removeprefix("Question: ").strip('"')


@pytest.mark.parametrize(
    "written",
    [
        "How long must exporters keep contracts under the Customs Act?",  # another name
        "How long must exporters in Shanghai keep contracts?",
        "Must exporters keep contracts for 10 years?",  # another number
        "How long must exporters keep contracts? And why?",
        "Exporters keep contracts for 5 years. How long must importers?",
        "How long must exporters keep contracts?\nNo more.",
        "出口企业应当保存合同多久？",  # not the asker's language
        "Please describe your favourite holiday destination for summer?",
        "How long must exporters keep contracts " * 20,
        "",
        "???",
    ],
)
def test_anything_else_is_restated_by_rules(written: str, dictionary: ChineseDictionary) -> None:
    restated = ModelRestating(WrittenDown(written), dictionary, 5.0)("And exporters?", TALK)

    assert restated == restate("And exporters?", TALK)


@pytest.mark.parametrize("model", [Refusing(), Endless()])
def test_a_model_that_fails_or_does_not_end_costs_nothing_but_its_words(
    model: Refusing | Endless, dictionary: ChineseDictionary
) -> None:
    assert ModelRestating(model, dictionary, 5.0)("And exporters?", TALK) == restate("And exporters?", TALK)


@pytest.mark.parametrize("talk", [(), TALK])
def test_a_question_that_stands_alone_is_not_given_to_the_model(
    talk: Conversation, dictionary: ChineseDictionary
) -> None:
    model = WrittenDown("What is a licence under the Trade Act?")

    assert ModelRestating(model, dictionary, 5.0)("What is a licence?", talk) == "What is a licence?"
    assert model.asked == []


def test_the_model_is_told_the_last_turns_and_the_question(dictionary: ChineseDictionary) -> None:
    model = WrittenDown("How long must exporters keep contracts?")

    ModelRestating(model, dictionary, 5.0)("And exporters?", (Turn("user", "OLD " * 900), *TALK))

    ((system, user),) = model.asked
    assert "no number" in system
    assert "assistant: Importers shall keep each contract for 5 years." in user
    assert user.endswith("Last question: And exporters?")
    assert len(user) < 2_000 < LONGEST_RESTATED * 10
