""" "That article" is the clause that the last answer cites first, by its name."""

import pytest

from assistant.answer import Conversation, Turn
from assistant.clause_pointing import cited_last, with_clause_named
from assistant.question import restate
from knowledge.policy import Document
from tests.assistant.small_documents import citation_of, law, make_document, measures, seed_document

FEE = "(b) A fee of 20 yuan is charged for a paper certificate."


def talk(document: Document, *quotes: str) -> Conversation:
    cited = tuple(citation_of(document, quote, mark) for mark, quote in enumerate(quotes, start=1))
    return (Turn("user", "What is charged?"), Turn("assistant", " ".join(quotes), cited))


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who enforces that article?", "Who enforces Article 3 of “Service Trade Facilitation Act”?"),
        ("When was this provision made?", "When was Article 3 of “Service Trade Facilitation Act” made?"),
        (
            "Does the same clause bind banks?",
            "Does Article 3 of “Service Trade Facilitation Act” bind banks?",
        ),
        ("该条由谁执行？", "《Service Trade Facilitation Act》第3条由谁执行？"),
    ],
)
def test_a_pointer_is_replaced_by_the_name_of_the_clause(question: str, named: str) -> None:
    assert with_clause_named(question, talk(law(), FEE)) == named
    assert restate(question, talk(law(), FEE)) == named


@pytest.mark.parametrize(
    "question", ["该条由谁执行？", "那一条由谁执行？", "上述规定由谁执行？", "这条规定由谁执行？"]
)
def test_a_chinese_clause_is_named_in_chinese(question: str) -> None:
    conversation = talk(measures(), "主管部门可以抽查，企业应当配合。")

    assert with_clause_named(question, conversation) == "《服务贸易便利化试行办法》第二条由谁执行？"


def test_the_first_clause_of_the_last_answer_that_cites_is_meant() -> None:
    conversation = (
        *talk(law(), "This Act applies to service exports."),
        *talk(law(), "They shall keep each contract for 5 years.", FEE),
        Turn("user", "Thanks"),
        Turn("assistant", ""),
    )

    assert [citation.quote for citation in cited_last(conversation)][1:] == [FEE]
    assert restate("Whom does that article bind?", conversation) == (
        "Whom does Article 2 of “Service Trade Facilitation Act” bind?"
    )


@pytest.mark.parametrize(
    "question",
    [
        "What does this section of the market need?",
        "该条例何时生效？",
        "这条约何时生效？",
        "What is Article 3?",
    ],
)
def test_what_points_at_no_clause_is_left_alone(question: str) -> None:
    assert with_clause_named(question, talk(law(), FEE)) is None


def test_a_section_without_a_number_is_named_by_its_heading() -> None:
    document = make_document("# Notice\n\n## Refunds\n\nFees are refunded on request.\n", "Notice")

    named = with_clause_named(
        "Who pays under that provision?", talk(document, "Fees are refunded on request.")
    )

    assert named == "Who pays under “Refunds” of “Notice”?"


def test_without_a_clause_nothing_is_named() -> None:
    assert with_clause_named("Who enforces that article?", ()) is None
    assert with_clause_named("Who enforces that article?", talk(seed_document(), "On August 26")) is None
