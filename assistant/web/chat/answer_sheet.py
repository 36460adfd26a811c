"""An answer as a sheet of paper: everything that was shown of it, in the order in which it is read.

`answer_files` writes it as Markdown, Word or plain text; none of them adds or leaves out a word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.answer import Answer, Sentence, Verdict
from assistant.answer_text import framing
from assistant.disagreement_text import disagreement_note
from assistant.validity_text import validity_of, warning
from assistant.web.chat.chosen_filters import filters_in_words
from assistant.web.chat.exchange import Exchange
from assistant.web.chat.official_citation import official_citation
from assistant.web.words import Words


@dataclass(frozen=True, slots=True)
class SheetSentence:
    """One sentence with the marks of its sources, and what the check found where that is said."""

    text: str
    marks: tuple[int, ...]
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class SheetSource:
    """One source: how it is cited, its words, and what warns of it."""

    mark: int
    citation: str
    quote: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One answered question."""

    question: str
    about: tuple[str, ...]  # how it was understood, when it was asked, what it was restricted to
    framing: str
    sentences: tuple[SheetSentence, ...]
    notes: tuple[str, ...]
    sources: tuple[SheetSource, ...]
    sources_heading: str
    closing: str  # which program made it and when


def sheet_of(exchange: Exchange, words: Words, *, day: str, titles: Mapping[str, str]) -> Sheet:
    """The sheet of an answered exchange, in the language of the page; `day` is ISO 8601.

    `titles` of documents by their ids, for an exchange that was restricted to some.
    """
    answer = exchange.answer
    if answer is None:
        raise ValueError("The exchange has no answer yet.")
    understood = answer.standalone_question
    about = [words("restated", question=understood)] if understood != answer.question else []
    about += filters_in_words(exchange.filters, titles, words)
    sources = tuple(
        SheetSource(
            citation.mark,
            official_citation(citation, words),
            citation.quote,
            warning(validity_of(citation.document, answer.considered), words.language) or "",
        )
        for citation in answer.citations
    )
    return Sheet(
        question=answer.question,
        about=tuple(about),
        framing=framing(answer),
        sentences=tuple(_sentence(sentence, answer, words) for sentence in answer.sentences),
        notes=notes_of(answer, words),
        sources=sources,
        sources_heading=words("sources"),
        closing=words("ask_made_by", product=words("product"), day=words.date(day)),
    )


def notes_of(answer: Answer, words: Words) -> tuple[str, ...]:
    """What is said below the sentences: where sources differ, and how many sentences were withheld."""
    notes = [disagreement_note(note, answer.language) for note in answer.disagreements]
    if answer.withheld:
        notes.append(
            words("ask_withheld_one" if answer.withheld == 1 else "ask_withheld", count=answer.withheld)
        )
    return tuple(notes)


def all_quoted(sentences: Iterable[Sentence]) -> bool:
    """Whether all are the documents' own words, so that no single one needs to say so."""
    return all(sentence.verdict is Verdict.QUOTED for sentence in sentences)


def _sentence(sentence: Sentence, answer: Answer, words: Words) -> SheetSentence:
    verdict = "" if all_quoted(answer.sentences) else words(f"verdict_{sentence.verdict}")
    return SheetSentence(sentence.text, tuple(one.mark for one in sentence.citations), verdict)
