from knowledge.token_count import count_tokens


def test_counts_are_those_of_cl100k_base() -> None:
    # "hello world" is tokens 15339 and 1917 in the published vocabulary; the empty text has none.
    assert count_tokens("hello world") == 2
    assert count_tokens("") == 0


def test_a_special_token_is_text() -> None:
    # <, |, endo, ft, ext, |, > in ordinary encoding; as a special token it would be 1.
    assert count_tokens("<|endoftext|>") == 7


def test_a_lone_surrogate_is_counted() -> None:
    assert count_tokens("\ud800") > 0
