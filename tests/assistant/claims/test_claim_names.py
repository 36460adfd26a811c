import pytest

from assistant.claims.claim_names import names_of
from knowledge.dictionary import ChineseDictionary


@pytest.mark.parametrize(
    ("claim", "names"),
    [
        ("The firm of Rachel Dawes left Gotham.", [{"rachel"}, {"daw"}, {"gotham"}]),
        ("Rachel Dawes left.", [{"rachel"}, {"daw"}]),
        ("WTO members met.", [{"wto"}]),
        ("Members met.", []),  # a single first word may be any word
        ("他在北京工作。", [{"北京"}]),
        ("", []),
    ],
)
def test_names(claim: str, names: list[set[str]], dictionary: ChineseDictionary) -> None:
    assert [set(name) for name in names_of(claim, dictionary)] == names
