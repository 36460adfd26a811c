from assistant.checking import checked
from evals.gate.checker import checker_figures, falsified
from tests.assistant.small_documents import law, measures, quoted
from tests.evals.seed_answers import answered

KEPT = "They shall keep each contract for 5 years."
APPLIES = "This Act applies to service exports."


def test_a_true_sentence_is_falsified_in_six_ways() -> None:
    sentence, other = quoted(law(), KEPT), quoted(law(), APPLIES)
    denied, renumbered, uncited, of_other, shifted, halved = falsified(sentence, other)

    assert denied.text == f"It is not true that {KEPT}"
    assert renumbered.text == "They shall keep each contract for 6 years."
    assert uncited.citations == ()
    assert of_other.citations == other.citations
    assert shifted.citations[0].start == sentence.citations[0].start + 1
    assert halved.text == KEPT[: len(KEPT) // 2] == halved.citations[0].quote
    assert halved.citations[0].holds
    assert checked([denied, renumbered, uncited, of_other, shifted, halved]) == ()


def test_a_sentence_without_figures_or_another_sentence_is_falsified_in_fewer() -> None:
    sentence = quoted(measures(), "企业应当妥善保存合同及相关凭证，保存期限为五年。")
    made = list(falsified(sentence, sentence))
    assert made[0].text == f"并非如此：{sentence.text}"
    assert len(made) == 4


def test_figures_count_every_sentence_once() -> None:
    citations = [quoted(law(), text).citations[0] for text in (KEPT, APPLIES)]
    answers = [answered(*citations), answered(*citations)]
    true, false = checker_figures(answers, checked)
    assert (true.value, true.cases) == (1.0, 2)
    assert (false.value, false.cases) == (1.0, 6 + 5)


def test_without_an_answer_nothing_is_measured() -> None:
    true, false = checker_figures([], checked)
    assert (true.value, false.value) == (None, None)
