"""Looks after what is stored: says what is wrong with it, backs it up, restores it."""

import secrets
from contextlib import closing
from pathlib import Path

from assistant.assembly import open_stores
from assistant.settings import IN_FOLDER, Settings
from assistant.store_assembly import check_places, check_vectors_answer, opened_library
from knowledge.data_folder import hold_data_folder
from knowledge.embedder import Embedder, open_embedder
from knowledge.errors import BackupUnusable, EmbedderUnavailable, KnowledgeError
from knowledge.indexing import parameters
from knowledge.library import IDENTITY, Library
from knowledge.stores import backup, doctor
from knowledge.stores.backup import BackedUp
from knowledge.stores.doctor import Finding
from knowledge.stores.serving_doctor import examine_open

# Files of the data folder that are no databases, by name, and go into a backup as they are.
_BACKED_UP_AS_THEY_ARE = ("audit.*",)


def examine(settings: Settings) -> list[Finding]:
    """What is wrong with the data folder, found without opening an index in this process."""
    if settings.library != IN_FOLDER or settings.vectors != IN_FOLDER:
        return _examine_shared(settings)
    with hold_data_folder(settings.home, "library doctor") as folder:
        try:
            wanted = parameters(open_embedder(settings.embedder, cache_folder=folder.cache).name)
        except EmbedderUnavailable as error:
            return [Finding(str(error)), *doctor.examine(folder, {})]
        return doctor.examine(folder, wanted)


def _examine_shared(settings: Settings) -> list[Finding]:
    """The same where a server holds a part: the indexes are opened here, since no folder of Chroma is."""
    try:
        with open_stores(settings, "library doctor") as stores:
            found = [*doctor.places_faults(settings.home), *examine_open(stores)]
    except KnowledgeError as error:
        found = [str(error)]
    return [Finding(sentence) for sentence in found]


def glance(settings: Settings) -> tuple[int, list[Finding]]:
    """How many documents the library holds, and what is wrong with the data folder at first sight."""
    wanted = parameters(the_embedder(settings).name)
    if settings.library == IN_FOLDER and settings.vectors == IN_FOLDER:
        with hold_data_folder(settings.home, "doctor") as folder:
            return doctor.glance(folder, wanted)
    check_places(settings)
    with hold_data_folder(settings.home, "doctor"), opened_library(settings) as held:
        if settings.vectors != IN_FOLDER:
            check_vectors_answer(settings)
        wrong = [*doctor.unfinished(held.library), *doctor.mismatches(held.library, wanted)]
        return len(held.library.entries()), [Finding(sentence) for sentence in wrong]


def the_embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name, its weights checked and not loaded yet."""
    cache = settings.home / "cache"
    return open_embedder(settings.embedder, cache_folder=cache if cache.is_dir() else None)


def back_up(settings: Settings, target: Path) -> BackedUp:
    """Write what cannot be rebuilt into one file: library, records, audit; see `knowledge.stores.backup`."""
    _check_in_folder(settings, "backed up with pg_dump, of its schema policy_library")
    with hold_data_folder(settings.home, "library backup") as folder:
        return backup.back_up(folder, target, _BACKED_UP_AS_THEY_ARE)


def restore(settings: Settings, source: Path) -> BackedUp:
    """Put a backup into the data folder, which has no library yet; its indexes are then to be rebuilt."""
    _check_in_folder(settings, "restored with pg_restore")
    with hold_data_folder(settings.home, "library restore") as folder:
        done = backup.restore(source, folder, _BACKED_UP_AS_THEY_ARE)
        with closing(Library(folder.library)) as library:
            # Else its vectors on a server would be those of the library that it is a copy of.
            library.record({IDENTITY: secrets.token_hex(8)})
        return done


def _check_in_folder(settings: Settings, otherwise: str) -> None:
    if settings.library != IN_FOLDER:
        raise BackupUnusable(
            f"The library is on a server, {settings.library}: it is {otherwise}, and its records, if they "
            "are there too, of policy_records. Nothing was done."
        )
