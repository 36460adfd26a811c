"""What the `doctor` command does: look at all that an installation needs, and say in words what is wrong."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from assistant.errors import AssistantError, PeopleError, SettingsError
from assistant.settings import IN_FOLDER, NONE, Settings, load_settings
from assistant.setup.finding import SetupFinding, Weight, error, fine, warning
from knowledge.errors import DataFolderBusy, KnowledgeError


def doctor(_options: argparse.Namespace) -> int:
    """Print every finding with its remedy; exit code 1 when one is an error."""
    findings = []
    for finding in _findings():
        findings.append(finding)
        print(f"{'ok' if finding.weight is Weight.FINE else finding.weight:<9}{finding.sentence}", flush=True)
    errors = sum(one.weight is Weight.ERROR for one in findings)
    warnings = sum(one.weight is Weight.WARNING for one in findings)
    said = f"{_counted(errors, 'error')}, {_counted(warnings, 'warning')}"
    print(said if errors or warnings else "nothing is wrong")
    return 1 if errors else 0


def _findings() -> Iterator[SetupFinding]:
    from assistant.setup.floors import check_packages, check_python, installed_versions
    from assistant.setup.places import check_chinese_face, check_clock, check_disk

    yield check_python()
    yield from check_packages(installed_versions())
    yield check_chinese_face()
    try:
        settings = load_settings()
    except SettingsError as mistake:
        yield error(str(mistake))
        return
    yield check_disk(settings.home)
    yield check_clock(time.time(), _newest(settings.home))
    yield from _of_weights(settings)
    yield from _of_library(settings)
    yield from _of_page(settings)
    yield from _of_model(settings)


def _newest(home: Path) -> Path:
    library = home / "library.sqlite"
    return library if library.exists() else Path(__file__)


def _of_weights(settings: Settings) -> Iterator[SetupFinding]:
    from assistant.keeping_assembly import the_embedder
    from assistant.setup.weights import check_weights

    cache = settings.home / "cache"
    yield from check_weights(lambda: the_embedder(settings), cache if cache.is_dir() else None)


def _of_library(settings: Settings) -> Iterator[SetupFinding]:
    from assistant.keeping_assembly import glance

    if settings.library == IN_FOLDER and not (settings.home / "library.sqlite").exists():
        yield warning("The library is empty; add documents with: policy-assistant index PATH")
        return
    try:
        documents, wrong = glance(settings)
    except SettingsError as mistake:
        yield error(str(mistake))
    except DataFolderBusy as busy:
        yield warning(f"{busy} So the library was not looked at.")
    except KnowledgeError as fault:
        yield error(str(fault))
    else:
        yield from (error(one.sentence) for one in wrong)
        if not documents:
            yield warning("The library is empty; add documents with: policy-assistant index PATH")
        elif not wrong:
            yield fine(
                f"The library holds {_counted(documents, 'document')}; for a look at all of it: "
                "policy-assistant library doctor"
            )


def _of_page(settings: Settings) -> Iterator[SetupFinding]:
    from assistant.people_assembly import open_people
    from assistant.setup.places import check_port, check_users_file
    from assistant.web.loopback import is_loopback
    from assistant.web.server import check_address

    try:
        people = open_people(settings)
    except (SettingsError, PeopleError) as fault:
        yield error(str(fault))
    else:
        yield check_port(settings.host, settings.port, partial(check_address, people=people))
    users = None if settings.users == NONE else settings.home / Path(settings.users).expanduser()
    finding = check_users_file(users, is_local=is_loopback(settings.host))
    if finding is not None:
        yield finding


def _of_model(settings: Settings) -> Iterator[SetupFinding]:
    from assistant.assembly import open_model
    from assistant.setup.model_address import check_model

    try:
        model = open_model(settings)
    except AssistantError as mistake:
        yield error(str(mistake))
        return
    if model is None:
        yield fine("No language model is set: answers are in the documents' own words")
    else:
        yield check_model(model.name, model.url)


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
