"""Citation recall and precision: is each sentence supported by what it cites, and is each citation needed?

Source: T. Gao et al., Enabling Large Language Models to Generate Text with Citations (ALCE, EMNLP 2023),
section 4. There a citation is a whole passage; here it is the quote, as that is what a reader is shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Sentence

Supports = Callable[[str, Sequence[str]], bool]  # (sentence, quotes read together) -> supported


@dataclass(frozen=True, slots=True)
class CitationSupport:
    """The measures of one answer, 0..1; None where there is nothing to count."""

    recall: float | None  # share of sentences that their citations support together
    precision: float | None  # share of citations that a supported sentence needs
    sentences: int
    citations: int


def citation_support(answer: Answer, supports: Supports) -> CitationSupport:
    """Judge every sentence of an answer; `supports` is asked about quotes that stand in their document only.

    A sentence without citations is unsupported. A citation is irrelevant when it does not support its
    sentence alone and the others do without it; one of an unsupported sentence, or one whose quote does not
    stand where it says, is no good either.
    """
    judged = [_judge(sentence, supports) for sentence in answer.sentences]
    good = [mark for _supported, marks in judged for mark in marks]
    return CitationSupport(
        recall=sum(supported for supported, _ in judged) / len(judged) if judged else None,
        precision=sum(good) / len(good) if good else None,
        sentences=len(judged),
        citations=len(good),
    )


def _judge(sentence: Sentence, supports: Supports) -> tuple[bool, list[bool]]:
    """Whether the sentence is supported, and of each of its citations whether it is needed."""
    standing = [citation for citation in sentence.citations if citation.holds]
    quotes = [citation.quote for citation in standing]
    if not quotes or not supports(sentence.text, quotes):
        return False, [False] * len(sentence.citations)
    needed: list[bool] = []
    for citation in sentence.citations:
        others = [other.quote for other in standing if other is not citation]
        needed.append(
            citation.holds
            and (
                supports(sentence.text, [citation.quote]) or not others or not supports(sentence.text, others)
            )
        )
    return True, needed
