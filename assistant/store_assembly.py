"""Builds from Settings what is stored: in the data folder, or on servers that other processes share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import SettingsError
from assistant.records.records import Records
from assistant.records.records_database import RECORDS_FAULTS, RECORDS_SCHEMA
from assistant.settings import IN_FOLDER, Settings
from knowledge.data_folder import DataFolder
from knowledge.keyword_index import KeywordIndex
from knowledge.library import Library
from knowledge.stores.database import Database, Faults, Schema
from knowledge.stores.index_probe import check_before_opening
from knowledge.stores.library_database import LIBRARY_FAULTS, LIBRARY_SCHEMA
from knowledge.vector_index import VectorIndex

if TYPE_CHECKING:
    from knowledge.stores.postgres_database import PostgresDatabase

_SHARED = 'pip install "policy-assistant[shared]"'


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """A library, and what there is beside it where it is shared."""

    library: Library
    database: "PostgresDatabase | None" = None

    def writing(self, purpose: str) -> AbstractContextManager[None]:
        """Hold it against others that write. Raises LibraryBusy; a data folder is held already."""
        return nullcontext() if self.database is None else self.database.held("writing", purpose)

    def serving(self, purpose: str, *, alone: bool) -> AbstractContextManager[None]:
        """Hold it against who rebuilds its indexes; `alone`, against all others. Raises LibraryBusy."""
        if self.database is None:
            return nullcontext()
        return self.database.held("serving", purpose, alone=alone)

    @contextmanager
    def following(
        self, index: KeywordIndex, folder: DataFolder, *, fresh: bool
    ) -> Iterator[Callable[[], None]]:
        """What brings the keyword index up to the library; done once already, unless the index is `fresh`."""
        if self.database is None:
            yield lambda: None
            return
        from knowledge.following import Following, followed_meanwhile

        following = Following(self.database, self.library, index, folder.keyword / ".followed.json")
        if fresh:
            following.begin_here()
        else:
            following()
        with followed_meanwhile(following):
            yield following


@contextmanager
def opened_library(settings: Settings) -> Iterator[OpenLibrary]:
    """The library where the settings say that it is, of a data folder that is held already."""
    if settings.library == IN_FOLDER:
        with closing(Library(DataFolder(settings.home).library)) as library:
            yield OpenLibrary(library)
        return
    database = _database(settings.library, "library", LIBRARY_SCHEMA, LIBRARY_FAULTS)
    with closing(Library(database)) as library:
        yield OpenLibrary(library, database)


@contextmanager
def opened_indexes(
    settings: Settings, folder: DataFolder, held: OpenLibrary, *, fresh: bool
) -> Iterator[tuple[KeywordIndex, VectorIndex]]:
    """Both indexes of a library; thrown away before when they are to be `fresh`."""
    if fresh:
        _throw_away(folder.keyword)
    check_before_opening("keyword", folder.keyword)
    with ExitStack() as stack:
        keyword_index = stack.enter_context(closing(KeywordIndex(folder.keyword)))
        if settings.vectors == IN_FOLDER:
            if fresh:
                _throw_away(folder.vectors)
            check_before_opening("vector", folder.vectors)
            vector_index = VectorIndex(folder.vectors)
        else:
            from knowledge.served_vectors import ServedVectorIndex

            vector_index = ServedVectorIndex(settings.vectors, held.library.identity(), anew=fresh)
        yield keyword_index, stack.enter_context(closing(vector_index))


def open_records_at(settings: Settings, keep_days: int) -> Records:
    """The records where the settings say that they are."""
    if settings.records == IN_FOLDER:
        return Records(DataFolder(settings.home).records, keep_days)
    return Records(_database(settings.records, "records", RECORDS_SCHEMA, RECORDS_FAULTS), keep_days)


def open_beside_records(settings: Settings, schema: Schema, faults: Faults) -> Database:
    """Another part of the product on the server of the records, asked by what must not wait for long."""
    return _database(settings.records, "records", schema, faults, patience=1.0)


def check_places(settings: Settings) -> None:
    """Raise SettingsError where some of what is stored is shared and some cannot be.

    A library that several processes change needs vectors that they all see.
    """
    if settings.library != IN_FOLDER and settings.vectors == IN_FOLDER:
        raise SettingsError(
            "library is on a server but vectors is not; set vectors to the address of a Chroma server, such "
            "as http://127.0.0.1:8000, so that all processes find the same."
        )


def check_vectors_answer(settings: Settings) -> None:
    """Raise ServerUnreachable unless the Chroma server of the settings answers."""
    from knowledge.served_vectors import check_alive, checked_url

    check_alive(checked_url(settings.vectors))


def _database(
    url: str, setting: str, schema: Schema, faults: Faults, patience: float = 3.0
) -> "PostgresDatabase":
    try:
        from knowledge.stores.postgres_address import PostgresAddress
        from knowledge.stores.postgres_database import PostgresDatabase
    except ModuleNotFoundError as missing:
        raise SettingsError(
            f"{setting} is the address of a database, and its package is missing; install it with: {_SHARED}"
        ) from missing
    return PostgresDatabase(PostgresAddress(url), schema, faults, patience)


def _throw_away(path: Path) -> None:
    import shutil

    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)  # never opened: what is damaged may crash whoever opens it
    else:
        path.unlink(missing_ok=True)
