"""The second look: the reader reads the most promising passages, and whether they answer is decided.

The first look measures every sentence of every retrieved passage and costs little. The reader judges better
whether a passage answers at all and costs up to 60 ms a passage, so it reads only the one whose sentence
looks best, and the next one where it is in doubt after that. What it says of their sentences helps to choose
what is quoted beside the best one.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.quotes.evidence import FEATURE_NAMES, Candidate
from knowledge.policy import Passage
from knowledge.reader import Reader, TextToRead

# A third passage moved the AUROC of no set of the fit by more than .005, and of all but one downwards.
PASSAGES_READ = 2
_BOUND = 8.0  # log-odds; beyond it the reader is as sure as it gets

# What the decision between answering and declining looks at: see `answer_features`.
_OF_BEST = (
    "sentence_words", "passage_words", "kind_missing", "names_missing", "other_language", "in_chinese",
    "kind_asked", "question_length",
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

# What the choice of further quotes looks at: see `beside_features`.
BESIDE_FEATURE_NAMES = ("log_odds", "passage_of_best", "reader_evidence", "share_of_passage")


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What the reader says of each candidate sentence, in log-odds (n,); NaN where it was not read."""

    answerable: NDArray[np.float64]  # that the sentence's passage answers
    evidence: NDArray[np.float64]  # that the sentence is among those that answer


def second_look(
    question: str,
    found: Sequence[Candidate],
    log_odds: NDArray[np.float64],
    reader: Reader,
    *,
    in_doubt: Callable[[NDArray[np.float64]], bool] = lambda _answerable: True,
) -> SecondLook:
    """Read the passages of the candidates that look best; `log_odds` (n,) are those of the first look.

    After the first passage `in_doubt` is asked, with what `SecondLook.answerable` is by then, whether to read
    on.
    """
    by_passage = _by_passage(found)
    best = {passage: max(log_odds[i] for i in places) for passage, places in by_passage.items()}
    answerable, evidence = np.full(len(found), np.nan), np.full(len(found), np.nan)
    for place, passage in enumerate(sorted(best, key=lambda passage: -best[passage])[:PASSAGES_READ]):
        if place and not in_doubt(answerable):
            break
        places = by_passage[passage]
        text = TextToRead(_title(passage), tuple(found[i].text for i in places))
        (reading,) = reader.read(question, [text])
        answerable[places] = np.clip(reading.answerable, -_BOUND, _BOUND)
        evidence[places] = np.clip(reading.evidence, -_BOUND, _BOUND)
    return SecondLook(answerable, evidence)


def answer_features(
    features: NDArray[np.float64], log_odds: NDArray[np.float64], answerable: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What all candidates together say of the question, shape (len(ANSWER_FEATURE_NAMES),).

    `features` (n, f), in the order of FEATURE_NAMES, `log_odds` (n,) and `answerable` (n,), as
    `second_look` gives it, are those of at least one candidate sentence.
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


def beside_features(
    found: Sequence[Candidate], log_odds: NDArray[np.float64], evidence: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What speaks for quoting each candidate beside the best one, shape (n, len(BESIDE_FEATURE_NAMES)).

    `log_odds` (n,) are those of the first look and `evidence` (n,) those of `second_look`. A sentence that
    the reader did not see counts as one that it is sure of being no evidence. The share of its passage in
    all candidates, as a logarithm, says how much else there is: of a text given alone, more is quoted.
    """
    best = found[int(log_odds.argmax())].passage
    by_passage = _by_passage(found)
    return np.column_stack(
        [
            log_odds,
            [float(candidate.passage == best) for candidate in found],
            np.nan_to_num(evidence, nan=-_BOUND),
            [np.log(len(by_passage[candidate.passage]) / len(found)) for candidate in found],
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
