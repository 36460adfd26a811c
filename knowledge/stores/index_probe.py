"""Looks into an index from a process of its own, because a damaged one may crash whoever opens it.

`python -m knowledge.stores.index_probe vectors FOLDER` is that process; it prints what it found as one line
of JSON.
"""

import json
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from knowledge.errors import IndexDamaged, KnowledgeError
from knowledge.keyword_index import KeywordIndex
from knowledge.stores.index_seal import IndexSeal
from knowledge.vector_index import VectorIndex, vectors_seal

Kind = Literal["keyword", "vector"]
_SECONDS = 300.0  # 100,000 vectors take 20 s; who takes longer hangs
# After a kill no way led to 20 of 208,488 vectors, and to 8 when these were put in once more. By words they
# are found, and the doctor names them.
_UNREACHED = 0.001
_REMEDY = "rebuild it from the library with: policy-assistant index --rebuild"


@dataclass(frozen=True, slots=True)
class Probe:
    """What an index holds and what of it search can find."""

    ids: tuple[str, ...]  # of every passage it lists, sorted
    unreachable: tuple[str, ...] = ()  # listed, but not found by their own vector
    spoilt: tuple[str, ...] = ()  # listed, but their vector is no unit vector any more

    @property
    def is_damaged(self) -> bool:
        """Whether more is lost than a whole graph of many vectors may leave without a way to them."""
        return bool(self.spoilt) or len(self.unreachable) > _UNREACHED * len(self.ids)


def check_before_opening(kind: Kind, folder: Path) -> None:
    """Return when an index may be opened in this process; takes under 1 ms unless something happened to it.

    After a kill, or when the files look changed, another process looks first (seconds). Raises IndexDamaged.
    """
    if not folder.is_dir():
        return  # it will be begun, or opening it says what is wrong
    if not any(path.name != "seal.json" for path in folder.iterdir()):
        return
    state = seal_of(kind, folder).state()
    if state == "changed":
        raise IndexDamaged(
            f"Files of the {kind} index in {folder} were changed or deleted by something other than Policy "
            f"Assistant; {_REMEDY}"
        )
    if state == "unknown":
        found = probe(kind, folder)
        if found.is_damaged:
            lost = {*found.unreachable, *found.spoilt}
            raise IndexDamaged(
                f"The {kind} index in {folder} cannot find {len(lost)} of its {len(found.ids)} passages; "
                f"{_REMEDY}"
            )


def seal_of(kind: Kind, folder: Path) -> IndexSeal:
    """The seal that an index of this kind keeps."""
    return vectors_seal(folder) if kind == "vector" else IndexSeal(folder)


def probe(kind: Kind, folder: Path) -> Probe:
    """Open an index in another process and look at everything in it; raises IndexDamaged when that fails."""
    seal = seal_of(kind, folder)
    state = seal.state()
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            [sys.executable, "-m", "knowledge.stores.index_probe", kind, str(folder)],
            cwd=Path(__file__).resolve().parents[2],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
        found = json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else {}
    except subprocess.TimeoutExpired as error:
        how = f"looking into it did not end within {_SECONDS:.0f} s"
        raise IndexDamaged(f"The {kind} index in {folder} is damaged ({how}); {_REMEDY}") from error
    if "ids" in found:
        looked = Probe(*(tuple(found[name]) for name in ("ids", "unreachable", "spoilt")))
        if state == "whole" and not looked.unreachable and not looked.spoilt:
            seal.renew()  # looking has touched the unsteady files
        return looked
    if done.returncode < 0:
        how = f"opening it crashes the process, signal {-done.returncode}"
    else:
        how = str(found.get("fault") or "opening it ends the process")
    raise IndexDamaged(f"The {kind} index in {folder} is damaged ({how}); {_REMEDY}")


def _look(kind: str, folder: Path) -> Probe:
    if kind == "keyword":
        with closing(KeywordIndex(folder, seals=False)) as keyword_index:
            return Probe(tuple(sorted(keyword_index.ids())))
    with closing(VectorIndex(folder, seals=False)) as index:
        ids, spoilt = index.ids(), index.spoilt()
        return Probe(tuple(sorted(ids)), tuple(sorted(index.unreachable(ids))), tuple(sorted(spoilt)))


if __name__ == "__main__":
    try:
        answer = asdict(_look(sys.argv[1], Path(sys.argv[2])))
    except KnowledgeError as fault:
        answer = {"fault": str(fault.__cause__ or fault).strip()[:200]}
    print(json.dumps(answer))  # noqa: T201
