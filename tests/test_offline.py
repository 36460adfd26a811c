"""With every other machine out of reach: it is examined, documents go in, are asked and come out.

Each command runs in a process of its own that has put itself under the guard before anything else is loaded.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from evals.bench.page_client import PageClient
from evals.bench.served import free_port
from tests.command_tree import ROOT
from tests.web.conftest import served

SEEDS = ROOT / "seeds"
QUESTION = "How should a favourable environment for service imports be created?"
GUARDED = (
    "from tests.network_guard import forbid_network\nforbid_network()\n"
    "import sys\nfrom assistant.command_line import main\nsys.exit(main(sys.argv[1:]))"
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("offline")


def typed(data: Path, *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", GUARDED, *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"POLICY_ASSISTANT_HOME": str(data / "home")},
        check=False,
    )
    assert "tried to reach another machine" not in ran.stderr
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_examine_index_ask_serve_and_export(data: Path, tmp_path: Path) -> None:
    assert "error  " not in typed(data, "doctor")
    assert "1 added" in typed(data, "index", str(SEEDS))
    assert json.loads(typed(data, "ask", "--json", QUESTION))["outcome"] == "answered"

    errors = tmp_path / "errors.txt"
    program = ("-c", GUARDED, "chat", "--port", str(free_port()))
    with served(errors, *program, POLICY_ASSISTANT_HOME=str(data / "home")) as address:
        asked = PageClient(address).ask(QUESTION)
    assert "movement of specialized professionals" in asked.transcript
    assert "tried to reach another machine" not in errors.read_text()

    typed(data, "library", "export", "--all", str(tmp_path / "exported"))
    assert len(list((tmp_path / "exported").glob("*.md"))) == 1
