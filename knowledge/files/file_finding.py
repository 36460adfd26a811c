"""Paths a user names -> the files to read, each with the facts its folder's catalogue gives."""

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import NothingToIndex
from knowledge.files.catalog import CATALOG_NAME, load_catalog
from knowledge.policy import DocumentFacts
from knowledge.reading import ARCHIVE_SUFFIX, READABLE_SUFFIXES

_FORMATS = f"documents are files ending in {', '.join(READABLE_SUFFIXES)}"


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file to read; `facts` is None when no catalogue describes it."""

    path: Path  # absolute; a link is followed where it leads to a folder, and keeps its name where to a file
    facts: DocumentFacts | None

    @property
    def is_archive(self) -> bool:
        """Whether the file holds other files."""
        return self.path.suffix.lower() == ARCHIVE_SUFFIX


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What stands under the paths that were named."""

    roots: tuple[Path, ...]  # the paths themselves, absolute
    files: tuple[FoundFile, ...]  # each once, in path order
    closed: tuple[Path, ...]  # folders that may not be looked into: nobody knows what is in them
    passed_over: tuple[Path, ...] = ()  # files of no format that is read

    def gone(self, known: Iterable[str], opened: Mapping[Path, Collection[str]] | None = None) -> list[str]:
        """Those of the known files that were looked for and are not there any more.

        `opened` says of each archive that could be opened which paths are in it; what was read from another
        archive before is not gone while that archive is there.
        """
        opened = opened or {}
        present = {str(file.path) for file in self.files}.union(*opened.values())
        unknown = [file.path for file in self.files if file.is_archive and file.path not in opened]
        missing = [(path, Path(path)) for path in known if path not in present]
        return [
            path
            for path, file in missing
            if any(file.is_relative_to(root) for root in self.roots)
            and not any(file.is_relative_to(folder) for folder in (*self.closed, *unknown))
        ]


def find_files(paths: Sequence[Path], *, known: Iterable[str] = ()) -> FoundFiles:
    """Every readable file under the paths; hidden files and folders, and links to folders, are passed over.

    A file's facts come from the nearest catalogue that describes it, from its own folder up to the folder
    that was named. `known` are files that were found before: a path that leads to one of them may be missing.
    Raises NothingToIndex for any other missing path, a folder without documents and a file of another
    format, CatalogError for a catalogue that cannot be understood: all before anything is changed.
    """
    before = [Path(path) for path in known]
    roots = [_root(path, before) for path in paths]
    tops: dict[Path, Path] = {}  # file -> the highest folder whose catalogue may describe it
    closed: list[Path] = []
    passed_over: list[Path] = []
    for root in sorted(roots, reverse=True):  # outer folders last, so that they decide
        tops |= {
            file: file.parent if file == root else root for file in _files_under(root, closed, passed_over)
        }
    folders = {path.parent for path in (*tops, *closed, *before)}
    seen = {*tops, *closed, *before, *folders, *(above for folder in folders for above in folder.parents)}
    for root in roots:
        if root not in seen:
            raise NothingToIndex(f"There is no document in {root}; {_FORMATS}. Nothing was changed.")
    described = {folder for file, top in tops.items() for folder in _from_own_folder_to(top, file)}
    catalogs = {folder: load_catalog(folder) for folder in described}
    found = [FoundFile(file, _facts(file, tops[file], catalogs)) for file in sorted(tops)]
    return FoundFiles(
        tuple(roots), tuple(found), tuple(dict.fromkeys(closed)), tuple(dict.fromkeys(passed_over))
    )


def _root(path: Path, known: Sequence[Path]) -> Path:
    """The absolute path of a file of a known format, of a folder, or of what is gone but was found before."""
    try:
        kind = stat.S_IFMT(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        root = path.resolve()
        if any(file.is_relative_to(root) for file in known):
            return root
        raise NothingToIndex(
            f"There is no file or folder {path}; check the path. Nothing was changed."
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        reason = getattr(error, "strerror", None) or error
        raise NothingToIndex(
            f"{path} cannot be opened ({reason}); check the path. Nothing was changed."
        ) from error
    if kind == stat.S_IFDIR:
        return path.resolve()
    if kind != stat.S_IFREG or path.suffix.lower() not in READABLE_SUFFIXES:
        raise NothingToIndex(f"{path} is no document; {_FORMATS}. Nothing was changed.")
    return path.parent.resolve() / path.name


def _files_under(root: Path, closed: list[Path], passed_over: list[Path]) -> Iterator[Path]:
    """The root if it is a file, else its files; what may not be seen or is not read goes to the lists."""
    if root.is_file():
        yield root
        return

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError | NotADirectoryError):  # those say that it is gone
            closed.append(Path(error.filename))

    for folder, folders, names in os.walk(root, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            file = Path(folder, name)
            if name.startswith(".") or name == CATALOG_NAME:
                continue
            if file.suffix.lower() not in READABLE_SUFFIXES:
                passed_over.append(file)
            elif _is_file(file, closed):
                yield file


def _is_file(file: Path, closed: list[Path]) -> bool:
    try:
        return stat.S_ISREG(file.stat().st_mode)
    except PermissionError:
        closed.append(file.parent)
    except OSError:
        pass  # a link that leads nowhere
    return False


def _from_own_folder_to(top: Path, file: Path) -> Iterator[Path]:
    for folder in file.parents:
        yield folder
        if folder == top:
            return


def _facts(file: Path, top: Path, catalogs: dict[Path, dict[str, DocumentFacts]]) -> DocumentFacts | None:
    for folder in _from_own_folder_to(top, file):
        facts = catalogs[folder].get(file.relative_to(folder).as_posix())
        if facts is not None:
            return facts
    return None
