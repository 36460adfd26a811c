"""No sentence leaves unchecked: what a writer proposes is shown only if the documents say it.

A quoted sentence is checked against the stored text, character by character; a written one by a Checker,
which `assistant.claims.sentence_checker` is.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from assistant.answer import Citation, Sentence, Verdict
from knowledge.passage_sentences import sentence_spans


class Checker(Protocol):
    """Says of one drafted sentence whether the passages that it cites support it."""

    def __call__(self, sentence: Sentence) -> Sentence:
        """The same sentence with the checker's own verdict and reason, whatever verdict it came with."""
        ...


def checked(drafted: Sequence[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that may be shown, in order, each with the checker's own verdict."""
    judged = (replace(sentence, verdict=verdict_of(sentence)) for sentence in drafted)
    return tuple(sentence for sentence in judged if sentence.verdict is not Verdict.UNSUPPORTED)


def verdict_of(sentence: Sentence) -> Verdict:
    """QUOTED when the sentence is, word for word, the quotes it cites, each whole and where it says."""
    verbatim = sentence.text == " ".join(citation.quote for citation in sentence.citations)
    return Verdict.QUOTED if verbatim and citations_stand(sentence) else Verdict.UNSUPPORTED


def citations_stand(sentence: Sentence) -> bool:
    """Whether there are citations, and each quotes whole sentences that stand where it says."""
    return bool(sentence.citations) and all(
        citation.holds and _is_whole(citation) for citation in sentence.citations
    )


def word_for_word(sentence: Sentence) -> Sentence:
    """The strictest Checker: lets through what repeats the documents word for word and nothing else."""
    verdict = verdict_of(sentence)
    quoted = verdict is Verdict.QUOTED
    return replace(sentence, verdict=verdict, reason="" if quoted else "it is not word for word in a passage")


def _is_whole(citation: Citation) -> bool:
    # The words "may export" stand in "No firm may export", so half a sentence is no evidence.
    spans = sentence_spans(citation.passage)
    begins = any(span.start == citation.start for span in spans)
    return begins and any(span.end == citation.end for span in spans)
