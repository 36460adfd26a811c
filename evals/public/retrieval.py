"""Public retrieval sets, and conversations whose last question may have no answer."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answer import Answer
from evals.datasets.mtrag import Answerability, MtragSet
from evals.datasets.tasks import RetrievalQuery, RetrievalSet
from evals.figures.answers import abstention_figures, risk_curve
from evals.figures.cases import Figure, mean_figure
from evals.measures.outcome_accuracy import ANSWERED
from evals.public.result import PublicResult
from evals.tasks.models import Models
from evals.tasks.reading import embed_sentences
from evals.tasks.retrieval import retrieval_figures, searched
from evals.tasks.throwaway_library import ThrowawayLibrary, throwaway_library

_DEPTH = 10  # the deepest figure; so the first ten are what a user's question finds
_SEED = 0


def sampled(retrieval_set: RetrievalSet, sample: int | None) -> RetrievalSet:
    """The set with at most `sample` of its queries, over all passages; the same ones every time."""
    if sample is None or sample >= len(retrieval_set.queries):
        return retrieval_set
    queries = random.Random(_SEED).sample(retrieval_set.queries, sample)  # noqa: S311 (sampling data)
    kept = {query.id for query in queries}
    qrels = {query: right for query, right in retrieval_set.qrels.items() if query in kept}
    return replace(retrieval_set, queries=tuple(queries), qrels=qrels)


def measure_retrieval(sets: Sequence[RetrievalSet], models: Models) -> list[PublicResult]:
    """The ranking figures of sets that share their passages."""
    with throwaway_library(
        sets[0].passages, embedder=models.embedder, dictionary=models.dictionary
    ) as library:
        return [PublicResult(one.name, retrieval_figures(_found(one, library), one)) for one in sets]


def measure_conversations(mtrag: MtragSet, models: Models, sample: int | None) -> list[PublicResult]:
    """Ranking from the last turn and from the conversation, beside BM25 alone; then who is answered."""
    talk = sampled(mtrag.retrieval, sample)
    alone = replace(MtragSet(talk, mtrag.answerability).last_turn_alone())
    with throwaway_library(talk.passages, embedder=models.embedder, dictionary=models.dictionary) as library:
        results = [
            PublicResult(one.name, retrieval_figures(_found(one, library), one)) for one in (alone, talk)
        ]
        for name, text_of in (("last turn", _last_turn), ("all turns of the user", _all_turns)):
            run = {query.id: library.keyword_search(text_of(query), depth=_DEPTH) for query in talk.queries}
            results.append(PublicResult(f"mtrag_un {name}, BM25 alone", retrieval_figures(run, talk)))
        held = library.assistant.search.library
        embed_sentences(
            [passage for id_ in held.in_state("current") for passage in held.passages_of(id_)],
            models.embedder,
        )
        answers = {
            query.id: library.assistant.answer(query.text, query.conversation) for query in talk.queries
        }
    return [*results, _answers_result(answers, mtrag.answerability)]


def _found(one: RetrievalSet, library: ThrowawayLibrary) -> dict[str, list[tuple[str, float]]]:
    return {query.id: searched(query, library, depth=_DEPTH) for query in one.queries}


def _last_turn(query: RetrievalQuery) -> str:
    return query.text


def _all_turns(query: RetrievalQuery) -> str:
    return " ".join([*(turn.text for turn in query.conversation if turn.role == "user"), query.text])


def _answers_result(answers: Mapping[str, Answer], labels: Mapping[str, Answerability]) -> PublicResult:
    sure = {id_: answer for id_, answer in answers.items() if labels[id_] in ("ANSWERABLE", "UNANSWERABLE")}
    answerable = [labels[id_] == "ANSWERABLE" for id_ in sure]
    confidences = [answer.confidence for answer in sure.values()]
    between = [_declined(answers, labels, label) for label in ("PARTIAL", "UNDERSPECIFIED")]
    return PublicResult(
        "mtrag_un answers after our own search",
        (
            *abstention_figures(answerable, [answer.outcome for answer in sure.values()], confidences),
            *between,
        ),
        risk_curve(confidences, answerable),
    )


def _declined(
    answers: Mapping[str, Answer], labels: Mapping[str, Answerability], label: Answerability
) -> Figure:
    chosen = [answer for id_, answer in answers.items() if labels[id_] == label]
    return mean_figure(f"{label.lower()} declined", [float(one.outcome not in ANSWERED) for one in chosen])
