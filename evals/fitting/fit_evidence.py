"""Fit the weights of quoting: `policy-assistant evals calibrate` writes assistant/evidence_weights.json.

Two logistic models are fitted, both small enough to read. The sentence model says of one sentence whether it
answers; it learns from the tuning cases of the seed and from public reading sets. The answer model says
whether the question is answered at all; it learns mostly from the tuning cases, and its threshold is set on
scores from models that never saw a case of the same topic. The held-out cases set nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from tqdm import tqdm

from assistant.calibration import HELD_OUT_SET
from assistant.evidence import FEATURE_NAMES, as_matrix, candidates
from assistant.question import restate, topic_of
from assistant.second_look import ANSWER_FEATURE_NAMES, answer_features, reader_answerable
from assistant.weights import LinearModel
from evals.cases.case import load_cases
from evals.fitting import question_sets
from evals.fitting.decision_curve import CURVE_COLUMNS, decision_curve
from evals.fitting.question_sets import LabelledQuestion
from evals.fitting.workbench import Workbench
from knowledge.catalog import load_catalog
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.passage_sentences import sentence_texts
from knowledge.policy import Document
from knowledge.reader import Reader
from knowledge.reading import read_file

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "evals" / "cases" / "seed.jsonl"
ANSWERABLE_DECLINED = (
    0.12  # the share of answerable questions, of a topic never seen, that the threshold costs
)
PASSAGES = 10  # found for a question of MTRAG-UN, as in the product
QUOTE_MARGIN = 1.0  # log-odds; chosen by the strays and misses of `policy-assistant evals run --split tuning`
EMBEDDED_TOGETHER = 512  # texts
SEED_SET = "seed (tuning)"
TOPICS_LEFT_OUT = "seed (tuning), each topic left out of the fit"
MTRAG = "mtrag_un"  # marks no sentence, so it is in the answer model alone
SENTENCE_SHARE = {SEED_SET: 2.0}  # of each set in the sentence model; the others weigh 1
ANSWER_SHARE = {
    SEED_SET: 1.0,
    "clapnq": 0.2,
    "squad2": 0.2,
    "policy": 0.3,
    MTRAG: 0.3,
}  # of each set in the answer model

Rows = tuple[NDArray[np.float64], NDArray[np.float64]]  # features (n, f), label of each sentence (n,)


class Measured:
    """One question with the features of its sentences and which of them answer."""

    def __init__(
        self, asked: LabelledQuestion, embedder: Embedder, reader: Reader, dictionary: ChineseDictionary
    ) -> None:
        self._found = candidates(asked.question, asked.passages, embedder=embedder, dictionary=dictionary)
        self._question, self._reader = asked.question, reader
        self.topic, self.answerable = asked.topic, asked.answerable
        self.features = as_matrix(self._found)
        spans = [candidate.span for candidate in self._found]
        self.right = np.array([_touches(span, asked.evidence) for span in spans])
        self.neutral = np.array([_touches(span, asked.neutral) for span in spans])

    def answer_features(self, sentence: LinearModel) -> NDArray[np.float64]:
        """What its sentences together say of the question."""
        log_odds = sentence.log_odds(self.features)
        answerable = reader_answerable(self._question, self._found, log_odds, self._reader)
        return answer_features(self.features, log_odds, answerable)


def fit_sentences(sets: dict[str, list[Measured]]) -> LinearModel:
    """Does a sentence answer? Learned from every set; the tuning cases count twice."""
    rows = {name: _rows(measured) for name, measured in sets.items() if name != MTRAG}
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


def _logistic(
    features: NDArray[np.float64], labels: NDArray[Any], weights: NDArray[np.float64], *, strength: float
) -> LinearModel:
    mean, scale = features.mean(0), np.maximum(features.std(0), 1e-6)
    model = LogisticRegression(C=strength, max_iter=3000)
    model.fit((features - mean) / scale, labels, sample_weight=weights)
    return LinearModel(mean, scale, model.coef_[0], float(model.intercept_[0]))


def fit_answers_and_sentences(bench: Workbench) -> dict[str, Any]:
    """Both models as evidence_weights.json holds them, with their figures and the curve of the threshold."""
    public, embedder, reader, dictionary = bench.public, bench.embedder, bench.reader, bench.dictionary
    cases, document = load_cases(CASES), _seed_document()

    def asked(split: str) -> list[LabelledQuestion]:
        chosen = [case for case in cases if case.split == split]
        return question_sets.from_cases(
            chosen, document, lambda case: topic_of(restate(case.question, case.conversation))
        )

    labelled = {
        SEED_SET: asked("tuning"),
        "clapnq": list(question_sets.clapnq(public / "clapnq")),
        "squad2": list(question_sets.squad2(public / "squad2", paragraphs=90)),
        "drcd": list(question_sets.drcd(public / "drcd", paragraphs=150)),
        "policy": list(question_sets.policy(public)),
        MTRAG: list(
            question_sets.mtrag_un(
                public / "mtrag_un", passages=PASSAGES, embedder=embedder, dictionary=dictionary
            )
        ),
    }
    held_out_cases = asked("held_out")
    _embed_ahead([one for some in (*labelled.values(), held_out_cases) for one in some], embedder)
    sets = {
        name: [Measured(one, embedder, reader, dictionary) for one in some if one.passages]
        for name, some in labelled.items()
    }
    held_out = [Measured(one, embedder, reader, dictionary) for one in held_out_cases]
    left_out = _scores_with_topic_left_out(sets)
    answerable = np.array([one.answerable for one in sets[SEED_SET]])
    threshold = float(np.quantile(left_out[answerable], ANSWERABLE_DECLINED))
    sentence = fit_sentences(sets)
    answer = fit_answers(sets, sentence)
    answer = replace(answer, bias=answer.bias - threshold)
    figures = {name: _figures(sentence, answer, measured) for name, measured in sets.items()}
    figures[HELD_OUT_SET] = _figures(sentence, answer, held_out)
    figures[TOPICS_LEFT_OUT] = _declined(left_out - threshold, answerable)
    curve = {
        "columns": list(CURVE_COLUMNS),
        TOPICS_LEFT_OUT: decision_curve(left_out - threshold, answerable),
        HELD_OUT_SET: decision_curve(
            answer.log_odds(np.array([one.answer_features(sentence) for one in held_out])),
            [one.answerable for one in held_out],
        ),
    }
    return _stored(sentence, answer, figures, sets) | {"curve": curve}


def _embed_ahead(asked: Sequence[LabelledQuestion], embedder: Embedder) -> None:
    # All at once in large batches, as indexing does; one question at a time would take hours.
    passages = {passage for one in asked for passage in one.passages}
    texts = sorted({text for passage in passages for text in sentence_texts(passage)})
    for first in tqdm(range(0, len(texts), EMBEDDED_TOGETHER), desc="embedding", disable=None):
        embedder.embed_passages(texts[first : first + EMBEDDED_TOGETHER])


def _seed_document() -> Document:
    (path,) = (ROOT / "seeds").glob("*.txt")
    read = read_file(path)
    facts = load_catalog(path.parent)[path.name]
    return Document(read.sha256[:16], facts, read.text, facts.language or "en", read.sha256, str(path))


def _touches(span: tuple[int, int], ranges: Sequence[tuple[int, int]]) -> bool:
    # A sentence is evidence when it holds a short answer, or most of a marked sentence.
    start, end = span
    return any(
        min(end, stop) - max(start, first) >= 0.5 * min(end - start, stop - first) for first, stop in ranges
    )


def _rows(measured: Sequence[Measured]) -> Rows:
    kept = [~one.neutral | one.right for one in measured]
    features = np.concatenate([one.features[keep] for one, keep in zip(measured, kept, strict=True)])
    labels = np.concatenate([one.right[keep] for one, keep in zip(measured, kept, strict=True)])
    return features, labels.astype(float)


def _figures(sentence: LinearModel, answer: LinearModel, measured: Sequence[Measured]) -> dict[str, float]:
    answerable = np.array([one.answerable for one in measured])
    marked = [one for one in measured if one.right.any()]
    first = [bool(one.right[sentence.log_odds(one.features).argmax()]) for one in marked]
    scores = answer.log_odds(np.array([one.answer_features(sentence) for one in measured]))
    best = {"best sentence is evidence": round(float(np.mean(first)), 3)} if first else {}
    return best | _declined(scores, answerable)


def _declined(scores: NDArray[np.float64], answerable: NDArray[np.bool_]) -> dict[str, float]:
    return {
        "questions": len(scores),
        "answerable": int(answerable.sum()),
        "answerable or not, AUROC": round(float(roc_auc_score(answerable, scores)), 3),
        "unanswerable declined": round(float((scores[~answerable] < 0).mean()), 3),
        "answerable declined": round(float((scores[answerable] < 0).mean()), 3),
    }


def _scores_with_topic_left_out(sets: dict[str, list[Measured]]) -> NDArray[np.float64]:
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


def _stored(
    sentence: LinearModel, answer: LinearModel, figures: dict[str, Any], sets: dict[str, list[Measured]]
) -> dict[str, Any]:
    return {
        "fitted_on": {name: len(measured) for name, measured in sets.items()},
        "figures": figures,
        "sentence": _stored_model(sentence, FEATURE_NAMES),
        "answer": _stored_model(answer, ANSWER_FEATURE_NAMES),
        "quote_margin": QUOTE_MARGIN,
    }


def _stored_model(model: LinearModel, names: Sequence[str]) -> dict[str, Any]:
    columns = zip(names, model.mean, model.scale, model.weight, strict=True)
    return {
        "features": {
            name: {"mean": round(float(m), 5), "scale": round(float(s), 5), "weight": round(float(w), 4)}
            for name, m, s, w in columns
        },
        "bias": round(model.bias, 4),
    }
