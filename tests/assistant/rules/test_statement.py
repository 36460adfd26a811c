from assistant.rules.statement import plainly
from knowledge.dictionary import ChineseDictionary
from tests.assistant.rules.stated import stated


def test_marks_are_no_part_of_what_is_said(dictionary: ChineseDictionary) -> None:
    statement = stated("A firm may export. [1][12]", "A firm may export.", dictionary=dictionary)

    assert statement.text == "A firm may export."
    assert not statement.across


def test_it_speaks_of_words_of_the_other_language_through_the_dictionary(
    dictionary: ChineseDictionary,
) -> None:
    statement = stated(
        "银行不得披露客户记录。", "A bank shall not disclose client records.", dictionary=dictionary
    )

    assert statement.across
    assert statement.speaks_of("a bank") == 1
    assert statement.speaks_of("steel and coal") == 0
    assert statement.speaks_of("of the") == 1  # no word that could be missed


def test_quotes_blanks_and_width_do_not_count_in_comparisons() -> None:
    assert plainly(" “ＡＩ  +\nService” ") == '"ai + service"'
