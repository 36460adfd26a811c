"""Fit the weights of quoting: `policy-assistant evals calibrate` writes evidence_weights.json.

Three logistic models are fitted, all small enough to read. The sentence model says of one sentence whether it
answers; it learns from the tuning cases of the seed and from public reading sets. The answer model says
whether the question is answered at all; it learns mostly from the tuning cases, and its threshold is set on
scores from models that never saw a case of the same topic. The third says which sentences are quoted beside
the best one. Nothing is fitted on the held-out cases.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from assistant.calibration import HELD_OUT_SET
from assistant.question import restate, topic_of
from assistant.quotes.evidence import FEATURE_NAMES
from assistant.quotes.second_look import ANSWER_FEATURE_NAMES, BESIDE_FEATURE_NAMES
from assistant.quotes.weights import LinearModel, stored_linear
from evals.cases.case import load_cases
from evals.fitting import question_sets
from evals.fitting.decision_curve import CURVE_COLUMNS, decision_curve
from evals.fitting.measured_questions import Measured, embed_ahead
from evals.fitting.question_sets import LabelledQuestion
from evals.fitting.quoting_models import (
    LAWS,
    MTRAG,
    SEED_SET,
    fit_answers,
    fit_beside,
    fit_sentences,
    scores_with_topic_left_out,
)
from evals.fitting.workbench import Workbench
from knowledge.files.catalog import load_catalog
from knowledge.policy import Document
from knowledge.reading import read_file

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "evals" / "cases" / "seed.jsonl"
# The share of answerable questions, of a topic never seen, that the threshold costs. It is chosen so that
# 60 % of what MTRAG-UN marks unanswerable is declined, and at most 15 % of what it marks answerable.
ANSWERABLE_DECLINED = 0.10
PASSAGES = 10  # found for a question of MTRAG-UN, as in the product
# Log-odds; chosen with BESIDE_FROM by the strays and misses on the tuning cases and by what CLAP NQ marks.
QUOTE_MARGIN = 1.0
TOPICS_LEFT_OUT = "seed (tuning), each topic left out of the fit"


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
        LAWS: list(
            question_sets.laws(
                public / "zh_trade_laws", passages=PASSAGES, embedder=embedder, dictionary=dictionary
            )
        ),
        MTRAG: list(
            question_sets.mtrag_un(
                public / "mtrag_un", passages=PASSAGES, embedder=embedder, dictionary=dictionary
            )
        ),
    }
    held_out_cases = asked("held_out")
    embed_ahead([one for some in (*labelled.values(), held_out_cases) for one in some], embedder)
    sets = {
        name: [Measured(one, embedder, reader, dictionary) for one in some if one.passages]
        for name, some in labelled.items()
    }
    held_out = [Measured(one, embedder, reader, dictionary) for one in held_out_cases]
    left_out = scores_with_topic_left_out(sets)
    answerable = np.array([one.answerable for one in sets[SEED_SET]])
    threshold = float(np.quantile(left_out[answerable], ANSWERABLE_DECLINED))
    sentence = fit_sentences(sets)
    answer = fit_answers(sets, sentence)
    answer = replace(answer, bias=answer.bias - threshold)
    beside = fit_beside(sets, sentence, answer)
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
    return _stored(sentence, answer, beside, figures, sets) | {"curve": curve}


def _seed_document() -> Document:
    (path,) = (ROOT / "seeds").glob("*.txt")
    read = read_file(path)
    facts = load_catalog(path.parent)[path.name]
    return Document(read.sha256[:16], facts, read.text, facts.language or "en", read.sha256, str(path))


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


def _stored(
    sentence: LinearModel,
    answer: LinearModel,
    beside: LinearModel,
    figures: dict[str, Any],
    sets: dict[str, list[Measured]],
) -> dict[str, Any]:
    return {
        "fitted_on": {name: len(measured) for name, measured in sets.items()},
        "figures": figures,
        "sentence": stored_linear(sentence, FEATURE_NAMES),
        "answer": stored_linear(answer, ANSWER_FEATURE_NAMES),
        "beside": stored_linear(beside, BESIDE_FEATURE_NAMES),
        "quote_margin": QUOTE_MARGIN,
    }
