"""Which documents are for the business that is described: not those of another place or another trade."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.dictionary import ChineseDictionary
from knowledge.policy import Document
from knowledge.terms import terms

_LOCAL = {"local regulation", "local rule"}
# The place that a title begins with: 上海市…条例, 中国（浙江）自由贸易试验区条例, 海南自由贸易港法.
_PLACE = re.compile(
    r"(?:中华人民共和国|中国（)?([一-鿿]{2,6}?)(?=省|市|自治区|特别行政区|经济特区|自由贸易港|国际贸易综合改革试验区|）自由贸易试验区)"
)
_HEAD = 48  # characters of a sentence in which it names whom it is for
_ENGLISH_NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Applicability:
    """What a description says of place and trade; documents of others do not apply to it."""

    description: str
    names: frozenset[str]  # terms of the English names in the description
    dictionary: ChineseDictionary

    def is_of_another_place(self, document: Document) -> bool:
        """Whether the document holds in one place that the description does not name."""
        place = place_of(document)
        return place is not None and not self.speaks_of(place)

    def speaks_of(self, place: str) -> bool:
        """Whether the description names a place, in Chinese or in English."""
        return place in self.description or self._are_names_of(self.names, place)

    def is_name_of(self, words: str, place: str) -> bool:
        """Whether some words of the description are no more than the name of a place."""
        return place in words or self._are_names_of(frozenset(terms(words)), place)

    def _are_names_of(self, names: frozenset[str], place: str) -> bool:
        return any(names & word.glosses for word in self.dictionary.words(place))

    def is_for_others(self, text: str) -> bool:
        """Whether a sentence begins by naming somebody of another trade: 金融机构, 无雇工的个体工商户."""
        said, head = self.description.lower(), text[:_HEAD].lower()
        return any(subject.match(head) and not spoken_of.search(said) for subject, spoken_of in _others())

    def is_of_another_trade(self, document: Document) -> bool:
        """Whether its title names a special subject that the description does not speak of."""
        said = self.description.lower()
        return any(
            title.search(document.title) and not spoken_of.search(said) for title, spoken_of in _subjects()
        )


def applicability_of(description: str, dictionary: ChineseDictionary) -> Applicability:
    """What the description says of itself."""
    names = frozenset(term for name in _ENGLISH_NAME.findall(description) for term in terms(name))
    return Applicability(description, names, dictionary)


def place_of(document: Document) -> str | None:
    """The place in which a local document holds; None for one that holds everywhere."""
    place = _PLACE.match(document.title)
    if place and place[1] not in ("中华人民共和国", "国务院"):
        return place[1]
    return document.title[:2] if document.facts.level in _LOCAL else None


@cache
def _subjects() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return _stored("subject", "title")


@cache
def _others() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return _stored("others", "begins")


def _stored(table: str, key: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    stored = tomllib.loads(files("assistant.guidance").joinpath("special_subjects.toml").read_text("utf-8"))
    return tuple((re.compile(one[key]), re.compile(one["spoken_of"])) for one in stored[table])
