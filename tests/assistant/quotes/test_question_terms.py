"""The meaningful words of a question, as they would stand in a text of either language."""

from assistant.quotes.question_terms import QuestionTerm, question_terms
from knowledge.dictionary import ChineseDictionary
from knowledge.terms import terms


def held(question: list[QuestionTerm], text: str) -> list[str]:
    """The words of the question that the text speaks of."""
    text_terms = frozenset(terms(text))
    return [term.word for term in question if term.stands_in(text_terms)]


def test_an_english_word_stands_for_its_stem_in_any_text(dictionary: ChineseDictionary) -> None:
    asked = question_terms("How are exports being promoted?", "en", dictionary)

    assert [term.word for term in asked] == ["export", "promot"]
    assert held(asked, "Promoting the export of services") == ["export", "promot"]
    assert held(asked, "The weather was fine.") == []


def test_words_that_only_put_the_question_are_left_out(dictionary: ChineseDictionary) -> None:
    assert question_terms("What is it about, and which of them?", "en", dictionary) == []
    assert question_terms("这是什么？", "en", dictionary) == []


def test_a_word_asked_twice_counts_once(dictionary: ChineseDictionary) -> None:
    asked = question_terms("exports exports exporting 服务服务", "en", dictionary)

    assert len({term.word for term in asked}) == len(asked) == 2


def test_a_chinese_word_stands_for_its_english_names_in_an_english_text(
    dictionary: ChineseDictionary,
) -> None:
    asked = question_terms("如何扩大服务出口？", "en", dictionary)

    assert held(asked, "to expand the export of services") == ["扩大", "服务", "出口"]
    assert held(asked, "The weather was fine.") == []


def test_a_chinese_word_stands_for_its_bigrams_in_a_chinese_text(dictionary: ChineseDictionary) -> None:
    asked = question_terms("如何扩大服务出口？", "zh", dictionary)

    assert {"扩大", "服务", "出口"} <= set(held(asked, "扩大服务出口。"))
    assert held(asked, "天气晴朗。") == []


def test_an_english_word_inside_a_chinese_question_keeps_its_meaning(dictionary: ChineseDictionary) -> None:
    asked = question_terms("什么是 data security？", "zh", dictionary)

    assert held(asked, "data security 的要求") == ["data", "secur"]
