"""How often a system answers and how often it should not have, over questions of both kinds."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Outcome
from evals.measures.outcome_accuracy import ANSWERED, DECLINED


@dataclass(frozen=True, slots=True)
class AnswerRates:
    """Shares, 0..1; None where no question is of the kind that a share is over."""

    answer_rate: float | None  # of all questions, answered
    hallucination_rate: float | None  # of the unanswerable, answered all the same
    wrong_abstain_rate: float | None  # of the answerable, declined
    balanced_accuracy: float | None  # mean of answerable answered and unanswerable declined


def answer_rates(decisions: Iterable[tuple[bool, Outcome]]) -> AnswerRates:
    """The rates over (whether the question can be answered, what became of it); leave crashed ones out.

    A question back or a model that is down is neither an answer nor a refusal, and right for neither kind.
    """
    met = list(decisions)
    answerable = [outcome for can_be, outcome in met if can_be]
    unanswerable = [outcome for can_be, outcome in met if not can_be]
    answered, declined = _share(answerable, ANSWERED), _share(unanswerable, DECLINED)
    return AnswerRates(
        answer_rate=_share([outcome for _, outcome in met], ANSWERED),
        hallucination_rate=_share(unanswerable, ANSWERED),
        wrong_abstain_rate=_share(answerable, DECLINED),
        balanced_accuracy=None if answered is None or declined is None else (answered + declined) / 2,
    )


def _share(outcomes: list[Outcome], among: frozenset[Outcome]) -> float | None:
    return sum(outcome in among for outcome in outcomes) / len(outcomes) if outcomes else None
