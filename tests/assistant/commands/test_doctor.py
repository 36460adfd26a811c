"""`policy-assistant doctor`: exit codes, an installation that is well, and each thing that may be wrong."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.command_line import main
from tests.command_tree import ROOT

SEEDS = ROOT / "seeds"


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indexed") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICY_ASSISTANT_HOME", str(folder))
        assert main(["index", str(SEEDS)]) == 0
    return folder


@pytest.fixture
def library(indexed: Path, home: Path) -> Path:
    return Path(shutil.copytree(indexed, home))


def examined(capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["doctor"])
    return code, capsys.readouterr().out


def test_before_the_first_document_it_says_what_comes_next(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = examined(capsys)

    assert code == 0
    assert "policy-assistant index PATH" in said


@pytest.mark.usefixtures("library")
def test_an_installation_that_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    code, said = examined(capsys)

    assert code == 0
    assert "The library holds 1 document;" in said
    assert "error" not in said.replace("0 errors", "")


def test_an_index_that_is_gone_is_an_error(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(library / "keyword")

    code, said = examined(capsys)

    assert code == 1
    assert "The keyword index" in said
    assert "policy-assistant index --rebuild" in said


def test_a_mistake_in_the_settings_is_an_error(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("prot = 1\n")

    code, said = examined(capsys)

    assert code == 1
    assert "prot" in said


def test_a_folder_in_use_is_a_warning_with_the_name_of_its_holder(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom knowledge.data_folder import hold_data_folder\n"
        f"with hold_data_folder(Path({str(library)!r}), 'chat'):\n"
        " print('held', flush=True)\n sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        code, said = examined(capsys)
        holder.communicate("")

    assert code == 0
    assert "in use by `policy-assistant chat`" in said


def test_a_model_is_looked_for_only_when_one_is_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "No language model is set" in examined(capsys)[1]

    monkeypatch.setenv("POLICY_ASSISTANT_MODEL", "openai:m")
    monkeypatch.setenv("POLICY_ASSISTANT_MODEL_URL", "http://127.0.0.1:9/v1")
    code, said = examined(capsys)

    assert code == 0
    assert "cannot be reached at 127.0.0.1:9" in said


def test_weights_that_are_not_the_pinned_ones_are_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("assistant.setup.weights.READER_SHA256", "0" * 64)

    code, said = examined(capsys)

    assert code == 1
    assert "install Policy Assistant anew" in said
