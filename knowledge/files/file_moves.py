"""What became of files between two index runs: moved, repeated, or gone with everything beside them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from knowledge.errors import NothingToIndex
from knowledge.files.file_finding import FoundFiles


def moved_files(
    gone: Iterable[str], before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """(former path, path now) of each file that is gone while a new one holds its bytes.

    `before` and `after` are path -> sha256. Among equals the first goes with the first.
    """
    arrived: dict[str, list[str]] = defaultdict(list)
    for path in sorted(after.keys() - before.keys(), reverse=True):
        arrived[after[path]].append(path)
    former = (path for path in sorted(gone) if path in before)
    return tuple((path, arrived[before[path]].pop()) for path in former if arrived[before[path]])


def repeated_files(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """(path, another path) of each new or changed file whose bytes stand in another file too.

    The other is one that was there already, if there is one, else the first by name.
    """
    holding: dict[str, list[str]] = defaultdict(list)
    for path in sorted(after, key=lambda path: (before.get(path) != after[path], path)):
        holding[after[path]].append(path)
    new = sorted(path for path, sha256 in after.items() if before.get(path) != sha256)
    firsts = ((path, holding[after[path]][0]) for path in new)
    return tuple((path, first) for path, first in firsts if path != first)


def check_not_emptied(found: FoundFiles, known: Collection[str]) -> None:
    """Raise NothingToIndex for a named folder that held documents and from which all of them are gone.

    So it looks when a disk is not mounted; taking every document of a folder out must be asked for.
    """
    present = [str(path) for path in (*(file.path for file in found.files), *found.closed)]
    for root in found.roots:
        within = f"{str(root).rstrip('/')}/"
        held = sum(path.startswith(within) for path in known)
        if held and not any(f"{path}/".startswith(within) for path in present):
            documents = "1 document was" if held == 1 else f"{held} documents were"
            raise NothingToIndex(
                f"{documents} read from {root} before and none is there now. If its disk is not mounted, "
                "mount it and run the command again; nothing was changed. If they are gone for good, say so: "
                "policy-assistant index --gone PATH"
            )
