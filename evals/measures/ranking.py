"""Ranking measures of a search over queries with judged passages, computed by trec_eval's own code.

Source: NIST trec_eval through pytrec_eval (Van Gysel and de Rijke, SIGIR 2018).
"""

from collections.abc import Mapping, Sequence

# Our name -> trec_eval's name, the name of its value, and the depth to cut the ranking to where it does not.
_MEASURES: dict[str, tuple[str, str, int | None]] = {
    "R@1": ("recall.1", "recall_1", None),
    "R@5": ("recall.5", "recall_5", None),
    "R@10": ("recall.10", "recall_10", None),
    "MRR@10": ("recip_rank", "recip_rank", 10),
    "nDCG@5": ("ndcg_cut.5", "ndcg_cut_5", None),
    "nDCG@10": ("ndcg_cut.10", "ndcg_cut_10", None),
    "MAP@10": ("map_cut.10", "map_cut_10", None),
}
RANKING_MEASURES = tuple(_MEASURES)


def ranking_measures(
    run: Mapping[str, Sequence[str]], qrels: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """Measure name -> query id -> value (0..1), for each query that has a relevant passage in `qrels`.

    `run` holds passage ids best first; of an id that comes twice the first place counts. A relevance above 0
    is relevant, and nDCG's gain. A query without a relevant passage has no value, and one that `run` does not
    hold found nothing and has 0 (trec_eval's option -c).
    """
    judged = {query: dict(passages) for query, passages in qrels.items() if _relevant(passages)}
    answered = {query: list(dict.fromkeys(run.get(query, ()))) for query in judged}
    asked = {query: ranking for query, ranking in answered.items() if ranking}
    values: dict[str, dict[str, float]] = {}
    for name, (measure, key, depth) in _MEASURES.items():
        found = _evaluate(asked, judged, measure, depth)
        values[name] = {query: found[query][key] if query in found else 0.0 for query in judged}
    return values


def _relevant(passages: Mapping[str, int]) -> bool:
    return any(relevance > 0 for relevance in passages.values())


def _evaluate(
    asked: Mapping[str, Sequence[str]],
    judged: Mapping[str, Mapping[str, int]],
    measure: str,
    depth: int | None,
) -> dict[str, dict[str, float]]:
    import pytrec_eval

    if not asked:
        return {}
    # trec_eval orders by score, so the place is turned into one; it never sees two equal scores.
    scored = {
        query: {passage: float(-place) for place, passage in enumerate(ranking[:depth])}
        for query, ranking in asked.items()
    }
    evaluator = pytrec_eval.RelevanceEvaluator({query: judged[query] for query in asked}, {measure})
    found: dict[str, dict[str, float]] = evaluator.evaluate(scored)
    return found
