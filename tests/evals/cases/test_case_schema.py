"""The JSON Schema beside the cases says what the reader accepts."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from assistant.answer import Outcome
from evals.cases.case import EXPECTED_OUTCOMES, OPTIONAL, REQUIRED, SEED_CASES, Case, Split, case_of
from evals.cases.fields import Role
from knowledge.policy import Language
from tests.evals.cases.test_case import LINE

SCHEMA: dict[str, Any] = json.loads(Path(SEED_CASES).with_name("case.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_its_fields_are_those_of_a_case() -> None:
    assert list(SCHEMA["properties"]) == [field.name for field in fields(Case)]
    assert set(SCHEMA["required"]) == REQUIRED
    assert set(SCHEMA["properties"]) == REQUIRED | OPTIONAL


def test_its_choices_are_those_of_the_types() -> None:
    properties = SCHEMA["properties"]
    assert [Outcome(name) for name in properties["outcome"]["enum"]] == list(EXPECTED_OUTCOMES)
    assert properties["language"]["enum"] == list(get_args(Language))
    assert properties["split"]["enum"] == list(get_args(Split))
    assert properties["conversation"]["items"]["properties"]["role"]["enum"] == list(get_args(Role))


def test_every_seed_case_is_valid() -> None:
    lines = SEED_CASES.read_text("utf-8").splitlines()
    assert [error.message for line in lines for error in VALIDATOR.iter_errors(json.loads(line))] == []


@pytest.mark.parametrize(
    "change",
    [
        {"golden": []},
        {"question": "  "},
        {"gold": "x"},
        {"gold": []},
        {"gold": ["a", "a"]},
        {"outcome": "not_in_documents"},
        {"outcome": "model_unavailable"},
        {"documents": []},
        {"language": "fr"},
        {"split": "test"},
        {"tags": [""]},
        {"conversation": [{"role": "system", "text": "Hello"}]},
        {"conversation": [{"role": "user", "text": "Hello", "name": "Li"}]},
        {"as_of": "26.8.2024"},
        {"as_of": "20240826"},
        {"facts": ["five years"]},
        {"facts": [[]]},
        {"gold": [], "outcome": "not_in_documents", "facts": [["five years"]]},
        {"gold_clauses": [""]},
        {},
        {"as_of": "2024-08-26", "facts": [["5 years", "five years"]]},
        {"gold": [], "gold_clauses": ["Article 5.3"]},
        {"gold": [], "outcome": "out_of_scope"},
        {"outcome": "partly_answered", "as_of": None},
    ],
)
def test_it_refuses_what_the_reader_refuses(change: dict[str, object]) -> None:
    record = LINE | change

    assert VALIDATOR.is_valid(record) == isinstance(case_of(json.dumps(record)), Case)
