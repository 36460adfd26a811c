"""`library diff` and `library check`: what changed between versions, what ends and what is missing."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
import json
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from knowledge.library import Library
    from knowledge.policy import Document
    from knowledge.validity.version_diff import Change, Piece

_WITHIN = 90  # days
_MARKS = {"same": "", "removed": "-", "added": "+"}


def add_version_commands(below: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `diff` and `check` to the commands of `library`."""
    diff = below.add_parser(
        "diff",
        help="show clause by clause what changed between two versions",
        description=(
            "Show clause by clause what changed between two versions of a document: words that went stand "
            "in -…-, words that came in +…+."
        ),
        epilog="Example: policy-assistant library diff 3f2a9c0d11e47b65",
    )
    diff.add_argument("document", metavar="DOC", help="id, title or file name of a document")
    diff.add_argument(
        "other", metavar="OTHER", nargs="?", help="the other document (default: the version before)"
    )
    diff.add_argument("--json", action="store_true", help="print the changes as JSON")
    diff.set_defaults(run=show_diff)
    check = below.add_parser(
        "check",
        help="list documents that end, have ended, or lack metadata",
        description=(
            "List documents that expire soon, have expired, are repealed or superseded, and what is not "
            "known of them. Exit code 1 when one needs a decision: it ends, has ended, or nothing says when."
        ),
        epilog="Example: policy-assistant library check --within 90",
    )
    check.add_argument(
        "--within",
        metavar="DAYS",
        type=_days,
        default=_WITHIN,
        help=f"how far ahead to look (default: {_WITHIN})",
    )
    check.set_defaults(run=run_check)


def show_diff(options: argparse.Namespace) -> int:
    """Print what changed between two versions."""
    from assistant.answer_text import for_terminal
    from assistant.assembly import open_library
    from knowledge.validity.version_diff import differences

    with open_library(load_settings(), "library diff") as library:
        document = _named(options.document, library)
        other = _named(options.other, library) if options.other else _neighbour(document, library)
        old, new = sorted((document, other), key=lambda one: _order(one, document))
        changes = differences(library.sections(old.id), library.sections(new.id))
    if options.json:
        record = {"old": _as_json(old), "new": _as_json(new), "changes": [_change(one) for one in changes]}
        print(json.dumps(record, ensure_ascii=False, indent=2))
        return 0
    print(for_terminal(f"{_shown(old)}\n→ {_shown(new)}\n"))
    for change in changes:
        labels = dict.fromkeys(label or "—" for label in (change.old_label, change.new_label))
        where = change.new_label or change.old_label if change.kind != "changed" else " → ".join(labels)
        print(for_terminal(f"{change.kind}: {where}\n{''.join(map(_marked, change.pieces))}\n"))
    counts = [
        f"{sum(change.kind == kind for change in changes)} {kind}" for kind in ("changed", "added", "removed")
    ]
    print(", ".join(counts))
    return 0


def run_check(options: argparse.Namespace, *, today: date | None = None) -> int:
    """Print what a keeper of the library has to know; exit code 1 when something needs a decision."""
    from assistant.answer_text import for_terminal
    from assistant.assembly import open_library
    from knowledge.validity.library_check import NEED_ACTION, findings

    with open_library(load_settings(), "library check") as library:
        entries = {entry.id: entry for entry in library.entries()}
    found = findings(list(entries.values()), today or date.today(), options.within)
    for concern, some in groupby(found, key=lambda one: one.concern):
        print(f"{concern}:")
        for one in some:
            print(for_terminal(f"  {one.document_id}  {entries[one.document_id].facts.title} {one.told}"))
    needing = {one.document_id for one in found if one.concern in NEED_ACTION}
    print(f"{len(entries)} documents checked, {len(needing)} need a decision")
    return 1 if needing else 0


def _days(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) > 36_500:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days from 0 to 36500")
    return int(text)


def _named(name: str, library: "Library") -> "Document":
    from pathlib import Path

    documents = library.documents()
    for known in (
        [one for one in documents if one.id == name],
        [one for one in documents if name in (one.title, Path(one.path).name)],
    ):
        if len(known) == 1:
            return known[0]
        if known:
            ids = ", ".join(f"{one.id} ({_day(one) or 'no date'})" for one in known)
            raise AssistantError(f"{len(known)} documents are named {name!r}; give the id of one: {ids}")
    raise AssistantError(
        f"The library has no document {name!r}; see their ids with: policy-assistant library"
    )


def _neighbour(document: "Document", library: "Library") -> "Document":
    """The version before a document, or behind it when it is the first."""
    from knowledge.validity.versions import instruments

    versions = next(
        some for some in instruments(library.entries()) if document.id in {one.id for one in some}
    )
    place = [one.id for one in versions].index(document.id)
    if len(versions) == 1:
        raise AssistantError(
            f"The library has no other version of {document.title}; name the document to compare with."
        )
    found = library.document(versions[place - 1 if place else 1].id)
    assert found is not None  # noqa: S101 (it was listed a moment ago)
    return found


def _day(document: "Document") -> str | None:
    from knowledge.validity.versions import begins

    return begins(document.facts)


def _order(one: "Document", named_first: "Document") -> tuple[str, bool]:
    # Without dates, what was named first is taken as the older one.
    return _day(one) or "", one.id != named_first.id


def _shown(document: "Document") -> str:
    return f"{document.title} ({_day(document) or 'no date'}, {document.id})"


def _as_json(document: "Document") -> dict[str, str | None]:
    return {"document_id": document.id, "title": document.title, "in_force_from": _day(document)}


def _change(change: "Change") -> dict[str, object]:
    return {
        "kind": change.kind,
        "old_label": change.old_label,
        "new_label": change.new_label,
        "pieces": [{"kind": piece.kind, "text": piece.text} for piece in change.pieces],
        "text": "".join(map(_marked, change.pieces)),
    }


def _marked(piece: "Piece") -> str:
    mark = _MARKS[piece.kind]
    return f"{mark}{piece.text}{mark}"
