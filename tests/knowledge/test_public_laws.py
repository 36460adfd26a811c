"""The whole way from bytes to passages on 150 laws and regulations that nobody of this project wrote."""

import os
import re
import time
from pathlib import Path

import pytest

from knowledge.facts.document_facts import facts_of
from knowledge.language import language_of
from knowledge.passage_cutting import PASSAGE_TOKENS, cut_passages
from knowledge.policy import Document
from knowledge.reading import read_file
from knowledge.sectioning import split_sections
from knowledge.sentences import split_sentences
from knowledge.token_count import count_tokens
from tests.knowledge.odd_text import gaps, is_blank

CHECKOUT = Path(__file__).parents[2]
PUBLIC_DATA = Path(os.environ.get("POLICY_ASSISTANT_PUBLIC_DATA", CHECKOUT.parent / "shared" / "data"))
LAWS = sorted(path for path in (PUBLIC_DATA / "zh_trade_laws").glob("*/**/*.md"))
CLAUSE = re.compile(
    r"^第[〇零一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?(?=[ \u3000]|$)", re.MULTILINE
)

pytestmark = [
    pytest.mark.public_data,
    pytest.mark.skipif(
        not LAWS, reason=f"no zh_trade_laws in {PUBLIC_DATA}; set POLICY_ASSISTANT_PUBLIC_DATA"
    ),
]


def read(path: Path) -> Document:
    content = read_file(path)
    facts = facts_of(None, {}, content.text, path)
    return Document(
        content.sha256[:16], facts, content.text, language_of(content.text), content.sha256, str(path)
    )


def test_every_law_is_cut_into_its_clauses_and_passages_within_a_minute() -> None:
    start = time.perf_counter()
    for path in LAWS:
        law = read(path)
        assert law.language == "zh", path
        assert law.text.startswith(f"# {law.title}"), path
        sections = split_sections(law)

        clauses = {match.start(): match[0] for match in CLAUSE.finditer(law.text)}
        found = {section.start: section.heading_path[-1] for section in sections if section.heading_path}
        assert {at: name for at, name in found.items() if CLAUSE.match(name)} == clauses, path

        outside = "".join(gaps(law.text, [(section.start, section.end) for section in sections]))
        assert is_blank(outside.replace("<!-- INFO END -->", "")), path
        for section in sections:
            passages = cut_passages(section)
            assert "".join("".join(passage.text.split()) for passage in passages) in (
                "".join(section.text.split()),
                "",  # a heading without text
            ), path
            assert passages or "\n" not in section.text, path
            assert all(count_tokens(passage.text) <= PASSAGE_TOKENS for passage in passages), path
    assert len(LAWS) >= 100
    assert time.perf_counter() - start < 60


def test_a_sentence_of_a_law_ends_where_its_stop_stands() -> None:
    ends: dict[str, int] = {}
    for path in LAWS:
        text = read(path).text
        for _, end in split_sentences(text, "zh"):
            ends[text[end - 1]] = ends.get(text[end - 1], 0) + 1
    # Nearly all end with a stop, with an item's semicolon or with the colon before a list; the rest are
    # headings, dates and signatures.
    assert sum(ends.get(sign, 0) for sign in "。；：！？”）》") > 0.8 * sum(ends.values())


def test_the_customs_law_says_when_goods_are_declared() -> None:
    path = next(path for path in LAWS if path.name.startswith("海关法("))
    law = read(path)
    clause = next(section for section in split_sections(law) if section.heading_path[-1:] == ("第二十四条",))
    assert clause.heading_path[0].startswith("第三章")
    declared = [clause.text[start:end] for start, end in split_sentences(clause.text, "zh")]
    assert any("十四日内" in sentence for sentence in declared)
