"""The three logistic models of quoting, each fitted on sets of measured questions."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.quotes.weights import LinearModel
from evals.fitting.measured_questions import Measured, Rows

SEED_SET = "seed (tuning)"
MTRAG = "mtrag_un"
LAWS = "zh_trade_laws"
UNMARKED = (MTRAG, LAWS)  # they mark no sentence, so they are in the answer model alone
SENTENCE_SHARE = {SEED_SET: 2.0}  # of each set in the sentence model; the others weigh 1
ANSWER_SHARE = {
    SEED_SET: 1.0,
    "clapnq": 0.2,
    "squad2": 0.2,
    "policy": 0.6,
    MTRAG: 0.3,
    LAWS: 0.15,
}  # of each set in the answer model
BESIDE_SHARE = {SEED_SET: 1.0, "clapnq": 1.0, "policy": 0.5}  # those that mark every sentence that answers
# The probability of being evidence from which a sentence is quoted beside the best one; see QUOTE_MARGIN.
BESIDE_FROM = 0.25


def fit_sentences(sets: dict[str, list[Measured]]) -> LinearModel:
    """Does a sentence answer? Learned from every set; the tuning cases count twice."""
    rows = {name: _rows(measured) for name, measured in sets.items() if name not in UNMARKED}
    weights = [np.full(len(y), SENTENCE_SHARE.get(name, 1.0) / len(y)) for name, (_x, y) in rows.items()]
    features, labels = (np.concatenate([pair[i] for pair in rows.values()]) for i in (0, 1))
    return _logistic(features, labels, np.concatenate(weights) * 1000, strength=1.0)


def fit_answers(sets: dict[str, list[Measured]], sentence: LinearModel) -> LinearModel:
    """Do the passages answer at all? Learned mostly from the tuning cases, both outcomes weighed alike."""
    features, labels, weights = [], [], []
    for name, share in ANSWER_SHARE.items():
        answerable = np.array([one.answerable for one in sets[name]])
        features += [one.answer_features(sentence) for one in sets[name]]
        labels.append(answerable)
        weights.append(share * 100 * np.where(answerable, 1 / answerable.sum(), 1 / (~answerable).sum()))
    return _logistic(np.array(features), np.concatenate(labels), np.concatenate(weights), strength=0.3)


def fit_beside(sets: dict[str, list[Measured]], sentence: LinearModel, answer: LinearModel) -> LinearModel:
    """Is a sentence evidence beside the best one? Learned from sets that mark every sentence that answers."""
    features, labels, weights = [], [], []
    for name, share in BESIDE_SHARE.items():
        rows = [one.beside_rows(sentence, answer) for one in sets[name] if one.answerable]
        features += [x for x, _y in rows]
        labels += [y for _x, y in rows]
        count = sum(len(y) for _x, y in rows)
        weights.append(np.full(count, 1000 * share / count))
    model = _logistic(np.concatenate(features), np.concatenate(labels), np.concatenate(weights), strength=1.0)
    return replace(model, bias=model.bias - float(np.log(BESIDE_FROM / (1 - BESIDE_FROM))))


def scores_with_topic_left_out(sets: dict[str, list[Measured]]) -> NDArray[np.float64]:
    """The answer model's log-odds for each tuning case, from models that never saw a case of its topic."""
    tuning = sets[SEED_SET]
    scores = np.zeros(len(tuning))
    for topic in {one.topic for one in tuning}:
        rest = sets | {SEED_SET: [one for one in tuning if one.topic != topic]}
        sentence = fit_sentences(rest)
        answer = fit_answers(rest, sentence)
        for i, one in enumerate(tuning):
            if one.topic == topic:
                scores[i] = answer.log_odds(one.answer_features(sentence)[None, :])[0]
    return scores


def _rows(measured: Sequence[Measured]) -> Rows:
    features, labels = zip(*(one.sentence_rows() for one in measured), strict=True)
    return np.concatenate(features), np.concatenate(labels)


def _logistic(
    features: NDArray[np.float64], labels: NDArray[Any], weights: NDArray[np.float64], *, strength: float
) -> LinearModel:
    mean, scale = features.mean(0), np.maximum(features.std(0), 1e-6)
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit((features - mean) / scale, labels, sample_weight=weights)
    return LinearModel(mean, scale, model.coef_[0], float(model.intercept_[0]))
