"""The checker of written sentences: the fast path, what it refuses whatever the score, facts and a judge."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Sentence, Verdict
from assistant.assembly import open_stores, sentence_checker
from assistant.checking import Checker
from assistant.claims.claim_weights import claim_weights
from assistant.claims.sentence_checker import DOUBTED, NOT_CITED, SUPPORTED, SentenceChecker
from assistant.rules.conditions import CONDITION
from assistant.rules.numbers import MISSING
from assistant.rules.quotation_marks import FORGED
from assistant.settings import Settings
from knowledge.dictionary import ChineseDictionary
from knowledge.embedder import Embedder
from tests.assistant.small_documents import citation_of, law, measures, quoted

KEPT = "They shall keep each contract for 5 years."
KEPT_ZH = "企业应当妥善保存合同及相关凭证，保存期限为五年。"


@pytest.fixture
def checker(embedder: Embedder, dictionary: ChineseDictionary) -> SentenceChecker:
    return SentenceChecker(embedder, dictionary, claim_weights())


def written(text: str, quote: str = KEPT) -> Sentence:
    document = measures() if quote[0] > "z" else law()
    return Sentence(text, (citation_of(document, quote),), Verdict.SUPPORTED)


def test_a_quotation_needs_neither_embedder_nor_dictionary(
    tmp_path: Path, dictionary: ChineseDictionary
) -> None:
    class NoEmbedder:
        name, dimensions = "none", 0

        def embed_question(self, text: str) -> None:
            raise AssertionError(text)

        def embed_passages(self, texts: Sequence[str]) -> None:
            raise AssertionError(texts)

    with closing(ChineseDictionary(tmp_path)) as closed:
        pass
    checker: Checker = SentenceChecker(NoEmbedder(), closed, claim_weights())  # type: ignore[arg-type]

    assert checker(replace(quoted(law(), KEPT), verdict=Verdict.UNSUPPORTED)) == quoted(law(), KEPT)


@pytest.mark.parametrize("claimed", Verdict)
def test_the_verdict_is_the_checkers_own(claimed: Verdict, checker: SentenceChecker) -> None:
    true = checker(replace(written("They must keep each contract for five years."), verdict=claimed))
    false = checker(replace(written("They must keep each contract for six years."), verdict=claimed))

    assert (true.verdict, true.reason) == (Verdict.SUPPORTED, SUPPORTED)
    assert (false.verdict, false.reason) == (Verdict.UNSUPPORTED, MISSING)
    assert false.text == "They must keep each contract for six years."


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("企业必须妥善保存合同及相关凭证，保存期限为5年。", KEPT_ZH),
        ("Enterprises shall properly keep contracts and the related vouchers for five years.", KEPT_ZH),
        (
            "Under Article 2, enterprises shall properly keep contracts for five years.",
            KEPT_ZH,
        ),  # its locator
        ("They must keep each contract for 5 years under the Service Trade Facilitation Act. [1]", KEPT),
    ],
)
def test_a_true_sentence_in_either_language_is_supported(
    text: str, quote: str, checker: SentenceChecker
) -> None:
    checked = checker(written(text, quote))

    assert checked.verdict is Verdict.SUPPORTED, checked.reason


def test_without_a_citation_that_stands_nothing_is_supported(checker: SentenceChecker) -> None:
    (citation,) = quoted(law(), KEPT).citations
    shifted = replace(citation, start=citation.start + 1, end=citation.end + 1)
    half = replace(citation, quote=KEPT[:9], end=citation.start + 9)

    for citations in ((), (shifted,), (half,), (citation, shifted)):
        checked = checker(Sentence("They must keep each contract for 5 years.", citations, Verdict.QUOTED))
        assert (checked.verdict, checked.reason) == (Verdict.UNSUPPORTED, NOT_CITED)


@pytest.mark.parametrize("text", ["", "…", "It is so.", "The sea is blue and the whales sing of steel."])
def test_what_is_not_said_there_is_not_supported(text: str, checker: SentenceChecker) -> None:
    assert checker(written(text)).verdict is Verdict.UNSUPPORTED


class TestJudge:
    said: list[bool | None]

    def checker(
        self, embedder: Embedder, dictionary: ChineseDictionary, said: bool | None
    ) -> SentenceChecker:
        self.asked: list[tuple[str, Sequence[str]]] = []

        def judge(sentence: str, quotes: Sequence[str]) -> bool | None:
            self.asked.append((sentence, quotes))
            return said

        return SentenceChecker(embedder, dictionary, claim_weights(), judge)

    @pytest.mark.parametrize(
        ("said", "verdict"), [(True, "supported"), (None, "supported"), (False, "unsupported")]
    )
    def test_it_may_refuse_what_the_rules_and_the_score_let_by(
        self, said: bool | None, verdict: str, embedder: Embedder, dictionary: ChineseDictionary
    ) -> None:
        checked = self.checker(embedder, dictionary, said)(
            written("They must keep each contract for 5 years. [1]")
        )

        assert checked.verdict == verdict
        assert checked.reason == (DOUBTED if said is False else SUPPORTED)
        assert self.asked == [("They must keep each contract for 5 years.", [KEPT])]

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("They must keep each contract for 50 years.", MISSING),
            ("They must “burn” each contract after 5 years.", FORGED),
        ],
    )
    def test_it_is_not_asked_of_what_a_rule_refuses(
        self, text: str, reason: str, embedder: Embedder, dictionary: ChineseDictionary
    ) -> None:
        checked = self.checker(embedder, dictionary, said=True)(written(text))

        assert (checked.verdict, checked.reason, self.asked) == (Verdict.UNSUPPORTED, reason, [])


def test_assembly_builds_it_over_open_stores(seed_home: Path) -> None:
    with open_stores(Settings(seed_home), "tests") as stores:
        checker = sentence_checker(stores)

        assert checker.check("应当登记。", ["合同金额超过百万元的，应当登记。"]) == (False, CONDITION)
