"""A description of a business -> the separate matters it raises, each with the words that raise it.

By rules: the description is divided into clauses; each clause raises the matters of matters.toml whose words
it holds; the words that no matter explains (cloud accounting, ASEAN) are facets of their own, so that what
the documents do not speak of is said and not passed over.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.guidance.guidance import Facet
from assistant.guidance.matters import Matter, matters
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.paragraphs import Span
from knowledge.policy import Language
from knowledge.terms import CHINESE_FUNCTION_WORDS, ENGLISH_FUNCTION_WORDS, HAN_RUN

MOST_FACETS = 12  # a table that nobody can read to its end guides nobody
_LONGEST_PHRASE = 3  # English words
_LONGEST_PHRASE_ZH = 8  # characters
_STEM = 5  # letters by which inflected English words are compared
_LEADS = "向在从把将往对给"
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@dataclass(frozen=True, slots=True)
class _Rules:
    boundary: dict[Language, re.Pattern[str]]
    general: dict[Language, frozenset[str]]


def facets_of(description: str, dictionary: ChineseDictionary) -> tuple[Facet, ...]:
    """The facets in the order in which the description raises them, at most MOST_FACETS; none twice.

    Its language is that which outweighs the other.
    """
    language = language_of(description)
    found: dict[str, Facet] = {}
    own: dict[str, Facet] = {}
    for span in _clauses(description, language):
        words = description[span.start : span.end]
        raised = [matter for matter in matters().values() if matter.is_raised_by(words, language)]
        for matter in raised:
            facet = Facet(
                matter.key, matter.labels[language], words, span, (_in_one_line(words), *matter.queries)
            )
            found.setdefault(matter.key, facet)
        for start, end in _own_words(words, raised, language, dictionary):
            own_span = Span(span.start + start, span.start + end)
            phrase = description[own_span.start : own_span.end]
            own.setdefault(phrase.lower(), Facet("", phrase, phrase, own_span, (phrase,)))
    return (*found.values(), *own.values())[:MOST_FACETS]


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


def _clauses(description: str, language: Language) -> Iterator[Span]:
    """The description's clauses without outer white space, in order."""
    start = 0
    for match in _rules().boundary[language].finditer(description):
        yield from _stripped(description, start, match.start())
        start = match.end()
    yield from _stripped(description, start, len(description))


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if any(map(str.isalnum, words)):
        first = start + len(words) - len(words.lstrip())
        yield Span(first, first + len(words.strip()))


def _own_words(
    words: str, raised: list[Matter], language: Language, dictionary: ChineseDictionary
) -> Iterator[tuple[int, int]]:
    """Stretches of neighbouring words that carry meaning and are not all explained by a raised matter."""
    explained = " ".join(matter.labels[language] for matter in raised).lower()
    known = [match.span() for matter in raised for match in _explaining(matter, words, language)]
    if language == "en":
        kept = [match.span() for match in _WORD.finditer(words) if _tells_en(match.group())]
    else:
        kept = [span for span in _chinese_words(words, dictionary) if _tells_zh(words[slice(*span)])]
    for phrase in _phrases(kept, words, language):
        told = [
            (start, end)
            for start, end in phrase
            if not any(a <= start and end <= b for a, b in known)
            and not _is_explained(words[start:end], explained)
        ]
        untold = sum(end - start for start, end in told)
        if untold > 1 and 2 * untold >= phrase[-1][1] - phrase[0][0]:
            yield phrase[0][0], phrase[-1][1]


def _phrases(kept: list[tuple[int, int]], words: str, language: Language) -> Iterator[list[tuple[int, int]]]:
    """Neighbouring words together, up to the longest phrase."""
    phrase: list[tuple[int, int]] = []
    for span in kept:
        if phrase:
            apart = words[phrase[-1][1] : span[0]].strip(" ") != ""
            full = (
                len(phrase) >= _LONGEST_PHRASE
                if language == "en"
                else span[1] - phrase[0][0] > _LONGEST_PHRASE_ZH
            )
            if apart or full:
                yield phrase
                phrase = []
        phrase.append(span)
    if phrase:
        yield phrase


def _explaining(matter: Matter, words: str, language: Language) -> Iterator[re.Match[str]]:
    # A pattern that only looks ahead explains nothing by its length; its label does that.
    return (match for match in matter.raised[language].finditer(words.lower()) if match.end() > match.start())


def _tells_en(word: str) -> bool:
    lower = word.lower().removesuffix("'s").removesuffix("’s")
    general = _rules().general["en"]
    return (
        len(lower) > 1
        and lower not in ENGLISH_FUNCTION_WORDS
        and not {lower, lower.removesuffix("s")} & general
    )


def _tells_zh(word: str) -> bool:
    return word not in CHINESE_FUNCTION_WORDS and word not in _rules().general["zh"]


def _is_explained(word: str, explained: str) -> bool:
    return (word.lower()[:_STEM] if word.isascii() else word) in explained


def _chinese_words(words: str, dictionary: ChineseDictionary) -> Iterator[tuple[int, int]]:
    for run in HAN_RUN.finditer(words):
        start = run.start()
        while start < run.end():
            first = dictionary.words(words[start : run.end()])[0].text
            if len(first) > 1 and first[0] in _LEADS:
                first = first[0]  # the dictionary takes 向东 out of 向东盟
            yield start, start + len(first)
            start += len(first)


@cache
def _rules() -> _Rules:
    stored = tomllib.loads(files("assistant.guidance").joinpath("clause_words.toml").read_text("utf-8"))
    return _Rules(
        {language: re.compile(some, re.IGNORECASE) for language, some in stored["boundary"].items()},
        {language: frozenset(some.split()) for language, some in stored["general"].items()},
    )
