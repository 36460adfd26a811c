"""The `policy-assistant` command: what can be typed, and how errors are told."""
# ruff: noqa: T201 (errors are told on standard error)

import argparse
import io
import os
import re
import sqlite3
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path

from assistant.commands import check as check_commands
from assistant.commands import guidance as guidance_commands
from assistant.commands import library as library_commands
from assistant.commands import questions as commands
from assistant.commands import receipts as receipt_commands
from assistant.commands import records as records_commands
from assistant.errors import AssistantError
from knowledge.errors import KnowledgeError

EXIT_FAILED = 1  # argparse itself exits with 2 for what cannot be understood
EXIT_INTERRUPTED = 130

_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,9}", re.ASCII)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Errors are one sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
    except (KnowledgeError, AssistantError) as error:
        print(f"policy-assistant: {error}", file=sys.stderr)
    except BrokenPipeError:  # who reads the output, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, sqlite3.Error) as error:
        print(f"policy-assistant: {_system_error(error)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("policy-assistant: stopped; what was finished is kept.", file=sys.stderr)
        return EXIT_INTERRUPTED
    else:
        return code
    return EXIT_FAILED


def parser() -> argparse.ArgumentParser:
    """The whole command line, each command with an example."""
    top = argparse.ArgumentParser(
        prog="policy-assistant",
        description="Answers questions about policy documents in the documents' own words.",
        epilog="All state lies in one folder: POLICY_ASSISTANT_HOME.",
    )
    known = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    index = _command(known, "index", commands.index, "read documents into the library", "index seeds/")
    index.add_argument("paths", metavar="PATH", nargs="*", type=_path, help="a document or a folder of them")
    index.add_argument(
        "--rebuild", action="store_true", help="cut and index the whole library anew, from its stored texts"
    )

    index.add_argument(
        "--gone", action="store_true", help="take out the documents of a folder from which all are gone"
    )

    library_commands.add_library_commands(
        _command(known, "library", library_commands.listing, "list the documents of the library", "library")
    )

    search = _command(known, "search", commands.search, "show the passages found", 'search "negative list"')
    search.add_argument("question", metavar="QUESTION")
    search.add_argument(
        "--limit", type=_whole_number(1, 100), default=5, help="how many passages to show (default: 5)"
    )
    _add_filters(search)

    ask = _command(known, "ask", commands.ask, "answer one question", 'ask "如何扩大服务出口？"')
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON, quotes with offsets")
    ask.add_argument(
        "--receipt", metavar="FILE", type=_path, help="also write a receipt, to be verified later"
    )
    ask.add_argument("--keep-receipt", action="store_true", help="also keep a receipt in the data folder")
    _add_filters(ask)

    verified = _command(
        known, "verify", receipt_commands.verify, "check receipts against the library", "verify answer.json"
    )
    verified.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        type=_path,
        help="receipts, or folders of them (default: those kept)",
    )
    guide = _command(
        known,
        "guide",
        guidance_commands.guide,
        "say what the documents lay down on a described business",
        'guide "我公司进口机床，拟存放在保税区。" --out a.md',
    )
    guide.add_argument(
        "description", metavar="DESCRIPTION", help="of a business or a plan, at most 2,000 characters"
    )
    guide.add_argument(
        "--out", metavar="FILE", type=_path, help="write the table to FILE.md, FILE.docx or FILE.json"
    )
    _add_filters(guide)
    check_commands.add_check_arguments(
        _command(
            known,
            "check",
            check_commands.check,
            "check claims against given passages",
            "check --tasks in.jsonl --out out.jsonl",
        )
    )

    records_commands.add_records_commands(
        _command(known, "records", records_commands.listing, "list of whom conversations are kept", "records")
    )

    chat = _command(known, "chat", commands.chat, "open the chat page", "chat --port 7861")
    chat.add_argument("--host", help="address to listen on (default: the setting host)")
    chat.add_argument(
        "--port", type=_whole_number(1, 65_535), help="port to listen on (default: the setting port)"
    )

    # The evals room knows the assistant, never the other way round: it adds its commands by itself.
    for more in entry_points(group="policy_assistant.commands"):
        more.load()(known)
    return top


def _command(
    known: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: commands.Command,
    what: str,
    example: str,
) -> argparse.ArgumentParser:
    command = known.add_parser(
        name,
        help=what,
        description=what[0].upper() + what[1:] + ".",
        epilog=f"Example: policy-assistant {example}",
    )
    command.set_defaults(run=run)
    return command


def _add_filters(command: argparse.ArgumentParser) -> None:
    command.add_argument("--document", action="append", default=[], metavar="ID", help="only this document")
    command.add_argument("--issuer", action="append", default=[], help="only documents of this issuer")
    command.add_argument(
        "--language", action="append", default=[], choices=["en", "zh"], help="only documents in it"
    )
    command.add_argument(
        "--from", dest="date_from", metavar="DATE", type=_date, help="only documents dated so or later"
    )
    command.add_argument(
        "--to", dest="date_to", metavar="DATE", type=_date, help="only documents dated so or earlier"
    )

    command.add_argument(
        "--as-of", metavar="DATE", type=_day, help="what was in force on that day (default: today)"
    )
    command.add_argument(
        "--superseded",
        action="store_true",
        help="also documents that are superseded, repealed, expired or not yet in force, each marked",
    )


def _path(text: str) -> Path:
    if not text:  # Path("") is the current folder, which an unset shell variable does not mean
        raise argparse.ArgumentTypeError("a path must not be empty")
    return Path(text)


def _date(text: str) -> str:
    if not _is_date(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return text


def _day(text: str) -> str:
    if not _is_date(text) or len(text) != len("2021-04-29"):
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write YYYY-MM-DD")
    return text


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    year, month, day = (int(part) for part in f"{text}-01-01".split("-")[:3])
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _whole_number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} to {most}")
        return int(text)

    return read


def _system_error(error: OSError | sqlite3.Error) -> str:
    if isinstance(error, OSError) and error.filename:
        reason = os.strerror(error.errno) if error.errno else str(error)
        return f"{error.filename}: {reason}; check the path, its permissions and the free space of its disk."
    return f"{error}; check permissions and free space of the data folder."


if __name__ == "__main__":
    sys.exit(main())
