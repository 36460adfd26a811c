"""Sentences and their marks out of a model's text, in whatever pieces it arrives."""

import pytest

from assistant.drafts.draft_text import WrittenSentence, sentences_in, written_sentence
from knowledge.policy import Language

ENGLISH = (
    "The Act applies to exports [1]. It does not apply to goods.[1][2] "
    "No fee is charged under No. 5 [3, 4].\n"
    "- **A fee** of 3.5 yuan applies [1]\nIt says “Open. Close.” to all. [2] The end. [1]"
)
IN_ENGLISH = [
    ("The Act applies to exports.", (1,)),
    ("It does not apply to goods.", (1, 2)),
    ("No fee is charged under No. 5.", (3, 4)),
    ("A fee of 3.5 yuan applies", (1,)),
    ("It says “Open. Close.” to all.", (2,)),
    ("The end.", (1,)),
]
CHINESE = (
    "企业应当保存合同五年。[1]主管部门可以抽查【2】。可以直接办理。 [1][2]\n1. 自^受理之日^起五日内^决定［3］"
)
IN_CHINESE = [
    ("企业应当保存合同五年。", (1,)),
    ("主管部门可以抽查。", (2,)),
    ("可以直接办理。", (1, 2)),
    ("自受理之日起五日内决定", (3,)),
]


@pytest.mark.parametrize("length", [1, 2, 7, 1_000])
@pytest.mark.parametrize(
    ("text", "language", "sentences"), [(ENGLISH, "en", IN_ENGLISH), (CHINESE, "zh", IN_CHINESE)]
)
def test_sentences_are_the_same_however_the_text_is_cut(
    text: str, language: Language, sentences: list[tuple[str, tuple[int, ...]]], length: int
) -> None:
    pieces = [text[start : start + length] for start in range(0, len(text), length)]

    found = [(one.text, one.marks) for one in sentences_in(pieces, language)]

    assert found == sentences


def test_a_sentence_comes_as_soon_as_the_text_goes_on() -> None:
    pieces = iter(["No fee is charged. [1]", " A fee", " of 20 yuan is", " charged. [1]"])

    first = next(sentences_in(pieces, "en"))

    assert first == WrittenSentence("No fee is charged.", (1,))
    assert list(pieces) == [" of 20 yuan is", " charged. [1]"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("No fee is charged for registration.", True),
        ("Free. [1]", True),
        ("In summary:", False),
        ("综上所述：", False),
        ("Here it is.", False),
        ("NONE", False),
        ("None.", False),
        ("[1]", False),
        ("", False),
    ],
)
def test_transitions_and_the_word_for_nothing_say_nothing(text: str, says: bool) -> None:
    assert written_sentence(text).says_something == says


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("* `No fee` is *charged*. [1]", "No fee is charged."),
        ("## No fee is charged [1] .", "No fee is charged."),
        ("S1: No fee is charged.", "No fee is charged."),
        ("(a) No fee is charged.", "(a) No fee is charged."),
        ("snake_case stays", "snake_case stays"),
    ],
)
def test_what_imitates_a_list_or_emphasis_is_taken_off(text: str, plain: str) -> None:
    assert written_sentence(text).text == plain
