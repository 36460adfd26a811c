from dataclasses import replace

import pytest

from assistant.answer import Answer, Outcome
from evals.cases.case import Case
from evals.running.lost_step import LostStep, lost_step
from evals.running.run import CaseResult
from knowledge.policy import RetrievedPassage
from tests.evals.seed_answers import (
    ENVIRONMENT,
    GAPS,
    SEED_PATH,
    SEED_TEXT,
    VISA,
    answered,
    case,
    citation,
    declined,
    document,
    passage,
    retrieved,
)

TEXTS = {SEED_PATH.name: ("Another version.", SEED_TEXT)}


def result(asked: Case, answer: Answer | None) -> CaseResult:
    return CaseResult(asked, answer, None if answer else "OSError: disk", 0.1)


def considering(answer: Answer, *sentences: str) -> Answer:
    return replace(answer, considered=tuple(retrieved(one) for one in sentences))


BACK = declined(outcome=Outcome.NEEDS_CLARIFICATION)


@pytest.mark.parametrize(
    ("asked", "answer", "step"),
    [
        (case(VISA), None, LostStep.CRASHED),
        (case("Not in the text."), declined(), LostStep.NOT_READ),
        (case(VISA), considering(declined(), GAPS), LostStep.NOT_RETRIEVED),
        (case(VISA), considering(declined(), GAPS, VISA), LostStep.REFUSED_WRONGLY),
        (case(VISA, ENVIRONMENT), considering(answered(citation(GAPS)), VISA), LostStep.NOT_QUOTED),
        (case(VISA), replace(considering(declined(), VISA), withheld=1), LostStep.UNSUPPORTED),
        (
            case(VISA),
            considering(answered(replace(citation(GAPS), quote=VISA)), VISA),
            LostStep.UNSUPPORTED,
        ),
        (case(), answered(citation(VISA)), LostStep.ANSWERED_UNANSWERABLE),
        (case(), BACK, LostStep.OTHER_OUTCOME),
        (case(VISA), considering(BACK, VISA), LostStep.OTHER_OUTCOME),
        (case(VISA), answered(citation(VISA)), None),
        (case(), declined(), None),
    ],
)
def test_the_first_step_that_went_wrong_is_named(
    asked: Case, answer: Answer | None, step: LostStep | None
) -> None:
    assert lost_step(result(asked, answer), texts=TEXTS) is step


def test_gold_that_stands_below_the_passages_looked_at_is_ranked_low() -> None:
    asked = result(case(VISA), considering(declined("How?"), GAPS))

    def deeper(answer: Answer) -> list[RetrievedPassage]:
        return [retrieved(GAPS), retrieved(VISA)] if answer.standalone_question == "How?" else []

    assert lost_step(asked, texts=TEXTS, deeper=deeper) is LostStep.RANKED_LOW
    assert lost_step(asked, texts=TEXTS, deeper=lambda _: [retrieved(GAPS)]) is LostStep.NOT_RETRIEVED


def test_a_case_with_a_clause_alone_is_found_under_its_heading() -> None:
    law = document("Article 5 Scope\nWords.", "law.txt")
    whole = passage(0, 22, law)
    inside = replace(whole, section=replace(whole.section, heading_path=("Article 5 Scope",)))
    found = replace(declined(), considered=(RetrievedPassage(inside, 0.5, frozenset({"keywords"})),))
    asked = replace(case(documents=("law.txt",)), gold_clauses=("Article 5",), outcome=Outcome.ANSWERED)
    assert lost_step(result(asked, found), texts={"law.txt": (law.text,)}) is LostStep.REFUSED_WRONGLY
    assert lost_step(result(asked, declined()), texts={"law.txt": (law.text,)}) is LostStep.NOT_RETRIEVED
    assert lost_step(result(asked, declined()), texts={}) is LostStep.NOT_READ


def test_without_texts_gold_counts_as_read() -> None:
    assert lost_step(result(case("Not in the text."), declined())) is LostStep.NOT_RETRIEVED
