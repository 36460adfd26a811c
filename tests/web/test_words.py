"""Words of the interface: the same keys and slots in both languages, and dates that claim nothing."""

import tomllib
from importlib.resources import files
from string import Formatter

import pytest

import assistant.web
from assistant.web.words import LANGUAGES, Words, examples
from knowledge.policy import Language
from tests.web.scripted_assistant import seed_sections

TEXTS = tomllib.loads((files(assistant.web) / "texts.toml").read_text("utf-8"))


def slots(text: str) -> set[str]:
    return {slot for _, slot, _, _ in Formatter().parse(text) if slot is not None}


def test_both_languages_have_the_same_keys() -> None:
    assert set(TEXTS) == {*LANGUAGES, "examples"}
    assert list(TEXTS["en"]) == list(TEXTS["zh"])


@pytest.mark.parametrize("key", TEXTS["en"])
def test_a_text_has_the_same_slots_in_both_languages(key: str) -> None:
    if key != "date_month":
        assert slots(TEXTS["en"][key]) == slots(TEXTS["zh"][key])


@pytest.mark.parametrize(
    "key",
    [key for key in TEXTS["zh"] if key not in {"switch_language", "months", "joiner", "ask_told", "ask_or"}],
)
def test_the_chinese_interface_is_in_chinese_but_for_pure_dates(key: str) -> None:
    assert any("\u4e00" <= character <= "\u9fff" for character in TEXTS["zh"][key])


def test_the_switch_names_the_language_that_it_leads_to() -> None:
    assert (Words("en")("switch_language"), Words("en").other_language) == ("中文", "zh")
    assert (Words("zh")("switch_language"), Words("zh").other_language) == ("English", "en")


@pytest.mark.parametrize(
    ("iso", "english", "chinese"),
    [
        ("2021-04-29", "29 April 2021", "2021年4月29日"),
        ("2021-04", "April 2021", "2021年4月"),
        ("2021", "2021", "2021"),
        ("--08-26", "26 August, year not stated", "8月26日（文中未载年份）"),
        (None, "date not stated", "文中未载日期"),
        ("spring of 2021", "spring of 2021", "spring of 2021"),
        ("2021-13-01", "2021-13-01", "2021-13-01"),
        ("--08", "--08", "--08"),
    ],
)
def test_dates_are_read_out_and_never_completed(iso: str | None, english: str, chinese: str) -> None:
    assert Words("en").date(iso) == english
    assert Words("zh").date(iso) == chinese


def test_a_missing_key_or_slot_is_an_error() -> None:
    with pytest.raises(KeyError, match="no_such_key"):
        Words("en")("no_such_key")
    with pytest.raises(KeyError, match="count"):
        Words("en")("choosing", number=3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_questions_to_try_about_the_seed_document_in_each_language(language: Language) -> None:
    seed = seed_sections()[0].document

    offered = [
        example for example in examples() if example.document == seed.sha256 and example.language == language
    ]

    assert len(offered) >= 2
    assert all(example.follow_up for example in offered)
