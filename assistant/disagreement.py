"""Where documents do not say the same: both provisions are shown, the higher and the newer named as such.

Nothing is merged and nothing is decided: a law and a notice, or an old and a new rule, that both speak to a
question stand beside each other, and a note says which of them has the higher authority and which is newer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import get_args

from assistant.answer import Citation, Difference, Disagreement, Sentence, Verdict
from assistant.provision_difference import ON_THE_MATTER, Matter, say_otherwise
from knowledge.dictionary import ChineseDictionary
from knowledge.passage_sentences import sentence_spans
from knowledge.policy import Document, Level, RetrievedPassage
from knowledge.sectioning import is_heading

_AUTHORITY: tuple[Level, ...] = get_args(Level)  # highest first
_MOST_NOTES = 3
_NEARLY_AS_MUCH = 0.5  # of what the quoted sentence holds of the question, for another to be its other side


@dataclass(frozen=True, slots=True)
class Disagreements:
    """Finds the other side of what is quoted, and says how cited provisions differ."""

    dictionary: ChineseDictionary

    def with_other_side(
        self, question: str, sentences: Sequence[Sentence], found: Sequence[RetrievedPassage]
    ) -> tuple[Sentence, ...]:
        """The sentences, and behind them a quote of another document that says otherwise than what is quoted.

        At most one is added, that which holds most of the question; none where the documents cited already
        disagree.
        """
        cited = _citations(sentences)
        if not cited or any(
            Difference.CONTENT in note.differences for note in self.notes(question, sentences)
        ):
            return tuple(sentences)
        quoted_in = {citation.document.id for citation in cited}
        matter = Matter(question, self.dictionary)
        main = max(cited, key=lambda one: matter.share_in(one.quote))
        least = max(ON_THE_MATTER, _NEARLY_AS_MUCH * matter.share_in(main.quote))
        best: tuple[float, Citation] | None = None
        for other in _sentences_of(found, quoted_in, mark=max(one.mark for one in cited) + 1):
            share = matter.share_in(other.quote)
            better = share >= least and (best is None or share > best[0])
            if better and say_otherwise(question, main.quote, other.quote):
                best = (share, other)
        if best is None:
            return tuple(sentences)
        return (*sentences, Sentence(best[1].quote, (best[1],), Verdict.QUOTED))

    def notes(self, question: str, sentences: Sequence[Sentence]) -> tuple[Disagreement, ...]:
        """How cited provisions of different documents on the question's matter differ, one note a pair."""
        matter = Matter(question, self.dictionary)
        on_it = [one for one in _citations(sentences) if matter.share_in(one.quote) >= ON_THE_MATTER]
        found: dict[tuple[str, str], Disagreement] = {}
        for first, second in combinations(on_it, 2):
            if first.document.id == second.document.id:
                continue
            note = _note(question, first, second)
            pair = (first.document.id, second.document.id)
            if note.differences and (
                pair not in found or len(note.differences) > len(found[pair].differences)
            ):
                found[pair] = note
        by_weight = sorted(found.values(), key=lambda note: Difference.CONTENT not in note.differences)
        return tuple(by_weight[:_MOST_NOTES])


def _note(question: str, first: Citation, second: Citation) -> Disagreement:
    higher = _higher(first, second)
    newer = _newer(first, second)
    differs = (
        (Difference.CONTENT, say_otherwise(question, first.quote, second.quote)),
        (Difference.LEVEL, higher is not None),
        (Difference.DATE, newer is not None),
    )
    return Disagreement(first, second, tuple(kind for kind, does in differs if does), higher, newer)


def _higher(first: Citation, second: Citation) -> Citation | None:
    levels = [one.document.facts.level for one in (first, second)]
    if levels[0] is None or levels[1] is None or levels[0] == levels[1]:
        return None
    return min((first, second), key=lambda one: _AUTHORITY.index(one.document.facts.level or "speech"))


def _newer(first: Citation, second: Citation) -> Citation | None:
    """The one whose date is later as far as both dates say; a date without a year says nothing."""
    dates = [day_of(one.document) for one in (first, second)]
    if dates[0] is None or dates[1] is None:
        return None
    length = min(len(dates[0]), len(dates[1]))
    if dates[0][:length] == dates[1][:length]:
        return None
    return first if dates[0][:length] > dates[1][:length] else second


def day_of(document: Document) -> str | None:
    """The day of issue, else the first in force, as far as its year is known."""
    stated = (document.facts.date, document.facts.in_force_from)
    return next((date for date in stated if date and not date.startswith("--")), None)


def _citations(sentences: Sequence[Sentence]) -> list[Citation]:
    return [citation for sentence in sentences for citation in sentence.citations]


def _sentences_of(found: Sequence[RetrievedPassage], but: set[str], mark: int) -> Iterator[Citation]:
    for retrieved in found:
        passage = retrieved.passage
        if passage.document.id in but:
            continue
        for span in sentence_spans(passage):
            if not is_heading(passage.document, span):
                quote = passage.document.text[span.start : span.end]
                yield Citation(mark, passage, quote, span.start, span.end)
