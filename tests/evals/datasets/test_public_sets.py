"""The readers on the public data sets themselves, where they are at hand: counts and labels that fit."""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.datasets.clapnq import clapnq
from evals.datasets.mtrag import mtrag_un
from evals.datasets.obliqa import obliqa, obliqa_mp
from evals.datasets.or_sharc import or_sharc
from evals.datasets.squad_format import cmrc2018, drcd, squad2
from evals.datasets.tasks import RetrievalSet
from evals.public.sets import public_data_folder

DATA = public_data_folder(os.environ)

pytestmark = pytest.mark.public_data


def folder(name: str) -> Path:
    if not (DATA / name).is_dir():
        pytest.skip(f"no {name} in {DATA}; set POLICY_ASSISTANT_PUBLIC_DATA")
    return DATA / name


@pytest.mark.parametrize(
    ("read", "passages", "queries", "judgements"),
    [
        (lambda: or_sharc(folder("or_sharc"), with_scenario=True), 651, 1105, 1105),
        (lambda: obliqa(folder("obliqa")), 13_732, 2788, 3677),
        (lambda: obliqa_mp(folder("obliqa_mp"), folder("obliqa")), 13_732, 427, 1024),
        (lambda: mtrag_un(folder("mtrag_un")).retrieval, 822, 349, None),
        (lambda: drcd(folder("drcd")), 1000, 3524, 3524),
        (lambda: cmrc2018(folder("cmrc2018")), 256, 1002, 1002),
    ],
)
def test_a_retrieval_set_is_whole_and_its_judgements_name_what_it_holds(
    read: Callable[[], RetrievalSet], passages: int, queries: int, judgements: int | None
) -> None:
    held = read()
    known, asked = {one.id for one in held.passages}, {one.id for one in held.queries}
    assert (len(held.passages), len(known)) == (passages, passages)
    assert (len(held.queries), len(asked)) == (queries, queries)
    assert held.qrels.keys() <= asked
    assert set().union(*held.qrels.values()) <= known
    assert judgements in (None, sum(map(len, held.qrels.values())))


def test_conversations_end_with_the_question_and_only_some_can_be_answered() -> None:
    mtrag = mtrag_un(folder("mtrag_un"))
    assert Counter(mtrag.answerability.values()) == {
        "ANSWERABLE": 186, "UNANSWERABLE": 71, "UNDERSPECIFIED": 60, "PARTIAL": 32,
    }  # fmt: skip
    assert len(mtrag.retrieval.qrels) == 186 + 32
    assert all(
        not talk or talk[-1].role == "assistant" for talk in (q.conversation for q in mtrag.retrieval.queries)
    )
    assert not any(query.conversation for query in mtrag.last_turn_alone().queries)


def test_marked_sentences_of_clapnq_stand_in_their_passage() -> None:
    tasks = clapnq(folder("clapnq"))
    assert [task.answerable for task in tasks] == [True] * 300 + [False] * 300
    for task in tasks:
        assert list(task.sentences) == sorted(task.sentences)
        assert task.evidence <= set(range(len(task.sentences)))
    assert sum(bool(task.evidence) for task in tasks[:300]) >= 299
    assert not any(task.evidence for task in tasks[300:])


def test_half_of_squad2_has_no_answer() -> None:
    tasks = squad2(folder("squad2"))
    assert (len(tasks), sum(task.answerable for task in tasks)) == (6078, 2910)
