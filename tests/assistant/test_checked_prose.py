"""The way of a draft: checked, repaired once, replaced by a quote, dropped and counted, or not used."""

from collections.abc import Generator
from dataclasses import replace

import pytest

from assistant.answer import Outcome, Sentence, Verdict, Wording, Written
from assistant.checked_prose import CheckedProse
from assistant.checking import Checker, word_for_word
from assistant.claims.claim_weights import claim_weights
from assistant.drafting import Drafting
from assistant.drafts.draft_citations import Evidence
from assistant.errors import ModelFault
from knowledge.dictionary import ChineseDictionary
from knowledge.policy import Language
from tests.assistant.scripted_model import ScriptedModel
from tests.assistant.small_documents import law, measures, quoted, retrieved_from
from tests.fakes import BagOfTermsEmbedder

APPLIES, GOODS = "This Act applies to service exports.", "It does not apply to goods."
NO_FEE, FEE = (
    "(a) No fee is charged for registration.",
    "(b) A fee of 20 yuan is charged for a paper certificate.",
)
QUOTES = (quoted(law(), NO_FEE, 1), quoted(law(), FEE, 2))
# Of the request: the passage of the quotes comes first, then the law's others in order.
FEES, PREAMBLE, FIRST = 1, 2, 3
CERTIFICATE = "For a certificate on paper a fee of 20 yuan is charged."
REGISTRATION = "Registration is free, no fee is charged for it."
WRONG = "A fee of 90 yuan is charged for a paper certificate."
CUT = ModelFault("its text broke off")


def lenient(sentence: Sentence) -> Sentence:
    """A Checker that lets through whatever does not speak of 90 yuan or 九十."""
    if word_for_word(sentence).verdict is Verdict.QUOTED:
        return replace(sentence, verdict=Verdict.QUOTED)
    false = "90" in sentence.text or not sentence.citations
    return replace(
        sentence,
        verdict=Verdict.UNSUPPORTED if false else Verdict.SUPPORTED,
        reason="the number 90 is not in the passage" if false else "the words are there",
    )


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel()


@pytest.fixture
def prose(model: ScriptedModel, dictionary: ChineseDictionary) -> CheckedProse:
    embedder = BagOfTermsEmbedder()
    evidence = Evidence(embedder, dictionary, claim_weights())
    return CheckedProse(Drafting(model, evidence), lenient, embedder, tokens=4_000, seconds=20)


def run(
    prose: CheckedProse, question: str = "Which fees are charged?", language: Language = "en"
) -> tuple[list[Sentence], Written]:
    return finished(prose(question, language, retrieved_from(law()), QUOTES))


def finished(arriving: Generator[Sentence, None, Written]) -> tuple[list[Sentence], Written]:
    """What was shown on the way, and the result."""
    shown = []
    while True:
        try:
            shown.append(next(arriving))
        except StopIteration as end:
            return shown, end.value


class TestDrafts:
    def test_sentences_that_pass_are_shown_with_marks_of_their_own(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [f"{REGISTRATION} [{FEES}]\n{CERTIFICATE} [{FEES}]\n{APPLIES} [{FIRST}]\n"]

        shown, written = run(prose)

        assert [sentence.text for sentence in shown] == [REGISTRATION, CERTIFICATE, APPLIES]
        assert [sentence.verdict.value for sentence in shown] == ["supported", "supported", "quoted"]
        assert written == Written(tuple(shown), Wording.DRAFTED)
        assert [[one.mark for one in sentence.citations] for sentence in shown] == [[1], [2], [3]]
        assert [sentence.citations[0].quote for sentence in shown] == [NO_FEE, FEE, APPLIES]
        assert len(model.asked) == 1

    def test_the_same_quote_keeps_its_mark(self, prose: CheckedProse, model: ScriptedModel) -> None:
        model.replies = [f"{CERTIFICATE} [{FEES}]\nOn paper, a certificate has a fee of 20 yuan. [{FEES}]\n"]

        shown, _written = run(prose)

        assert [[one.mark for one in sentence.citations] for sentence in shown] == [[1], [1]]

    def test_each_sentence_is_shown_before_the_next_is_written(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [(f"{REGISTRATION} [{FEES}]\nFor a certif", CUT)]

        arriving = prose("Which fees?", "en", retrieved_from(law()), QUOTES)

        assert next(arriving).text == REGISTRATION

    def test_a_draft_of_quotes_alone_is_the_documents_own_words(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [f"{NO_FEE} [{FEES}]"]

        _shown, written = run(prose)

        assert (written.wording, [one.text for one in written.sentences]) == (Wording.QUOTED, [NO_FEE])


class TestRepair:
    def test_what_failed_is_asked_for_once_more_with_the_reason_and_keeps_its_place(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [
            f"{REGISTRATION} [{FEES}]\n{WRONG} [{FEES}]\n{APPLIES} [{FIRST}]\n",
            f"S1: {CERTIFICATE} [{FEES}]",
        ]

        shown, written = run(prose)

        assert [sentence.text for sentence in shown] == [REGISTRATION, CERTIFICATE, APPLIES]
        assert (written.wording, written.withheld) == (Wording.DRAFTED, 0)
        assert f"S1: {WRONG} (the number 90 is not in the passage)" in model.asked[1][1]
        assert REGISTRATION not in model.asked[1][1]

    def test_several_are_asked_for_together_and_matched_by_their_labels(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [
            f"{WRONG} [{FEES}]\nRegistration costs 90 yuan in fees. [{FEES}]\n",
            f"**S2:** {REGISTRATION} [{FEES}]\nS1: {CERTIFICATE} [{FEES}]\nS7: {APPLIES} [{FIRST}]",
        ]

        shown, _written = run(prose)

        assert [sentence.text for sentence in shown] == [CERTIFICATE, REGISTRATION]
        assert len(model.asked) == 2

    def test_what_fails_again_is_replaced_by_the_quote_it_should_have_been(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [f"{REGISTRATION} [{FEES}]\n{WRONG} [{FEES}]\n", f"S1: {WRONG} [{FEES}]"]

        shown, written = run(prose)

        assert [sentence.text for sentence in shown] == [REGISTRATION, FEE]
        assert [sentence.verdict for sentence in shown] == [Verdict.SUPPORTED, Verdict.QUOTED]
        assert (written.wording, written.withheld) == (Wording.DRAFTED, 0)

    def test_what_has_no_quote_is_dropped_and_counted(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [f"{REGISTRATION} [{FEES}]\nThe Act applies for 90 years. [{FIRST}]\n", "S1: NONE"]

        shown, written = run(prose)

        assert ([sentence.text for sentence in shown], written.withheld) == ([REGISTRATION], 1)

    def test_a_quote_that_is_shown_already_is_not_shown_again(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [f"{CERTIFICATE} [{FEES}]\n{NO_FEE} [{FEES}]\n{WRONG} [{FEES}]\n", "no idea"]

        shown, written = run(prose)

        assert ([sentence.text for sentence in shown], written.withheld) == ([CERTIFICATE, NO_FEE], 1)

    def test_a_model_that_fails_over_the_repair_takes_nothing_back(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [f"{REGISTRATION} [{FEES}]\n{WRONG} [{FEES}]\n", CUT]

        shown, written = run(prose)

        assert [sentence.text for sentence in written.sentences] == [REGISTRATION, FEE]
        assert list(written.sentences) == shown
        assert (written.outcome, written.fault) == (Outcome.ANSWERED, "")

    def test_draft_and_repair_share_one_limit_of_time(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [f"{WRONG} [{FEES}]", ""]

        run(prose)

        first, second = model.seconds
        assert first is not None
        assert second is not None
        assert second < first <= 20


class TestQuotesInPlaceOfTheDraft:
    @pytest.mark.parametrize(
        "reply", ["", "NONE", "In summary:", f"{WRONG} [{FEES}]", "Fees are 90 yuan, it is said."]
    )
    def test_when_nothing_stands_the_answer_is_the_quotes_and_says_so(
        self, prose: CheckedProse, model: ScriptedModel, reply: str
    ) -> None:
        model.replies = [reply, "S1: NONE"]

        shown, written = run(prose)

        assert shown == []
        assert (written.sentences, written.wording, written.outcome) == (
            QUOTES,
            Wording.DRAFT_NOT_USED,
            Outcome.ANSWERED,
        )

    @pytest.mark.parametrize("said", ["", f"{REGISTRATION} [{FEES}]\nFor a certificate on"])
    def test_a_model_that_fails_leaves_no_half_answer(
        self, prose: CheckedProse, model: ScriptedModel, said: str
    ) -> None:
        model.replies = [(said, CUT)]

        _shown, written = run(prose)

        assert written == Written(QUOTES, outcome=Outcome.MODEL_UNAVAILABLE, fault="its text broke off")

    def test_a_model_that_wrote_too_much_is_there_but_its_draft_is_not_used(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [ModelFault("it wrote more than 8,000 characters", wrote=True)]

        _shown, written = run(prose)

        assert (written.sentences, written.wording) == (QUOTES, Wording.DRAFT_NOT_USED)

    def test_a_question_too_long_for_the_model_is_answered_in_quotes(self, prose: CheckedProse) -> None:
        _shown, written = run(replace(prose, tokens=100))

        assert written.outcome is Outcome.MODEL_UNAVAILABLE
        assert "longer than 100 tokens" in written.fault


class TestWhatMayNotBeShown:
    @pytest.mark.parametrize(
        "line",
        [
            f"{REGISTRATION} [9]",
            f"{REGISTRATION} [{FEES}][9]",
            REGISTRATION,
            f"See https://evil.example/?q=fees for the fee. [{FEES}]",
            f"![fee](http://evil.example/x) No fee is charged for registration. [{FEES}]",
            f"No fee is charged for <b>registration</b> at all. [{FEES}]",
            f"登记不收取任何费用。[{FEES}]",
            f"Les frais ne sont pas exigés pour une inscription simple auprès du bureau. [{FEES}]",
            f"Registration is\u200b free and no fee is charged. [{FEES}]",
            f"{REGISTRATION * 30} [{FEES}]",
        ],
    )
    def test_it_fails_whatever_the_checker_says(
        self, prose: CheckedProse, model: ScriptedModel, line: str
    ) -> None:
        model.replies = [f"{CERTIFICATE} [{FEES}]\n{line}\n", "S1: NONE"]

        shown, written = run(replace(prose, checker=trusting))

        # Where the passage is named, the quote it should have been takes its place.
        assert [sentence.text for sentence in shown] in ([CERTIFICATE], [CERTIFICATE, NO_FEE])
        assert written.unknown_marks == line.count("[9]")

    def test_a_quote_in_the_documents_language_may_be_shown_in_any(
        self, prose: CheckedProse, model: ScriptedModel
    ) -> None:
        model.replies = [f"登记不收费（no fee）。 [{FEES}]\n{FEE} [{FEES}]\n"]

        shown, _written = run(replace(prose, checker=trusting), "收取哪些费用？", "zh")

        assert [sentence.text for sentence in shown] == ["登记不收费（no fee）。", FEE]


def trusting(sentence: Sentence) -> Sentence:
    """A Checker that finds everything supported."""
    return replace(sentence, verdict=Verdict.SUPPORTED)


CHECKERS: list[Checker] = [lenient, word_for_word, trusting]


@pytest.mark.parametrize("checker", CHECKERS)
def test_chinese_drafts_go_the_same_way(prose: CheckedProse, model: ScriptedModel, checker: Checker) -> None:
    kept = "企业应当妥善保存合同及相关凭证，保存期限为五年。"
    quotes = (quoted(measures(), kept),)
    model.replies = [f"{kept} [1]\n"]

    shown, written = finished(
        replace(prose, checker=checker)("合同保存多久？", "zh", retrieved_from(measures()), quotes)
    )

    assert [one.text for one in shown] == [kept]
    assert written.sentences == tuple(shown)
    assert "合同保存多久" in model.asked[0][1]
