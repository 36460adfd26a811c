"""The whole way on two versions of a law that nobody of this project wrote: answers as of a day."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.answer_text import as_json, as_text
from assistant.assembly import assemble
from assistant.assistant import Assistant
from assistant.settings import Settings
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from knowledge.policy import Filters
from tests.knowledge.opened_stores import index, opened_stores

CHECKOUT = Path(__file__).parents[2]
PUBLIC_DATA = Path(os.environ.get("POLICY_ASSISTANT_PUBLIC_DATA", CHECKOUT.parent / "shared" / "data"))
EARLIER, LATER = "反垄断法(2007-08-30).md", "反垄断法(2022-06-24).md"
FILES = [path for name in (EARLIER, LATER) for path in (PUBLIC_DATA / "zh_trade_laws").glob(f"*/{name}")]
QUESTION = "经营者达成并实施垄断协议的，处以多少罚款？"

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(
        len(FILES) != 2, reason=f"no zh_trade_laws in {PUBLIC_DATA}; set POLICY_ASSISTANT_PUBLIC_DATA"
    ),
]


@pytest.fixture(scope="module")
def assistant(
    tmp_path_factory: pytest.TempPathFactory, embedder: Embedder, dictionary: ChineseDictionary
) -> Iterator[Assistant]:
    """The product over the two versions, on 1 January 2026."""
    home = tmp_path_factory.mktemp("versions") / "home"
    with opened_stores(home, embedder, dictionary) as stores:
        index(stores, *FILES)
        yield assemble(stores, Settings(home=home), today=lambda: date(2026, 1, 1))


@pytest.mark.parametrize(
    ("filters", "file", "words", "warned"),
    [
        (Filters(), LATER, "三百万元以下", False),
        (Filters(as_of="2022-06-24"), LATER, "三百万元以下", False),
        (Filters(as_of="2018-05-01"), EARLIER, "五十万元以下", True),
    ],
)
def test_an_answer_comes_from_the_version_of_the_day(
    assistant: Assistant, filters: Filters, file: str, words: str, warned: bool
) -> None:
    answer = assistant.answer(QUESTION, filters=filters)
    assert {Path(citation.document.path).name for citation in answer.citations} == {file}
    assert words in as_text(answer)
    assert ("2022-06-24的版本" in as_text(answer)) is warned
    for sentence in as_json(answer)["sentences"]:
        for citation in sentence["citations"]:
            assert [one["status"] for one in citation["warnings"]] == ["superseded"] * warned


def test_both_versions_are_found_on_request_and_the_former_is_marked(assistant: Assistant) -> None:
    found = assistant.search(QUESTION, filters=Filters(include_superseded=True))
    told = {Path(one.passage.document.path).name: one.validity.status for one in found}
    assert told == {EARLIER: "superseded", LATER: "in force"}


def test_before_the_law_there_is_no_answer(assistant: Assistant) -> None:
    assert assistant.answer(QUESTION, filters=Filters(as_of="2000-01-01")).citations == ()
