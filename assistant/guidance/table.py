"""Guidance as lines of text in one language, which the terminal, the page and the files all show alike."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.answer import Citation
from assistant.guidance.guidance import Condition, Facet, Force, Guidance, Provision, Ruling
from assistant.validity_text import warning
from knowledge.clauses.locators import locate
from knowledge.policy import Language, RetrievedPassage


@dataclass(frozen=True, slots=True)
class Line:
    """One provision as it is shown."""

    provision: Provision
    force: Force  # of the main ruling, for colour and order
    forces: tuple[str, ...]  # every different ruling in words
    conditions: tuple[str, ...]  # verbatim, each led by "if" or "except"
    quote: str
    document: str
    locator: str
    warning: str | None  # of a document that is not in force
    goes_on: str | None

    @property
    def citation(self) -> Citation:
        """Where the quote begins."""
        return self.provision.citations[0]


@dataclass(frozen=True, slots=True)
class Group:
    """The lines on one facet, or none and what lies nearest."""

    facet: Facet
    lines: tuple[Line, ...]
    nearest: tuple[RetrievedPassage, ...]


class Texts:
    """The words of the table in one language: `texts("force")`; KeyError for an unknown key or slot."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._texts = _stored()[language]

    def __call__(self, key: str, **slots: object) -> str:
        """The text of that key with its slots filled."""
        return self._texts[key].format_map(slots) if slots else self._texts[key]


def groups_of(guidance: Guidance, language: Language) -> tuple[Group, ...]:
    """Every facet of the guidance with its lines, in order."""
    texts = Texts(language)
    return tuple(
        Group(one.facet, tuple(_line(provision, texts) for provision in one.provisions), one.nearest)
        for one in guidance.facets
    )


def closing_notes(guidance: Guidance, language: Language) -> tuple[str, ...]:
    """What is to be said under the table, in whole sentences."""
    texts = Texts(language)
    notes = []
    if guidance.places_left_out:
        notes.append(texts("places_left_out", count=guidance.places_left_out))
    if guidance.withheld:
        notes.append(texts("withheld", count=guidance.withheld))
    return (*notes, texts("note"))


def opening_note(guidance: Guidance, language: Language) -> str:
    """How much was found, in one sentence."""
    texts = Texts(language)
    if not guidance.provisions:
        return texts("nothing")
    return texts("found", lines=len(guidance.provisions), facets=len(guidance.covered))


def force_in_words(ruling: Ruling, texts: Texts) -> str:
    """ "required", "conditional: prohibited", "required (of the authorities)"."""
    if ruling.force is Force.CONDITIONAL:
        word = texts("once_met", force=texts(ruling.once_met)) if ruling.once_met else texts("penalty")
    else:
        word = texts(ruling.force)
    return texts("of_authority", force=word) if ruling.bearer == "authority" else word


def _line(provision: Provision, texts: Texts) -> Line:
    citation = provision.citations[0]
    conditions = (ruling.condition for ruling in provision.rulings if ruling.condition)
    return Line(
        provision,
        provision.main.force,
        tuple(dict.fromkeys(force_in_words(ruling, texts) for ruling in provision.rulings)),
        tuple(dict.fromkeys(_condition(condition, texts) for condition in conditions)),
        provision.sentence.text,
        provision.document.title,
        locate(citation.passage.section, citation.start, provision.citations[-1].end, texts.language),
        warning(provision.validity, texts.language),
        texts("goes_on") if provision.goes_on else None,
    )


def _condition(condition: Condition, texts: Texts) -> str:
    return texts(condition.kind, quote=" ".join(condition.quote.split()))


@cache
def _stored() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("assistant.guidance").joinpath("texts.toml").read_text("utf-8"))
