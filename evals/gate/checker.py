"""What the gate shows the checker: true sentences, and false ones made from them.

A writer that only quotes never drafts a false sentence, so answers alone cannot tell whether the checker
would withhold one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.answer import Answer, Sentence
from evals.figures.cases import Figure, mean_figure

Checker = Callable[[Sequence[Sentence]], Sequence[Sentence]]  # drafted sentences in, those let through out

_DENIED = {"en": "It is not true that {}", "zh": "并非如此：{}"}
_NEXT_DIGIT = str.maketrans("0123456789", "1234567890")


def checker_figures(answers: Sequence[Answer], checker: Checker) -> tuple[Figure, Figure]:
    """How many true sentences of the answers the checker lets through, how many false ones it withholds."""
    true = list(dict.fromkeys(sentence for answer in answers for sentence in answer.sentences))
    false = [made for i, sentence in enumerate(true) for made in falsified(sentence, true[i - 1])]
    return (
        mean_figure("true sentences let through", [float(bool(checker([one]))) for one in true]),
        mean_figure("false sentences withheld", [float(not checker([one])) for one in false]),
    )


def falsified(sentence: Sentence, other: Sentence) -> Iterator[Sentence]:
    """False sentences made from a true one that quotes; `other` is a sentence from elsewhere.

    Denied, with other figures, without a citation, with the other's citation, with a quote that stands one
    character further on, and cut in half.
    """
    if not sentence.citations:
        return
    first = sentence.citations[0]
    yield replace(sentence, text=_DENIED[first.document.language].format(sentence.text))
    if (renumbered := sentence.text.translate(_NEXT_DIGIT)) != sentence.text:
        yield replace(sentence, text=renumbered)
    yield replace(sentence, citations=())
    if other.text != sentence.text:
        yield replace(sentence, citations=other.citations)
    yield replace(sentence, citations=(replace(first, start=first.start + 1, end=first.end + 1),))
    half = first.quote[: len(first.quote) // 2]
    yield replace(sentence, text=half, citations=(replace(first, quote=half, end=first.start + len(half)),))
