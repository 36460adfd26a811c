"""`evals cases add --from-feedback`: what was no help is listed, and becomes cases for review."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Outcome
from assistant.assembly import open_records
from assistant.errors import AssistantError
from assistant.records.stored import Rating, Reason
from assistant.records.stored_answer import stored_answer
from assistant.settings import load_settings
from evals.cases.case import load_cases
from tests.assistant.small_documents import ENVIRONMENT, seed_document
from tests.evals.commands.test_cases import KEPT, library, mine
from tests.evals.commands.typed import typed
from tests.evals.seed_answers import answered, citation

__all__ = ["library", "mine"]  # fixtures

Capture = pytest.CaptureFixture[str]
QUESTION, OTHER = "How are imports eased?", "What is the rate?"


def disliked(*answers: Answer) -> list[str]:
    """The ids of the answers, kept one after another in one conversation and disliked."""
    ids: list[str] = []
    conversation = None
    with open_records(load_settings(), "test") as records:
        for answer in answers:
            kept = records.keep("ann", conversation, answer.question, stored_answer(answer))
            conversation = kept.conversation
            records.feedback.give("ann", kept.exchange, Rating.DOWN, Reason.NO_ANSWER, "not\nthis")
            ids.append(kept.exchange)
    return ids


def quoting(question: str = QUESTION) -> Answer:
    source = replace(seed_document(), path="/documents/seed.txt")
    return answered(citation(ENVIRONMENT, source), question=question)


def declined() -> Answer:
    return replace(quoting(OTHER), outcome=Outcome.NOT_IN_DOCUMENTS, sentences=(), considered=())


@pytest.mark.usefixtures("library")
class TestFromFeedback:
    def test_without_an_id_what_waits_is_listed(self, mine: Path, capsys: Capture) -> None:
        (id_,) = disliked(quoting())

        assert typed("cases", "add", str(mine), "--from-feedback") == 0

        said = capsys.readouterr().out.splitlines()
        assert said[0].startswith(f"{id_[:8]}  ")
        assert said[0].endswith(f"answered  {QUESTION}")
        assert said[1].strip() == "no_answer: not this"
        assert said[2].strip() == f"> {ENVIRONMENT}"
        assert said[3] == "1 answer was no help and is not a case yet"
        assert not mine.exists()

    def test_a_case_is_made_with_its_conversation_and_waits_no_more(
        self, mine: Path, capsys: Capture
    ) -> None:
        first, second = disliked(quoting(), quoting(OTHER))

        given = ("--from-feedback", second[:8], "--expected", "not_in_documents")
        assert typed("cases", "add", str(mine), *given) == 0

        (case,) = load_cases(mine)
        assert (case.question, case.outcome, case.gold) == (OTHER, Outcome.NOT_IN_DOCUMENTS, ())
        assert [turn.text for turn in case.conversation] == [QUESTION, ENVIRONMENT]
        assert case.tags == ("added", "feedback", "no_answer")
        capsys.readouterr()
        typed("cases", "add", str(mine), "--from-feedback")
        assert first[:8] in (said := capsys.readouterr().out)
        assert second[:8] not in said

    def test_what_answers_can_be_given(self, mine: Path) -> None:
        (id_,) = disliked(declined())

        given = ("--from-feedback", id_, "--expected", "answered", "--gold", KEPT, "--document", "law.md")
        assert typed("cases", "add", str(mine), *given) == 0

        (case,) = load_cases(mine)
        assert (case.question, case.gold, case.documents) == (OTHER, (KEPT,), ("law.md",))

    def test_of_all_those_are_added_of_which_enough_is_known(self, mine: Path, capsys: Capture) -> None:
        _, other = disliked(quoting(), declined())

        assert typed("cases", "add", str(mine), "--from-feedback", "all", "--expected", "answered") == 0

        said = capsys.readouterr().out
        assert f"{other[:8]} was not added: The answer quotes nothing; name each sentence" in said
        assert said.endswith(f"{mine}: 1 added, to be reviewed\n")
        assert [case.question for case in load_cases(mine)] == [QUESTION]

    def test_what_is_missing_is_asked_for(self, mine: Path) -> None:
        (id_,) = disliked(quoting())

        with pytest.raises(AssistantError, match="--expected"):
            typed("cases", "add", str(mine), "--from-feedback", id_)
        with pytest.raises(AssistantError, match="0 answers that were no help are named 'x'"):
            typed("cases", "add", str(mine), "--from-feedback", "x", "--expected", "answered")
        given = ("--expected", "answered", "--gold", "Not in any document.")
        with pytest.raises(AssistantError, match="gold"):
            typed("cases", "add", str(mine), "--from-feedback", id_, *given)
        assert not mine.exists()
