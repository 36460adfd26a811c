"""How strongly each sentence of the retrieved passages speaks to a question, as a few named numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from assistant.quotes.contraries import speaks_of_the_contrary
from assistant.quotes.expected_answer import kinds_asked, without_kind_words
from assistant.quotes.question_terms import QuestionTerm, question_terms, respelt
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.language import language_of
from knowledge.paragraphs import Span
from knowledge.passage_sentences import sentence_spans
from knowledge.policy import Passage
from knowledge.sectioning import is_heading
from knowledge.terms import term_set

# Names inside a question: capitalised words that do not begin a sentence, acronyms, figures.
_NAME = re.compile(r"(?<!^)(?<![.?!:] )\b[A-Z][\w-]+|\b[A-Z]{2,}\b|\d[\d.,]*\w*")
_MOST_NAMES = 2  # more missing names than this say nothing new
_LONG_QUESTION = 20  # terms


@dataclass(frozen=True, slots=True)
class Features:
    """What is measured of one sentence against one question; all between 0 and 1 or small counts."""

    sentence_meaning: float  # cosine of question and sentence
    sentence_words: float  # share of the question's words in the sentence, rare ones counting more
    passage_words: float  # share of the question's words in the passage and its headings
    kind_missing: float  # 1 when the question asks for a number, a time … and the sentence holds none
    names_missing: float  # names and figures of the question that the passage does not hold
    contrary_side: float  # 1 when the sentence speaks of the opposite of what is asked about alone
    other_language: float  # 1 when question and document are in different languages
    in_chinese: float  # 1 when the document is Chinese; questions across languages differ by direction
    kind_asked: float  # 1 when the question asks for something of a recognisable kind
    question_length: float  # in terms, up to 1


FEATURE_NAMES = tuple(field.name for field in fields(Features))
_in_order = attrgetter(*FEATURE_NAMES)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that might answer, at its place in the document, with what is measured of it."""

    passage: Passage
    span: Span
    features: Features

    @property
    def text(self) -> str:
        """The sentence's own words."""
        return self.passage.document.text[self.span.start : self.span.end]


def candidates(
    question: str, passages: Sequence[Passage], *, embedder: Embedder, dictionary: ChineseDictionary
) -> list[Candidate]:
    """Every sentence of the passages with its features, in the order of the passages."""
    question_vector = embedder.embed_question(question)
    spans = [
        (passage, span)
        for passage in passages
        for span in sentence_spans(passage)
        if not is_heading(passage.document, span)
    ]
    texts = [passage.document.text[span.start : span.end] for passage, span in spans]
    sentence_cosines = embedder.embed_passages(texts) @ question_vector
    words = _Words(question, [passage for passage, _span in spans], texts, dictionary)
    kinds = kinds_asked(question)
    language = language_of(question)
    return [
        Candidate(
            passage,
            span,
            Features(
                sentence_meaning=float(sentence_cosines[i]),
                sentence_words=words.in_sentence[i],
                passage_words=words.in_passage[i],
                kind_missing=float(any(not kind.held_by(texts[i], question) for kind in kinds)),
                names_missing=_names_missing(question, passage),
                contrary_side=words.contrary[i],
                other_language=float(passage.document.language != language),
                in_chinese=float(passage.document.language == "zh"),
                kind_asked=float(bool(kinds)),
                question_length=min(words.count[i], _LONG_QUESTION) / _LONG_QUESTION,
            ),
        )
        for i, (passage, span) in enumerate(spans)
    ]


def as_matrix(found: Sequence[Candidate]) -> NDArray[np.float64]:
    """The features of the candidates, shape (n, len(FEATURE_NAMES)), in the order of FEATURE_NAMES."""
    return np.array([_in_order(candidate.features) for candidate in found], dtype=np.float64).reshape(
        len(found), len(FEATURE_NAMES)
    )


class _Words:
    """How much of a question's vocabulary each sentence and its passage hold."""

    def __init__(
        self, question: str, passages: Sequence[Passage], texts: Sequence[str], dictionary: ChineseDictionary
    ) -> None:
        languages = {passage.document.language for passage in passages}
        passage_terms = {passage: term_set(passage.search_text) for passage in set(passages)}
        vocabulary = frozenset().union(*passage_terms.values())
        content = without_kind_words(question)
        asked = {
            language: respelt(question_terms(content, language, dictionary), vocabulary, dictionary)
            for language in languages
        }
        self.in_sentence: list[float] = []
        self.in_passage: list[float] = []
        self.count: list[int] = []
        question_terms_held = term_set(question)
        self.contrary: list[float] = []
        sentence_terms = [term_set(text) for text in texts]
        weights = {language: _rarity(wanted, sentence_terms) for language, wanted in asked.items()}
        for passage, held in zip(passages, sentence_terms, strict=True):
            wanted, weight = asked[passage.document.language], weights[passage.document.language]
            hits = np.array([term.stands_in(held) for term in wanted], dtype=float)
            around = np.array([term.stands_in(passage_terms[passage]) for term in wanted], dtype=float)
            self.in_sentence.append(float(hits @ weight / weight.sum()) if wanted else 0.0)
            self.in_passage.append(float(around.mean()) if wanted else 0.0)
            self.count.append(len(wanted))
            self.contrary.append(float(speaks_of_the_contrary(question_terms_held, held)))


def _rarity(wanted: Sequence[QuestionTerm], sentences: Sequence[frozenset[str]]) -> NDArray[np.float64]:
    # BM25's inverse document frequency, over the candidate sentences, never quite zero.
    holding = np.array([sum(term.stands_in(held) for held in sentences) for term in wanted], dtype=float)
    return np.maximum(np.log((len(sentences) + 1) / (holding + 0.5)), 0.1)


def _names_missing(question: str, passage: Passage) -> float:
    held = passage.search_text.casefold()
    missing = sum(match.group().casefold() not in held for match in _NAME.finditer(question))
    return float(min(missing, _MOST_NAMES))
