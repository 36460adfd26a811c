"""How well the product's search finds the right passages of a retrieval set."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.conversation_search import fused_rankings, search_texts
from assistant.question import restate
from evals.datasets.tasks import RetrievalQuery, RetrievalSet
from evals.figures.cases import Figure, mean_figure
from evals.measures.ranking import ranking_measures
from evals.tasks.throwaway_library import ThrowawayLibrary, throwaway_library
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder

Run = Mapping[str, Sequence[tuple[str, float]]]  # query id -> (passage id, score), best first


def search_set(
    retrieval_set: RetrievalSet, *, embedder: Embedder, dictionary: ChineseDictionary, depth: int
) -> dict[str, list[tuple[str, float]]]:
    """Search for every query as the product does: query id -> up to `depth` (passage id, score), best first.

    A query with a conversation is restated first, as a user's follow-up is.
    """
    with throwaway_library(retrieval_set.passages, embedder=embedder, dictionary=dictionary) as library:
        return {query.id: searched(query, library, depth=depth) for query in retrieval_set.queries}


def searched(query: RetrievalQuery, library: ThrowawayLibrary, *, depth: int) -> list[tuple[str, float]]:
    """What the product finds when a user asks the query: `answering.answer_in_steps` does the same."""
    question = query.text.strip()
    texts = search_texts(question, restate(question, query.conversation), query.conversation)
    rankings = [library.search(text, depth=depth) for text in texts]
    if len(rankings) == 1:
        return rankings[0]
    return fused_rankings([[id_ for id_, _score in ranking] for ranking in rankings])[:depth]


def retrieval_figures(run: Run, retrieval_set: RetrievalSet) -> tuple[Figure, ...]:
    """R@1/5/10, MRR@10, nDCG@5/10 and MAP@10 with intervals, over the queries with a right passage."""
    judged = {query: right for query, right in retrieval_set.qrels.items() if any(right.values())}
    known = {query.id for query in retrieval_set.queries}
    rankings = {id_: [passage for passage, _score in run.get(id_, ())] for id_ in judged if id_ in known}
    measured = ranking_measures(rankings, {id_: judged[id_] for id_ in rankings})
    return tuple(mean_figure(name, values.values()) for name, values in measured.items())


def write_trec_run(run: Run, path: Path, *, name: str) -> None:
    """Write a TREC run file: query id, Q0, passage id, rank, score, name, with blanks between them.

    The score is 1 / rank: programs that read it order by score and break ties by id, which would undo the
    order of equal scores. Blanks in ids become "_", as the format knows no quotes. May raise OSError.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for query_id, found in run.items():
            for rank, (passage_id, _score) in enumerate(found, start=1):
                file.write(f"{_word(query_id)} Q0 {_word(passage_id)} {rank} {1 / rank:.9g} {_word(name)}\n")


def _word(text: str) -> str:
    return "_".join(text.split())
