"""At most two passages of a document, unless only one document matters."""

import pytest

from knowledge.crowding import without_crowding
from knowledge.policy import RetrievedPassage
from tests.assistant.small_documents import law, measures, passages_of, seed_document

DOCUMENTS = {"law": law(), "measures": measures(), "seed": seed_document()}
PASSAGES = {name: passages_of(document, limit=20) for name, document in DOCUMENTS.items()}


def found(*scored: tuple[str, float]) -> list[RetrievedPassage]:
    places = dict.fromkeys(PASSAGES, 0)
    every = []
    for name, score in scored:
        every.append(RetrievedPassage(PASSAGES[name][places[name]], score, frozenset({"keywords"})))
        places[name] += 1
    return every


def names(kept: list[RetrievedPassage]) -> list[str]:
    by_id = {document.id: name for name, document in DOCUMENTS.items()}
    return [by_id[one.passage.document.id] for one in kept]


def test_the_third_passage_of_a_document_makes_room_for_others() -> None:
    crowded = found(("law", 1.0), ("law", 0.9), ("law", 0.8), ("measures", 0.7), ("law", 0.7), ("seed", 0.1))

    assert names(without_crowding(crowded, 2, within=5)) == ["law", "law", "measures", "seed"]


@pytest.mark.parametrize(
    "scored",
    [
        [("law", 1.0), ("law", 0.9), ("law", 0.8)],  # there is no other
        [("law", 1.0), ("law", 0.9), ("law", 0.8), ("seed", 0.49)],  # the other is far behind
    ],
)
def test_one_document_that_alone_matters_keeps_all_its_passages(scored: list[tuple[str, float]]) -> None:
    assert without_crowding(found(*scored), 2, within=10) == found(*scored)


def test_a_document_that_lies_deeper_than_what_is_read_does_not_matter() -> None:
    crowded = found(("law", 1.0), ("law", 0.9), ("law", 0.8), ("measures", 0.7))

    assert names(without_crowding(crowded, 2, within=3)) == ["law", "law", "law", "measures"]


def test_nothing_found_is_nothing() -> None:
    assert without_crowding([], 2, within=10) == []
