from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.passage_cutting import CUTTING, PASSAGE_TOKENS, cut_passages
from knowledge.policy import Document, DocumentFacts, Language, Section
from knowledge.sectioning import split_sections
from knowledge.token_count import count_tokens
from tests.knowledge.odd_text import gaps, is_blank, odd_texts

SENTENCE = (
    "Each Party shall publish its measures on trade in services before they enter into force."  # 16 tokens
)


def document(text: str, language: Language = "en") -> Document:
    return Document("0123456789abcdef", DocumentFacts("Title"), text, language, "0" * 64, "/a.md")


def section(text: str, language: Language = "en") -> Section:
    return Section(document(text, language), 0, (), 0, len(text))


def passages(text: str, limit: int = PASSAGE_TOKENS) -> list[str]:
    return [passage.text for passage in cut_passages(section(text), limit=limit)]


def test_the_sentence_used_here_has_16_tokens() -> None:
    assert count_tokens(SENTENCE) == 16


def test_a_passage_names_its_document_and_offsets() -> None:
    text = "Before.\n\n# Scope\n\nThe text.\n"
    second = split_sections(document(text))[1]
    (passage,) = cut_passages(second)
    assert passage.id == "0123456789abcdef:9-27"
    assert (passage.start, passage.end) == (9, 27)
    assert passage.text == "# Scope\n\nThe text."


def test_short_paragraphs_are_packed_together() -> None:
    assert passages("One.\n\nTwo.\n\nThree.") == ["One.\n\nTwo.\n\nThree."]


def test_a_paragraph_is_not_cut_where_it_fits_whole() -> None:
    paragraph = " ".join([SENTENCE] * 3)
    assert passages("\n\n".join([paragraph] * 4), limit=100) == [f"{paragraph}\n\n{paragraph}"] * 2


def test_a_long_paragraph_is_cut_evenly_between_sentences() -> None:
    # 7 sentences of 16 tokens in passages of at most 96: filled in order they would be 6 + 1.
    assert passages(" ".join([SENTENCE] * 7), limit=96) == [
        " ".join([SENTENCE] * 4),
        " ".join([SENTENCE] * 3),
    ]


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    clause = "to open the markets for services of every kind,"
    text = " ".join(["It is agreed", *[clause] * 12])
    found = passages(text, limit=60)
    assert len(found) > 1
    assert all(passage.endswith("kind,") for passage in found)
    assert " ".join(found) == text


def test_a_number_is_not_cut_at_its_comma() -> None:
    text = " ".join(["of 1,000,000 yuan at 10:30"] * 20)
    assert not any(passage[-1] in ",:" for passage in passages(text, limit=40))


def test_words_without_punctuation_are_cut_at_white_space() -> None:
    text = " ".join(["services"] * 100)
    found = passages(text, limit=40)
    assert [len(passage.split()) for passage in found] == [34, 34, 32]
    assert " ".join(found) == text


def test_a_word_without_end_is_cut_hard_but_not_before_a_combining_mark() -> None:
    text = "e\u0301" * 200
    found = passages(text, limit=40)
    assert "".join(found) == text
    assert all(passage[0] == "e" for passage in found)


def test_a_heading_goes_with_what_follows() -> None:
    long = " ".join([SENTENCE] * 6)
    found = passages(f"## Scope\n\n{long}", limit=96)
    assert found[0] == f"## Scope\n\n{' '.join([SENTENCE] * 3)}"
    # Even where the first sentence leaves no room beside the heading.
    found = passages(f"## The scope of the obligations of the Parties\n\n{long[:-1]}, {SENTENCE}", limit=32)
    assert found[0].startswith("## The scope of the obligations of the Parties\n\nEach Party")


def test_opening_words_go_with_the_first_item() -> None:
    items = "\n\n".join(f"({letter}) {SENTENCE}" for letter in "abcd")
    found = passages(f"{SENTENCE}\n\nThe Parties shall:\n\n{items}", limit=48)
    assert not any(passage.endswith("shall:") for passage in found)


def test_a_heading_without_text_is_no_passage() -> None:
    sections = split_sections(document("## 第一章 总则\n\n第一条 甲。\n", "zh"))
    assert [[passage.text for passage in cut_passages(part)] for part in sections] == [[], ["第一条 甲。"]]


def test_a_document_of_headings_alone_keeps_them() -> None:
    sections = split_sections(document("# A\n\n## B\n"))
    assert [[passage.text for passage in cut_passages(part)] for part in sections] == [["# A"], ["## B"]]


def test_the_index_record_names_the_limit() -> None:
    assert str(PASSAGE_TOKENS) in CUTTING


@settings(deadline=None, max_examples=200)
@given(odd_texts, st.integers(32, 64))
def test_passages_keep_the_limit_and_cover_all_that_is_visible(text: str, limit: int) -> None:
    for part in split_sections(document(text)):
        cut = cut_passages(part, limit=limit)
        spans = [(passage.start - part.start, passage.end - part.start) for passage in cut]
        assert all(passage.text == passage.text.strip() != "" for passage in cut)
        assert all(count_tokens(passage.text) <= limit for passage in cut)
        assert all(earlier.end <= later.start for earlier, later in pairwise(cut))
        if cut:
            assert all(is_blank(gap) for gap in gaps(part.text, spans))
        else:
            assert "\n" not in part.text  # a heading without text
