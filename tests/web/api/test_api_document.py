"""docs/api.md: its examples are run by curl and by Python, and what it says comes back is what comes back."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.records.records import Records
from tests.web.api.served_app import application, served

TEXT = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
WRITTEN = "http://127.0.0.1:7860"
# A command, and what the document says of its answer if it does.
EXAMPLES = [
    (command, json.loads(told) if told else None)
    for command, told in re.findall(
        r"^```sh\n(.*?)^```\n(?:```json\n(.*?)^```)?", TEXT, re.DOTALL | re.MULTILINE
    )
]
PYTHON = re.findall(r"^```python\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def address(seed_assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The ways in over the real assistant and the seed."""
    file = tmp_path_factory.mktemp("records") / "records.sqlite"
    with (
        closing(Records(file, 90)) as records,
        served(application(seed_assistant, records=records)) as opened,
    ):
        yield opened


def holds(told: Any, given: Any) -> bool:
    """Whether an answer has all that is told of it; a text that ends with "…" tells how it begins."""
    if isinstance(told, dict):
        return isinstance(given, dict) and all(
            name in given and holds(value, given[name]) for name, value in told.items()
        )
    if isinstance(told, list):
        return isinstance(given, list) and len(told) == len(given) and all(map(holds, told, given))
    if isinstance(told, str) and told.endswith("…"):
        return isinstance(given, str) and given.startswith(told[:-1].rstrip())
    return bool(told == given)


@pytest.mark.parametrize(("command", "told"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_answers_as_it_is_told(address: str, command: str, told: Any) -> None:
    typed = command.replace(WRITTEN, address).replace("curl ", "curl -sS --max-time 60 ")

    done = subprocess.run(["bash", "-ec", typed], capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    if told is None:
        assert re.findall(r"^event: (\w+)$", done.stdout, re.MULTILINE) == ["sources", "sentence", "answer"]
    else:
        assert holds(told, json.loads(done.stdout)), done.stdout


def test_the_example_of_the_official_client_prints_an_answer(address: str) -> None:
    (program,) = PYTHON

    done = subprocess.run(
        [sys.executable, "-c", program.replace(WRITTEN, address)], capture_output=True, text=True, check=True
    )

    assert "[1]" in done.stdout
    assert "Sources:" in done.stdout


def test_every_route_stands_in_the_document() -> None:
    assert len(EXAMPLES) >= 10
    looked_up = ("/documents", "/health", "/metrics")
    for route in ("/ask", "/search", "/guidance", "/check", "/verify", "/feedback", *looked_up):
        assert f"{route}`" in TEXT
