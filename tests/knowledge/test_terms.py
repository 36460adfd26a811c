import threading

import pytest

from knowledge.terms import (
    CHINESE_FUNCTION_WORDS,
    ENGLISH_FUNCTION_WORDS,
    content_terms,
    han_bigrams,
    terms,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Imported SERVICES", ["import", "servic"]),
        ("services, service's service", ["servic", "servic", "s", "servic"]),
        ("COVID-19 in 2021-04", ["covid", "19", "in", "2021", "04"]),
        ("12.75% e-commerce", ["12", "75", "e", "commerc"]),
        ("café naïve", ["café", "naïv"]),
        ("ﬁnance Ｆｕｌｌ１２", ["financ", "full12"]),  # a ligature and full-width letters
        ("a\0b\ud800c", ["a", "b", "c"]),
        ("x" * 59, ["x" * 59]),
        ("x" * 60, []),  # encoded data, not a word
        ("服务贸易", ["服务", "务贸", "贸易"]),
        ("税", ["税"]),
        ("进口，出口", ["进口", "出口"]),
        ("A股GDP增长5%", ["a", "gdp", "5", "股", "增长"]),
        ("\uf900\u8c48", ["豈豈"]),  # a compatibility character is the character it stands for
        ("\U00020000\U00020001", ["\U00020000\U00020001"]),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What is the rate of customs duty?", ["rate", "custom", "duti"]),
        ("WHO ARE THEY", []),
        ("must shall may not", ["must", "shall", "may", "not"]),  # they carry meaning in policy text
        ("进口货物应当申报吗", ["进口", "口货", "货物", "物应", "应当", "当申", "申报", "报吗"]),
    ],
)
def test_content_terms_are_without_english_function_words(question: str, expected: list[str]) -> None:
    assert content_terms(question) == expected


def test_han_bigrams() -> None:
    assert han_bigrams("税a进出口 b") == ["税", "进出", "出口"]


def test_function_words_are_such_as_are_looked_up() -> None:
    assert all(word == word.lower() and word.isascii() for word in ENGLISH_FUNCTION_WORDS)
    assert all(terms(word)[0] == han_bigrams(word)[0] for word in CHINESE_FUNCTION_WORDS)
    assert "must" not in ENGLISH_FUNCTION_WORDS
    assert {"如何", "什么"} <= CHINESE_FUNCTION_WORDS


def test_threads_may_ask_at_the_same_time() -> None:
    wrong: list[object] = []

    def ask() -> None:
        for _ in range(500):
            try:
                found = terms("Imported services"), content_terms("the imported services")
            except Exception as fault:  # noqa: BLE001 (reported below)
                wrong.append(fault)
            else:
                if found != (["import", "servic"], ["import", "servic"]):
                    wrong.append(found)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
