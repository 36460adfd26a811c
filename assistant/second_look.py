"""The second look: the reader reads the most promising passages, and whether they answer is decided.

The first look measures every sentence of every retrieved passage and costs little; the reader judges better
whether a passage answers at all and costs 60 ms a passage, so it reads only those whose sentences look best.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import FEATURE_NAMES, Candidate
from knowledge.policy import Passage
from knowledge.reader import Reader, TextToRead

PASSAGES_READ = 3
_BOUND = 8.0  # log-odds; beyond it the reader is as sure as it gets

# What the decision between answering and declining looks at: see `answer_features`.
_OF_BEST = (
    "sentence_words", "passage_words", "kind_missing", "names_missing", "other_language", "kind_asked",
    "question_length",
)  # fmt: skip
_OF_ALL = ("sentence_words", "sentence_meaning")
ANSWER_FEATURE_NAMES = (
    "best_log_odds",
    *(f"best_{name}" for name in _OF_BEST),
    *(f"highest_{name}" for name in _OF_ALL),
    "kind_missing_everywhere",
    "best_reader_answerable",
    "highest_reader_answerable",
    "candidates",  # the logarithm of their number: of many, the best looks good by chance
)


def reader_answerable(
    question: str, found: Sequence[Candidate], log_odds: NDArray[np.float64], reader: Reader
) -> NDArray[np.float64]:
    """For each candidate, the reader's log-odds (n,) that its passage answers; NaN where it was not read.

    `log_odds` (n,) are those of the first look.
    """
    by_passage = _by_passage(found)
    best = {passage: max(log_odds[i] for i in places) for passage, places in by_passage.items()}
    chosen = sorted(best, key=lambda passage: -best[passage])[:PASSAGES_READ]
    texts = [
        TextToRead(_title(passage), tuple(found[i].text for i in by_passage[passage])) for passage in chosen
    ]
    read = np.full(len(found), np.nan)
    for passage, reading in zip(chosen, reader.read(question, texts), strict=True):
        read[by_passage[passage]] = np.clip(reading.answerable, -_BOUND, _BOUND)
    return read


def answer_features(
    features: NDArray[np.float64], log_odds: NDArray[np.float64], answerable: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What all candidates together say of the question, shape (len(ANSWER_FEATURE_NAMES),).

    `features` (n, f), in the order of FEATURE_NAMES, `log_odds` (n,) and `answerable` (n,), as
    `reader_answerable` gives it, are those of at least one candidate sentence.
    """
    column = {name: features[:, i] for i, name in enumerate(FEATURE_NAMES)}
    best = int(log_odds.argmax())
    return np.array(
        [
            log_odds[best],
            *(column[name][best] for name in _OF_BEST),
            *(column[name].max() for name in _OF_ALL),
            column["kind_missing"].min(),
            answerable[best],
            np.nanmax(answerable),
            np.log(len(features)),
        ]
    )


def _by_passage(found: Sequence[Candidate]) -> dict[Passage, list[int]]:
    places: dict[Passage, list[int]] = {}
    for i, candidate in enumerate(found):
        places.setdefault(candidate.passage, []).append(i)
    return places


def _title(passage: Passage) -> str:
    headings = passage.section.heading_path
    return headings[-1] if headings else passage.document.title
