"""Questions in English and Chinese over all laws of zh_trade_laws, answered as a user's question is."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.answer import Answer
from evals.datasets.law_questions import (
    QUESTIONS,
    GoldArticle,
    LawQuestion,
    law_documents,
    law_questions,
)
from evals.figures.answers import abstention_figures, risk_curve
from evals.figures.cases import Figure, mean_figure
from evals.measures.outcome_accuracy import ANSWERED
from evals.public.result import PublicResult
from evals.tasks.models import Models
from evals.tasks.throwaway_library import assistant_over
from knowledge.policy import Passage, RetrievedPassage

_DEPTHS = (1, 5, 10)
_SHOWN = 5  # passages of a miss
_LONGEST_HEADING = 20  # characters: an article's number, not its text
_SEED = 0

Asked = tuple[LawQuestion, Answer]


def measure_laws(
    folder: Path, models: Models, sample: int | None, file: Path = QUESTIONS
) -> list[PublicResult]:
    """Figures of the questions in each language, with the ones that went wrong; raises TaskFileError."""
    laws = law_documents(folder)
    questions = law_questions(laws, file)
    if sample is not None and sample < len(questions):
        questions = tuple(random.Random(_SEED).sample(questions, sample))  # noqa: S311 (sampling data)
    distinct = list({law.id: law for law in laws}.values())
    with assistant_over(distinct, embedder=models.embedder, dictionary=models.dictionary) as assistant:
        asked = [(one, assistant.answer(one.question)) for one in questions]
    return [
        law_result(name, [pair for pair in asked if pair[0].language == language])
        for language, name in (("en", "English questions"), ("zh", "Chinese questions"))
    ]


def law_result(name: str, asked: Sequence[Asked]) -> PublicResult:
    """The figures of answered questions: where a right article was found, and who was answered."""
    answerable = [bool(question.gold) for question, _answer in asked]
    confidences = [answer.confidence for _question, answer in asked]
    outcomes = [answer.outcome for _question, answer in asked]
    return PublicResult(
        f"zh_trade_laws, {name}",
        (*_found_figures(asked), *abstention_figures(answerable, outcomes, confidences)),
        risk_curve(confidences, answerable),
        misses=tuple(_miss(*pair) for pair in asked if _went_wrong(*pair)),
    )


def clause_rank(question: LawQuestion, found: Sequence[RetrievedPassage]) -> int | None:
    """The rank from 1 of the first passage that overlaps a right article; None when there is none."""
    ranks = (
        rank for rank, one in enumerate(found, start=1) if any(_holds(one.passage, g) for g in question.gold)
    )
    return next(ranks, None)


def gold_quoted(question: LawQuestion, answer: Answer) -> bool:
    """Whether one of the quotes stands in a right article."""
    return any(
        citation.document.id == gold.document_id and citation.start < gold.end and gold.start < citation.end
        for citation in answer.citations
        for gold in question.gold
    )


def _holds(passage: Passage, gold: GoldArticle) -> bool:
    same = passage.document.id == gold.document_id
    return same and passage.start < gold.end and gold.start < passage.end


def _found_figures(asked: Sequence[Asked]) -> tuple[Figure, ...]:
    ranked = [(clause_rank(one, answer.considered), one, answer) for one, answer in asked if one.gold]
    return (
        *(
            mean_figure(
                f"clause in the top {depth}",
                [float(rank is not None and rank <= depth) for rank, _one, _answer in ranked],
            )
            for depth in _DEPTHS
        ),
        mean_figure(
            "gold article quoted", [float(gold_quoted(one, answer)) for _rank, one, answer in ranked]
        ),
    )


def _went_wrong(question: LawQuestion, answer: Answer) -> bool:
    if not question.gold:
        return answer.outcome in ANSWERED
    rank = clause_rank(question, answer.considered)
    return rank is None or rank > _SHOWN or not gold_quoted(question, answer)


def _miss(question: LawQuestion, answer: Answer) -> Mapping[str, object]:
    return {
        "id": question.id,
        "question": question.question,
        "gold": [f"{gold.file} {gold.article}" for gold in question.gold],
        "rank": clause_rank(question, answer.considered),
        "outcome": answer.outcome.value,
        "confidence": round(answer.confidence, 3),
        "gold_quoted": gold_quoted(question, answer),
        "first": [_place(one.passage) for one in answer.considered[:_SHOWN]],
    }


def _place(passage: Passage) -> str:
    heading = passage.section.heading_path[-1:] or ("",)
    return f"{Path(passage.document.path).name} {heading[0][:_LONGEST_HEADING]}".rstrip()
