"""The `library` commands that keep it: show, remove, export, backup, restore, doctor, duplicates."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import IN_FOLDER, load_settings

if TYPE_CHECKING:
    from knowledge.library import Library


def add_keeping_commands(known: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to `policy-assistant library`."""
    shown = _command(known, "show", show, "show what is known of a document", "show 0123456789abcdef")
    shown.add_argument("document", metavar="ID", help="a document, as `library` lists it")

    removed = _command(
        known, "remove", remove, "take documents out of the library", "remove ~/policies/old.md"
    )
    removed.add_argument("documents", metavar="ID|PATH", nargs="+", help="a document, a file or a folder")

    exported = _command(
        known, "export", export, "write stored texts and facts into files", "export --all out"
    )
    exported.add_argument("documents", metavar="ID", nargs="*", help="documents, as `library` lists them")
    exported.add_argument("folder", metavar="DIR", type=Path, help="a folder to write into")
    exported.add_argument("--all", action="store_true", help="every document")
    exported.add_argument("--json", action="store_true", help="JSON with sections instead of Markdown")

    backed_up = _command(known, "backup", backup, "write the library into one file", "backup policies.zip")
    backed_up.add_argument("file", metavar="FILE", type=Path, help="the file to write")

    restored = _command(known, "restore", restore, "bring a backup back", "restore policies.zip")
    restored.add_argument("file", metavar="FILE", type=Path, help="what `library backup` wrote")

    _command(known, "doctor", doctor, "find what is damaged, and say how to repair it", "doctor")

    _command(known, "duplicates", duplicates, "list documents that say the same or nearly", "duplicates")


def show(options: argparse.Namespace) -> int:
    """Show a document's facts, files, layout and outline."""
    from assistant.answer_text import for_terminal
    from assistant.assembly import open_library
    from assistant.commands.document_record import as_lines

    with open_library(load_settings(), "library show") as library:
        document = library.document(options.document)
        if document is None:
            raise _unknown(options.document)
        sections, passages = library.sections(document.id), len(library.passages_of(document.id))
        lines = as_lines(document, sections, _files(library, document.id), passages)
    print(for_terminal("\n".join(lines)))
    return 0


def remove(options: argparse.Namespace) -> int:
    """Take documents out; says which of their files would bring them back."""
    from assistant.answer_text import for_terminal
    from assistant.assembly import open_stores
    from knowledge.indexing import take_out

    with open_stores(load_settings(), "library remove") as stores:
        known = {**stores.library.files(), **stores.library.arriving_files()}
        files = sorted({path for name in options.documents for path in _files_of(name, known)})
        with stores.writing("library remove"):
            take_out(files, stores)
    for path in files:
        there = "; the file is still there and comes back when its folder is indexed" * _is_there(Path(path))
        print(for_terminal(f"removed: {path}{there}"))
    return 0


def export(options: argparse.Namespace) -> int:
    """Write each document into a file named by its id."""
    from assistant.assembly import open_library
    from assistant.commands.document_record import as_markdown, as_record

    if options.all == bool(options.documents):
        raise AssistantError(
            "Name documents by their ids, or all of them: policy-assistant library export --all DIR"
        )
    with open_library(load_settings(), "library export") as library:
        ids = [entry.id for entry in library.entries()] if options.all else list(options.documents)
        for id_ in ids:
            if library.state(id_) != "current":
                raise _unknown(id_)
        options.folder.mkdir(parents=True, exist_ok=True)
        for id_ in ids:
            document = library.document(id_)
            if document is None:
                raise _unknown(id_)
            files = _files(library, id_)
            if options.json:
                record = as_record(document, library.sections(id_), files)
                text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
            else:
                text = as_markdown(document, files)
            target = options.folder / f"{id_}.{'json' if options.json else 'md'}"
            target.write_bytes(text.encode())  # as bytes, so that no line end is changed
    print(f"{_documents(len(ids))} written into {options.folder}")
    return 0


def backup(options: argparse.Namespace) -> int:
    """Write a backup."""
    from assistant.keeping_assembly import back_up

    settings = load_settings()
    done = back_up(settings, options.file)
    print(f"{_documents(done.documents)} backed up in {options.file}")
    if settings.records != IN_FOLDER:
        print("the records are on a server and not in it; back them up with pg_dump")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Check a backup, put it into an empty data folder and rebuild the indexes."""
    from assistant.assembly import open_stores
    from assistant.keeping_assembly import restore as put_back
    from knowledge.indexing import rebuild

    settings = load_settings()
    done = put_back(settings, options.file)
    print(f"{_documents(done.documents)} of {done.made} restored; indexing …")
    with open_stores(settings, "library restore", fresh_indexes=True) as stores:
        print(f"{_documents(rebuild(stores, lambda _done, _total: None))} indexed anew")
    return 0


def doctor(_options: argparse.Namespace) -> int:
    """Print every finding; exit code 1 when there is one."""
    from assistant.keeping_assembly import examine

    findings = examine(load_settings())
    for finding in findings:
        print(f"- {finding.sentence}")
    print("nothing is wrong" if not findings else f"{len(findings)} found")
    return 1 if findings else 0


def duplicates(_options: argparse.Namespace) -> int:
    """List files with the same bytes, then documents that say nearly the same."""
    from assistant.answer_text import for_terminal
    from assistant.assembly import open_library
    from knowledge.files.file_moves import repeated_files
    from knowledge.stores.near_duplicates import near_duplicates

    with open_library(load_settings(), "library duplicates") as library:
        repeated = repeated_files({}, library.contents())
        entries = {entry.id: entry for entry in library.entries()}
        texts = ((id_, document.text) for id_ in entries if (document := library.document(id_)))
        pairs = near_duplicates(texts)
    for path, other in repeated:
        print(for_terminal(f"same bytes: {path} = {other}"))
    for pair in pairs:
        first, second = (f"{id_} {entries[id_].facts.title}" for id_ in (pair.first, pair.second))
        print(for_terminal(f"{pair.likeness:.0%} alike: {first} ~ {second}"))
    print(f"{len(repeated)} files repeat another, {len(pairs)} pairs of documents are alike")
    return 0


def _command(
    known: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    what: str,
    example: str,
) -> argparse.ArgumentParser:
    command = known.add_parser(
        name,
        help=what,
        description=what[0].upper() + what[1:] + ".",
        epilog=f"Example: policy-assistant library {example}",
    )
    command.set_defaults(run=run)
    return command


def _files(library: "Library", document_id: str) -> list[str]:
    return sorted(path for path, id_ in library.files().items() if id_ == document_id)


def _files_of(name: str, known: dict[str, str]) -> list[str]:
    """The known files that lead to the document of that id, or are or lie under that path."""
    by_id = [path for path, id_ in known.items() if id_ == name]
    place = str(Path(name).absolute())
    resolved = str(Path(name).resolve())
    by_path = [
        path for path in known for top in (place, resolved) if path == top or path.startswith(f"{top}/")
    ]
    found = by_id or by_path
    if not found:
        raise _unknown(name)
    return found


def _is_there(path: Path) -> bool:
    return any(place.is_file() for place in (path, *path.parents))  # itself, or the archive that it is in


def _unknown(name: str) -> AssistantError:
    return AssistantError(
        f"There is no document {name} in the library; list them all with: policy-assistant library"
    )


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"
