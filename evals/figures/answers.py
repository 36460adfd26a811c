"""Figures of answering and declining, and of what was cited, over tasks that people labelled."""

from collections.abc import Sequence

from assistant.answer import Citation, Outcome
from evals.datasets.tasks import LabelledTask, Range
from evals.figures.cases import Figure, mean_figure
from evals.measures.claim_agreement import auroc, balanced_accuracy
from evals.measures.outcome_accuracy import ANSWERED
from evals.measures.risk_coverage import RiskCoverage, risk_coverage
from evals.measures.sentence_f1 import SentenceScore, sentence_precision_recall
from evals.public.result import statistic_figure
from evals.tasks.reading import TaskAnswer
from knowledge.embedder import Embedder

_HALF = 0.5  # of the shorter of the two must be shared for a quote to cite a sentence


def abstention_figures(
    answerable: Sequence[bool], outcomes: Sequence[Outcome], confidences: Sequence[float]
) -> tuple[Figure, ...]:
    """How well answers are told from declines at the shipped threshold, and by the confidence at any."""
    answered = [outcome in ANSWERED for outcome in outcomes]
    said = list(zip(answerable, answered, strict=True))
    return (
        statistic_figure("answer / decline, balanced accuracy", balanced_accuracy, answered, answerable),
        mean_figure("answerable declined", [float(not spoke) for can_be, spoke in said if can_be]),
        mean_figure("unanswerable declined", [float(not spoke) for can_be, spoke in said if not can_be]),
        statistic_figure("confidence, AUROC", auroc, confidences, answerable),
        statistic_figure(
            "risk-coverage, area", lambda *columns: _curve(*columns).area, confidences, answerable
        ),
    )


def _curve(confidences: Sequence[float], answerable: Sequence[bool]) -> RiskCoverage:
    # To speak with confidence where nothing answers is the risk.
    return risk_coverage(list(confidences), [bool(one) for one in answerable])


def risk_curve(confidences: Sequence[float], answerable: Sequence[bool]) -> tuple[tuple[float, float], ...]:
    """(coverage, share of unanswerable questions among the most confident)."""
    return _curve(confidences, answerable).points if confidences else ()


def citation_figures(
    tasks: Sequence[LabelledTask], answers: Sequence[TaskAnswer], embedder: Embedder
) -> tuple[Figure, ...]:
    """Cited sentences against the ones that people answered from, over tasks with such sentences.

    Means over tasks; a declined one cites nothing and has F1 0. The baseline cites the sentence most similar
    to the question and declines nothing.
    """
    marked = [(task, read) for task, read in zip(tasks, answers, strict=True) if task.evidence]
    ours = [sentence_precision_recall(cited_sentences(task, read), task.evidence) for task, read in marked]
    nearest = [sentence_precision_recall({most_similar(task, embedder)}, task.evidence) for task, _ in marked]
    spoke = [one for one, (_task, read) in zip(ours, marked, strict=True) if read.outcome in ANSWERED]
    return (
        *_scores("cited sentences", ours),
        mean_figure("cited sentences, F1 where answered", [one.f1 for one in spoke]),
        *_scores("most similar sentence", nearest),
        mean_figure(
            "cited sentences, F1 above the most similar",
            [our.f1 - other.f1 for our, other in zip(ours, nearest, strict=True)],
        ),
    )


def cited_sentences(task: LabelledTask, read: TaskAnswer) -> frozenset[int]:
    """Which sentences of the data set the quotes cover, counted where half of the shorter one is shared."""
    quotes: Sequence[Citation] = read.answer.citations if read.answer else ()
    return frozenset(
        at
        for at, sentence in enumerate(task.sentences)
        if any(_shares(sentence, (quote.start, quote.end)) for quote in quotes)
    )


def most_similar(task: LabelledTask, embedder: Embedder) -> int:
    """The sentence whose vector is nearest to the question's."""
    text = task.task.passages[0].text
    vectors = embedder.embed_passages([text[start:end] for start, end in task.sentences])
    return int((vectors @ embedder.embed_question(task.task.question)).argmax())


def _shares(one: Range, other: Range) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= _HALF * min(one[1] - one[0], other[1] - other[0])


def _scores(name: str, scores: Sequence[SentenceScore]) -> tuple[Figure, ...]:
    return (
        mean_figure(f"{name}, precision", [one.precision for one in scores]),
        mean_figure(f"{name}, recall", [one.recall for one in scores]),
        mean_figure(f"{name}, F1", [one.f1 for one in scores]),
    )
