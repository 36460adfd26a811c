import pytest

from evals.measures.fact_recall import fact_recall


def test_two_of_three_facts_stand_in_the_answer() -> None:
    answer = "On August 26, the State Council held its 15th session."
    assert fact_recall(
        [("26 August", "August 26"), ("the state  council",), ("Beijing",)], answer
    ) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("5", "It takes 15 days."),
        ("5", "It takes 5,000 days."),
        ("5", "The rate is 5.2 %."),
        ("5", "The rate is 1.5 %."),
        ("export", "Service exporters apply."),
        ("14日", "应当自114日起"),
    ],
)
def test_a_fact_inside_another_word_or_figure_does_not_count(fact: str, text: str) -> None:
    assert fact_recall([(fact,)], text) == 0.0


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        ("5", "It takes 5."),
        ("5 %", "A rate of 5 %, paid yearly."),
        ("14日", "应当自到达之日起14日内申报"),
        ("１４日", "14日内"),
        ("海关", "由海关批准"),
        ("(a)", "under point (a) of it"),
    ],
)
def test_a_fact_that_stands_alone_counts(fact: str, text: str) -> None:
    assert fact_recall([(fact,)], text) == 1.0


def test_no_facts_is_not_zero() -> None:
    assert fact_recall([], "anything") is None
    assert fact_recall([("a",)], "") == 0.0
    assert fact_recall([(" ",)], "a  b") == 0.0
