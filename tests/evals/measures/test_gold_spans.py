from evals.measures.gold_spans import belongs, covers, spans_of
from tests.evals.seed_answers import case, document


def test_spans_are_every_place_of_a_sentence() -> None:
    assert spans_of("ab.", "ab. cd. ab.") == [(0, 3), (8, 11)]
    assert spans_of("ef.", "ab. cd.") == []


def test_nine_characters_of_ten_cover_a_sentence_and_eight_do_not() -> None:
    assert covers((1, 10), (0, 10))
    assert not covers((2, 10), (0, 10))
    assert covers((0, 50), (20, 30))
    assert not covers((30, 50), (20, 30))


def test_a_document_belongs_to_a_case_by_its_file_name() -> None:
    assert belongs(case(documents=("law.txt",)), document(name="law.txt"))
    assert not belongs(case(documents=("law.txt",)), document(name="outlaw.txt"))
