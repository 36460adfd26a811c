"""What each command does: settings in, printed text out, an exit code back.

Heavy libraries are imported by the command that needs them, so that `ask` starts fast.
"""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.commands.receipts import kept_path, print_lost, save_receipt
from assistant.errors import AssistantError, NoSuchDocuments
from assistant.settings import load_settings
from knowledge.policy import Filters

if TYPE_CHECKING:
    from assistant.answer import Answer
    from knowledge.indexing import IndexReport
    from knowledge.readable_library import ReadableLibrary

Command = Callable[[argparse.Namespace], int]


def index(options: argparse.Namespace) -> int:
    """Index documents, or the whole library anew; exit code 1 when a file could not be read."""
    from assistant.assembly import open_stores
    from knowledge.indexing import index_paths, rebuild
    from knowledge.quote_preparation import prepare_quotes

    if not options.paths and not options.rebuild:
        raise AssistantError("Name a document or a folder: policy-assistant index PATH")
    settings = load_settings()
    with open_stores(settings, "index", fresh_indexes=options.rebuild) as stores:
        report = None
        with stores.writing("index"), _progress_bar("indexing") as show:
            if options.rebuild:
                print(f"{_documents(rebuild(stores, show))} indexed anew")
            if options.paths:
                report = index_paths(options.paths, stores, show, all_gone=options.gone)
        with _progress_bar("preparing quotes") as show:
            prepare_quotes(stores, show)
        if report is not None:
            _print_report(report)
            if report.changed or report.removed:
                print_lost(settings.home, stores.library)
    return 1 if report is not None and report.failed else 0


def _print_report(report: "IndexReport") -> None:
    from assistant.answer_text import for_terminal

    for former, path in report.moved:
        print(for_terminal(f"moved: {former} -> {path}"))
    for path, other in report.repeated:
        print(for_terminal(f"kept once: {path} holds the same as {other}"))
    for sentence in report.failed:
        print(f"policy-assistant: {sentence}", file=sys.stderr)
    for sentence in report.hidden:
        print(for_terminal(sentence))
    if report.passed_over:
        kinds = ", ".join(f"{count} {kind}" for kind, count in report.passed_over)
        print(for_terminal(f"passed over, of no format that is read: {kinds}"))
    print(
        f"{report.added} added, {report.changed} changed, {report.removed} removed, "
        f"{len(report.moved)} moved, {report.unchanged} unchanged, {len(report.failed)} failed"
    )
    if report.changed or report.removed:
        print("see which saved cases have lost their quotes: policy-assistant evals cases check FILE")


def search(options: argparse.Namespace) -> int:
    """Show the passages that search finds."""
    from assistant.answer_text import for_terminal, place
    from assistant.answering import accepted_question
    from assistant.assembly import open_assistant
    from assistant.validity_text import warning
    from knowledge.language import language_of

    question, filters = accepted_question(options.question), filters_of(options)
    with open_assistant(load_settings(), "search") as assistant:
        check_filters(filters, assistant.library)
        found = assistant.search.distinct(question, limit=options.limit, filters=filters)
    for rank, retrieved in enumerate(found, start=1):
        how = " and ".join(sorted(retrieved.found_by))
        print(for_terminal(f"{rank}. {place(retrieved.passage)}  ({retrieved.passage.id}, by {how})"))
        told = warning(retrieved.validity, language_of(question))
        if told:
            print(for_terminal(f"! {told}"))
        print(for_terminal(f"{retrieved.passage.text}\n"))
    return 0


def ask(options: argparse.Namespace) -> int:
    """Answer one question."""
    from assistant.answer_text import as_json, as_text
    from assistant.answering import accepted_question
    from assistant.assembly import open_assistant

    question, filters, settings = accepted_question(options.question), filters_of(options), load_settings()
    with open_assistant(settings, "ask") as assistant:
        check_filters(filters, assistant.library)
        answer = assistant.answer(question, filters=filters)
        for path in _receipt_paths(options, settings.home, answer):
            save_receipt(answer, path, assistant.search.library, as_of=filters.as_of)
    print(json.dumps(as_json(answer), ensure_ascii=False, indent=2) if options.json else as_text(answer))
    return 0


def _receipt_paths(options: argparse.Namespace, home: Path, answer: "Answer") -> list[Path]:
    named = [options.receipt] if options.receipt else []
    return [*named, kept_path(home, answer)] if options.keep_receipt else named


_FIRST_QUESTION = "What is it about?"


def chat(options: argparse.Namespace) -> int:
    """Serve the chat page until it is stopped."""
    from assistant.admission import Admission
    from assistant.assembly import keeping_records, open_model, open_page
    from assistant.journal import Journal
    from assistant.log_lines import open_log
    from assistant.people_assembly import open_people
    from assistant.tracing import tracing
    from assistant.web.running.starting import saying_it_starts
    from assistant.web.server import build_app, listening, run_page
    from assistant.web.site import Site
    from assistant.web.words import Words

    settings = load_settings()
    open_log(settings.log, settings.log_level, settings.log_path)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # while it loads, as Ctrl+C; see `stopping`
    people = open_people(settings)
    door = Admission(settings.answers_at_once, settings.answers_waiting)
    with ExitStack() as stack:
        stack.callback(people.close)
        listener = stack.enter_context(
            listening(options.host or settings.host, options.port or settings.port, people)
        )
        with saying_it_starts(listener, Words(settings.language)):
            trace = stack.enter_context(tracing(settings.tracing))
            assistant, desk = stack.enter_context(open_page(settings, "chat", people.audit))
            records = stack.enter_context(keeping_records(settings))
            if not assistant.library.entries():
                print(
                    "The library is empty; send documents at the desk of the page, or stop it (Ctrl+C) and "
                    "add them with: policy-assistant index PATH",
                    file=sys.stderr,
                )
            # So that a person's first question does not wait for models to load; no language model is asked.
            replace(assistant, prose=None).answer(_FIRST_QUESTION)
            model = open_model(settings)
            if model is not None:
                model.prepare()
            journal = Journal(settings.log_questions == "yes", trace)
            served = replace(assistant, admitted=door.admitted, journal=journal)
            evals_folder = Path(settings.evals_folder)
            site = Site(served, settings.language, people, records, desk, evals_folder, door)
            app = build_app(site)
        run_page(site, app, listener)
    return 0


def filters_of(options: argparse.Namespace) -> Filters:
    """Which documents the options of a command restrict it to."""
    return Filters(
        document_ids=tuple(options.document),
        issuers=tuple(options.issuer),
        languages=tuple(options.language),
        date_from=options.date_from,
        date_to=options.date_to,
        as_of=options.as_of,
        include_superseded=options.superseded,
    )


def check_filters(filters: Filters, library: "ReadableLibrary") -> None:
    """Raise AssistantError when no document passes the filters."""
    # A mistyped id must not be answered with "the documents at hand do not say".
    from knowledge.findable import passes

    if filters != Filters() and not any(passes(document, filters) for document in library.documents()):
        raise NoSuchDocuments(
            "No document of the library passes these filters; list them all with: policy-assistant library"
        )


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"


@contextmanager
def _progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    from tqdm import tqdm

    with tqdm(unit=" passages", desc=what, disable=None, leave=False) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield show
