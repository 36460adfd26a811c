"""`policy-assistant check`: whether given passages support claims, on any texts."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
import json
from pathlib import Path

from assistant.errors import AssistantError
from assistant.settings import load_settings


def add_check_arguments(command: argparse.ArgumentParser) -> None:
    """What can be typed behind `check`."""
    command.add_argument(
        "--tasks", metavar="IN.jsonl", type=Path, required=True, help='lines of {"id", "claim", "passages"}'
    )
    command.add_argument("--out", metavar="OUT.jsonl", type=Path, required=True, help="the checks to write")


def check(options: argparse.Namespace) -> int:
    """Check every claim of a file; write score, verdict, reason and evidence for each of its sentences."""
    from assistant.assembly import open_claim_checker
    from assistant.claims.claim_tasks import as_json, check_claims, read_claim_tasks

    tasks = read_claim_tasks(options.tasks)
    if options.out.exists() and options.out.samefile(options.tasks):
        raise AssistantError(f"{options.out} holds the claims; name another file for the checks.")
    supported = 0
    with (
        open_claim_checker(load_settings(), "check") as (checker, embedder),
        options.out.open("w", encoding="utf-8", newline="\n") as out,
    ):
        for task, support in check_claims(tasks, checker=checker, embedder=embedder):
            out.write(json.dumps(as_json(task, support), ensure_ascii=False) + "\n")
            supported += support.supported
    print(f"{len(tasks)} claims: {supported} supported\nWritten: {options.out}")
    return 0
