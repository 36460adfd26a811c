"""The gate on the real seed library: it passes untouched, and fails for each fault that is planted."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Sentence
from assistant.assistant import Assistant
from assistant.checking import checked
from evals.cases.case import SEED_CASES, load_cases, texts_by_name
from evals.commands.gate import SEEDS, throwaway_assistant
from evals.figures.cases import Figure
from evals.gate.gate import (
    Baseline,
    baseline_of,
    cases_that_changed,
    changed_data,
    faults,
    figures_that_changed,
)
from evals.running.run import AnswerQuestion, Run, run_cases
from tests.evals.seed_answers import SEED_PATH, SEED_TEXT

CASES = load_cases(SEED_CASES)[::8]  # enough for the gate's own logic; the command runs them all
TEXTS = {SEED_PATH.name: (SEED_TEXT,)}


@pytest.fixture(scope="module")
def cache(models_home: Path) -> Path:
    return models_home / "cache"


@pytest.fixture(scope="module")
def seed(cache: Path) -> Iterator[Assistant]:
    with throwaway_assistant(SEEDS, cache) as (assistant, _settings):
        assert texts_by_name(assistant.library.documents()) == TEXTS
        yield assistant


@pytest.fixture(scope="module")
def untouched(seed: Assistant) -> Run:
    return asked(seed.answer)


@pytest.fixture(scope="module")
def baseline(untouched: Run) -> Baseline:
    return kept(untouched)


def asked(answer: AnswerQuestion) -> Run:
    return run_cases(CASES, answer, clock=time.perf_counter)


def kept(run: Run) -> Baseline:
    return baseline_of(run, checked, settings={}, data={})


def told(run: Run, baseline: Baseline) -> list[str]:
    return faults(run, kept(run), baseline, TEXTS)


def changed_answers(run: Run, answer: Answer) -> Run:
    """The run with another answer in place of every one that shows a sentence."""
    return Run(
        tuple(
            replace(one, answer=answer) if one.answer and one.answer.sentences else one for one in run.results
        )
    )


def test_it_passes_untouched(seed: Assistant, untouched: Run, baseline: Baseline) -> None:
    again = asked(seed.answer)

    assert told(again, baseline) == []
    assert figures_that_changed(kept(again), baseline) == []
    assert cases_that_changed(kept(again), baseline) == []


def test_a_shuffled_index_fails(cache: Path, baseline: Baseline) -> None:
    with throwaway_assistant(SEEDS, cache) as (assistant, _settings):
        search = assistant.search
        (document,) = search.library.documents()
        passages = search.library.passages_of(document.id)
        mixed = [replace(passages[i - 1], id=passage.id) for i, passage in enumerate(passages)]
        search.keyword_index.replace(mixed)
        search.vector_index.replace(mixed, search.embedder.embed_passages([one.search_text for one in mixed]))
        run = asked(assistant.answer)

    assert any(fault.startswith("recall@1 (all) is ") for fault in told(run, baseline))


def test_a_lowered_threshold_fails(seed: Assistant, baseline: Baseline) -> None:
    weights = seed.quoting.weights
    always = replace(weights, answer=replace(weights.answer, bias=weights.answer.bias + 100))
    run = asked(replace(seed, quoting=replace(seed.quoting, weights=always)).answer)

    (fault,) = [one for one in told(run, baseline) if one.startswith("unanswerable declined (all)")]
    assert fault.startswith("unanswerable declined (all) is 0.000 now, below ")


def lets_everything_through(drafted: Sequence[Sentence]) -> Sequence[Sentence]:
    return drafted


def drops_everything(_drafted: Sequence[Sentence]) -> Sequence[Sentence]:
    return ()


def test_a_checker_that_lets_everything_through_fails(untouched: Run, baseline: Baseline) -> None:
    now = baseline_of(untouched, lets_everything_through, settings={}, data={})

    assert faults(untouched, now, baseline, TEXTS) == [
        "false sentences withheld (checker) is 0.000 now, below 1.000: the baseline is 1.000 [1.000, 1.000]"
    ]


def test_a_checker_that_drops_everything_fails(untouched: Run, baseline: Baseline) -> None:
    now = baseline_of(untouched, drops_everything, settings={}, data={})

    assert faults(untouched, now, baseline, TEXTS) == [
        "true sentences let through (checker) is 0.000 now, below 1.000: the baseline is 1.000 [1.000, 1.000]"
    ]


def test_answers_from_which_a_checker_dropped_all_fail(untouched: Run, baseline: Baseline) -> None:
    shown = next(one.answer for one in untouched.results if one.answer and one.answer.sentences)
    found = told(changed_answers(untouched, replace(shown, sentences=())), baseline)

    assert any(fault.startswith("gold among the quotes (all) is 0.000 now") for fault in found)
    assert "true sentences let through (checker) was 1.000 and is not measured any more" in found


@pytest.mark.parametrize("invented", ["text", "quote"])
def test_a_sentence_that_stands_nowhere_fails(untouched: Run, baseline: Baseline, invented: str) -> None:
    result = next(one for one in untouched.results if one.answer and one.answer.sentences)
    assert result.answer is not None
    sentence = result.answer.sentences[0]
    if invented == "text":
        sentence = replace(sentence, text="The rate is 10 %.")
    else:
        sentence = replace(
            sentence,
            text="The rate is 10 %.",
            citations=(replace(sentence.citations[0], quote="The rate is 10 %."),),
        )
    planted = replace(result, answer=replace(result.answer, sentences=(sentence,)))
    run = Run(tuple(planted if one is result else one for one in untouched.results))

    wanted = f"case {result.case.id} shows what stands nowhere: 'The rate is 10 %.'"
    assert wanted in faults(run, baseline, baseline, TEXTS)


def test_a_crash_fails(untouched: Run, baseline: Baseline) -> None:
    first, *others = untouched.results
    run = Run((replace(first, answer=None, failure="OSError: gone"), *others))

    assert f"case {first.case.id} crashed: OSError: gone" in faults(run, baseline, baseline, TEXTS)


def test_a_case_that_is_lost_is_named(untouched: Run, baseline: Baseline) -> None:
    passed = next(one for one in untouched.results if one.passed)
    crashed = replace(passed, answer=None, failure="OSError: gone")
    run = Run(tuple(crashed if one is passed else one for one in untouched.results))

    assert cases_that_changed(kept(run), baseline) == [f"{passed.case.id}: passed, now crashed"]
    assert cases_that_changed(baseline, kept(run)) == [f"{passed.case.id}: passes now"]


def test_changed_data_is_named_with_what_to_do() -> None:
    advice = (
        " since the baseline was taken. "
        "If that is meant, take a new one with: policy-assistant evals gate --update"
    )
    now, before = {"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "9", "d": "4"}

    assert changed_data(now, before) == [
        f"b has changed{advice}",
        f"c is new{advice}",
        f"d is gone{advice}",
    ]
    assert changed_data(now, now) == []


def test_what_is_better_lower_fails_when_it_rises() -> None:
    before = Baseline({}, {}, {"all": {"stray sentences": Figure("stray sentences", 0.5, (0.4, 0.6), 9)}}, {})
    for value, fails in ((0.3, False), (0.6, False), (0.61, True)):
        now = replace(before, figures={"all": {"stray sentences": Figure("stray sentences", value, None, 9)}})
        found = faults(Run(()), now, before, {})
        assert bool(found) == fails, found


def test_nothing_depends_on_the_speed_of_the_machine(baseline: Baseline) -> None:
    assert not [name for named in baseline.figures.values() for name in named if "seconds" in name]
