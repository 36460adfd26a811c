import json

import pytest

from evals.cases.case import Case, case_of
from evals.cases.draft import drafted_lines, question_from
from knowledge.policy import Language
from knowledge.sectioning import split_sections
from tests.assistant.small_documents import law, measures
from tests.evals.seed_answers import document


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        (
            "A favorable environment should be created by moving data.",
            "How should a favorable environment be created?",
        ),
        ("The exporter shall keep each contract, and show it.", "Who or what shall keep each contract?"),
        ("In this Act, “service” means work done for another.", "What does “service” mean?"),
        ("In recent years, China’s service trade has grown.", "What is said about China’s service trade?"),
        ("They shall keep each contract for 5 years.", None),  # who "they" are stands before it
        ("Efforts should be made to open markets.", None),
        ("It is open.", None),
        ("Growth of trade.", None),
        ("The Minister may " + "and ".join(["act "] * 25) + ".", None),  # as long as its answer
    ],
)
def test_an_english_sentence_becomes_a_question_by_a_rule(sentence: str, question: str | None) -> None:
    assert question_from(sentence, "en") == question


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("主管部门应当自受理之日起五日内作出决定。", "哪些主体或事项应当自受理之日起五日内作出决定？"),
        ("本法所称服务，是指为他人完成的工作。", "“服务”是指什么？"),
        ("任何单位不得指定代理机构，违者罚款。", "哪些主体或事项不得指定代理机构？"),
        ("其应当按照规定办理登记手续。", None),
        ("为扩大服务出口，制定本办法。", None),
    ],
)
def test_a_chinese_sentence_becomes_a_question_by_a_rule(sentence: str, question: str | None) -> None:
    assert question_from(sentence, "zh") == question


@pytest.mark.parametrize(("made", "language"), [(law, "en"), (measures, "zh"), (document, "en")])
def test_drafted_lines_are_valid_cases_whose_gold_stands_in_the_document(
    made: object, language: Language
) -> None:
    assert callable(made)
    source = made()
    lines = drafted_lines(split_sections(source), 10)
    cases = [case_of(json.dumps({**line, "id": "x"})) for line in lines]
    assert cases
    for case in cases:
        assert isinstance(case, Case)
        assert (case.language, case.split, case.tags) == (language, "tuning", ("drafted",))
        assert all(source.text.count(sentence) == 1 for sentence in case.gold)


def test_a_heading_is_asked_about_with_the_first_sentence_under_it() -> None:
    asked = {line["question"]: line["gold"] for line in drafted_lines(split_sections(law()), 10)}
    assert asked["What is said about “Fees”?"] == ["(b) A fee of 20 yuan is charged for a paper certificate."]


def test_they_are_spread_over_the_document_and_none_comes_twice() -> None:
    every = drafted_lines(split_sections(measures()), 10)
    assert len({line["question"] for line in every}) == len(every) == 3
    assert drafted_lines(split_sections(measures()), 2) == [every[0], every[1]]
    assert drafted_lines(split_sections(measures()), 1) == [every[0]]
