"""From the description of a business to the table of what the documents lay down: the whole, in order."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.answering import accepted_question
from assistant.checking import checked
from assistant.guidance.applicability import Applicability, applicability_of, place_of
from assistant.guidance.guidance import Facet, FacetGuidance, Guidance, Provision
from assistant.guidance.provisions import provision_of, units_of
from assistant.guidance.relevance import is_about
from knowledge.dictionary import ChineseDictionary
from knowledge.language import language_of
from knowledge.policy import RetrievedPassage
from knowledge.terms import terms

CLAUSES_READ = 40  # a facet, of those found
MOST_CLAUSES = 12  # a facet, of those with something to show
FOUND_BY_A_QUERY = 20  # passages that `search` is expected to give
_NEAREST = 3

Divide = Callable[[str], tuple[Facet, ...]]
FindPassages = Callable[[str], list[RetrievedPassage]]


def guide(
    description: str, *, divide: Divide, search: FindPassages, dictionary: ChineseDictionary
) -> Guidance:
    """The table for a description; every line is quoted and has passed the check.

    `divide` tells the matters that a description raises, `search` finds passages, best first, within whatever
    filters the asker set. Raises BadQuestion when the description is empty, too long or not valid text.
    """
    description = accepted_question(description)
    applies = applicability_of(description, dictionary)
    seen: set[tuple[str, ...]] = set()
    facets, withheld, left_out = list[FacetGuidance](), 0, set[str]()
    for facet in divide(description):
        found = _fused([search(query) for query in facet.queries])
        if not facet.matter and _is_place_of(facet, found, applies):
            continue
        left_out |= {
            one.passage.document.id for one in found if applies.is_of_another_place(one.passage.document)
        }
        clauses = _first_clauses(found, applies)
        drafted = _drafted(facet, clauses, applies, dictionary)
        kept = [one for one in drafted if checked((one.sentence,))]
        withheld += len(drafted) - len(kept)
        new = [one for one in kept if tuple(terms(one.sentence.text)) not in seen]
        lines = _by_document(new or kept, clauses)
        seen |= {tuple(terms(one.sentence.text)) for one in lines}
        facets.append(FacetGuidance(facet, lines, () if lines else tuple(clauses)[:_NEAREST]))
    return Guidance(description, language_of(description), tuple(facets), withheld, len(left_out))


def _fused(rankings: Sequence[Sequence[RetrievedPassage]]) -> list[RetrievedPassage]:
    """What several searches found: the first of each before the second of any, then by votes."""
    best: dict[str, int] = {}
    votes: dict[str, float] = {}
    passages: dict[str, RetrievedPassage] = {}
    for ranking in rankings:
        for rank, one in enumerate(ranking, start=1):
            id_ = one.passage.id
            passages.setdefault(id_, one)
            best[id_] = min(rank, best.get(id_, rank))
            votes[id_] = votes.get(id_, 0.0) + 1 / rank
    return [passages[id_] for id_ in sorted(best, key=lambda id_: (best[id_], -votes[id_], id_))]


def _is_place_of(facet: Facet, found: Iterable[RetrievedPassage], applies: Applicability) -> bool:
    """Whether a facet only names the place in which documents hold that are read for the other facets."""
    places = [place for one in found if (place := place_of(one.passage.document)) is not None]
    return any(applies.is_name_of(facet.words, place) for place in places)


def _first_clauses(found: Iterable[RetrievedPassage], applies: Applicability) -> list[RetrievedPassage]:
    """The passages of the first clauses that apply to the business; one clause may be in several passages."""
    clauses: set[tuple[str, int]] = set()
    kept: list[RetrievedPassage] = []
    for one in found:
        document = one.passage.document
        if applies.is_of_another_place(document) or applies.is_of_another_trade(document):
            continue
        clause = (document.id, one.passage.section.start)
        if clause in clauses or len(clauses) < CLAUSES_READ:
            clauses.add(clause)
            kept.append(one)
    return kept


def _drafted(
    facet: Facet, clauses: Iterable[RetrievedPassage], applies: Applicability, dictionary: ChineseDictionary
) -> list[Provision]:
    """The provisions on a facet, of the first clauses that hold any."""
    lines: list[Provision] = []
    holding: set[tuple[str, int]] = set()
    for one in clauses:
        clause = (one.passage.document.id, one.passage.section.start)
        found = [line for line in _provisions(facet, one, applies, dictionary) if line not in lines]
        if found and (clause in holding or len(holding) < MOST_CLAUSES):
            holding.add(clause)
            lines += found
    return lines


def _provisions(
    facet: Facet, one: RetrievedPassage, applies: Applicability, dictionary: ChineseDictionary
) -> Iterator[Provision]:
    for unit in units_of(one.passage):
        about = is_about(facet, unit.text, one.passage.document.language, dictionary)
        if about and not applies.is_for_others(unit.words):
            provision = provision_of(unit, one.validity)
            if provision is not None:
                yield provision


def _by_document(lines: Iterable[Provision], clauses: Sequence[RetrievedPassage]) -> tuple[Provision, ...]:
    """The lines by document, the most relevant first, in the order of its text; none twice."""
    rank = {one.passage.document.id: -place for place, one in reversed(list(enumerate(clauses)))}
    distinct = {tuple(terms(line.sentence.text)): line for line in reversed(list(lines))}.values()
    return tuple(sorted(distinct, key=lambda line: (-rank[line.document.id], line.citations[0].start)))
