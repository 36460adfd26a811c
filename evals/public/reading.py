"""Public reading sets: a question over a passage that answers it or does not."""

import random
from collections.abc import Sequence

from evals.datasets.tasks import LabelledTask
from evals.figures.answers import abstention_figures, citation_figures, risk_curve
from evals.public.result import PublicResult
from evals.tasks.models import Models
from evals.tasks.reading import read_tasks
from evals.tasks.throwaway_library import throwaway_library

_SEED = 0


def measure_reading(
    name: str, tasks: Sequence[LabelledTask], models: Models, sample: int | None
) -> PublicResult:
    """Answer the tasks, or a seeded sample of them, and measure what was answered and what was cited."""
    if sample is not None and sample < len(tasks):
        tasks = random.Random(_SEED).sample(tasks, sample)  # noqa: S311 (sampling data)
    with throwaway_library((), embedder=models.embedder, dictionary=models.dictionary) as library:
        writer = library.assistant.quoting
        answers = list(read_tasks([one.task for one in tasks], writer=writer, embedder=models.embedder))
    answerable = [one.answerable for one in tasks]
    confidences = [one.confidence for one in answers]
    figures = abstention_figures(answerable, [one.outcome for one in answers], confidences)
    if any(one.evidence for one in tasks):
        figures += citation_figures(tasks, answers, models.embedder)
    return PublicResult(name, figures, risk_curve(confidences, answerable))
