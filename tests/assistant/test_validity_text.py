from dataclasses import replace

import pytest

from assistant.answer import Answer, Outcome
from assistant.answer_text import as_json, as_text
from assistant.validity_text import validity_of, warning, warnings_as_json
from knowledge.policy import Validity
from tests.assistant.small_documents import law, measures, quoted, retrieved_from

SUPERSEDED = Validity(
    "superseded",
    begins="2016-11-07",
    ends="2022-12-29",
    by="0123456789abcdef",
    by_title="贸易法",
    by_date="2022-12-30",
)


@pytest.mark.parametrize(
    ("validity", "en", "zh"),
    [
        (
            SUPERSEDED,
            "Superseded: the version of 2022-12-30 has taken its place (贸易法).",
            "已被取代：2022-12-30的版本（《贸易法》）已代替本文件。",
        ),
        (
            replace(SUPERSEDED, status="repealed", by_title="Tariff Act"),
            "Repealed on 2022-12-30 by Tariff Act.",
            "已废止：自2022-12-30起由Tariff Act废止。",
        ),
        (Validity("repealed"), "Stated to be no longer in force.", "来源载明：已失效或废止。"),
        (
            Validity("expired", ends="2025-12-31"),
            "Expired: it was in force until 2025-12-31.",
            "已失效：有效期至2025-12-31。",
        ),
        (
            Validity("not yet in force", begins="2030-01-01"),
            "Not yet in force: it takes effect on 2030-01-01.",
            "尚未施行：自2030-01-01起施行。",
        ),
        (Validity("in force", begins="2020-01-01"), None, None),
        (replace(SUPERSEDED, status="in force"), None, None),  # until the next version takes effect
        (
            replace(SUPERSEDED, status="in force", ends_soon=True),
            "Ends soon: it is in force until 2022-12-29; from 2022-12-30 贸易法 takes its place.",
            "即将失效：有效期至2022-12-29；自2022-12-30起由《贸易法》取代。",
        ),
        (
            Validity("in force", ends="2026-12-31", ends_soon=True),
            "Ends soon: it is in force until 2026-12-31.",
            "即将失效：有效期至2026-12-31。",
        ),
        (Validity("unknown"), None, None),
    ],
)
def test_what_is_not_in_force_is_said_to_be_so(validity: Validity, en: str | None, zh: str | None) -> None:
    assert (warning(validity, "en"), warning(validity, "zh")) == (en, zh)


def test_programs_get_both_languages() -> None:
    assert warnings_as_json(SUPERSEDED) == [
        {
            "status": "superseded",
            "en": "Superseded: the version of 2022-12-30 has taken its place (贸易法).",
            "zh": "已被取代：2022-12-30的版本（《贸易法》）已代替本文件。",
            "by_document_id": "0123456789abcdef",
        }
    ]
    assert warnings_as_json(Validity("unknown")) == []


@pytest.fixture
def answer() -> Answer:
    """One sentence of a law that is superseded and one of measures that are not."""
    old, new = retrieved_from(law())[0], retrieved_from(measures())[0]
    sentences = tuple(
        quoted(one.passage.document, one.passage.text.split("\n")[-1], mark)
        for mark, one in enumerate((old, new), 1)
    )
    considered = (replace(old, validity=SUPERSEDED), new)
    return Answer(Outcome.ANSWERED, "q", "q", "en", 0.9, sentences, considered)


def test_an_answer_warns_at_the_source_it_concerns(answer: Answer) -> None:
    lines = as_text(answer).split("\n")
    first = next(place for place, line in enumerate(lines) if line.startswith("[1] "))
    assert lines[first + 1].strip().startswith("! Superseded: the version of 2022-12-30")
    assert lines[first + 2].startswith("[2] ")
    assert len(lines) == first + 3
    told = [one["warnings"] for sentence in as_json(answer)["sentences"] for one in sentence["citations"]]
    assert [len(one) for one in told] == [1, 0]


def test_what_is_only_offered_is_marked_too(answer: Answer) -> None:
    offered = replace(answer, sentences=(), outcome=Outcome.NOT_IN_DOCUMENTS)
    assert "! Superseded" in as_text(offered)
    assert [len(one["warnings"]) for one in as_json(offered)["nearest"]] == [1, 0]


def test_a_document_that_search_did_not_find_is_unknown(answer: Answer) -> None:
    assert validity_of(law(), ()) == Validity("unknown")
    assert validity_of(law(), answer.considered) == SUPERSEDED
