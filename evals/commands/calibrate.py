"""`policy-assistant evals calibrate`: the weights and thresholds that the product loads, fitted anew."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError
from assistant.settings import load_settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from evals.fitting.parts import Part
    from evals.fitting.workbench import Workbench

_NAMES = ("answers", "claims")


def add_command(commands: "_SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `evals calibrate` to the command line."""
    calibrate = commands.add_parser(
        "calibrate",
        help="fit the weights and thresholds anew",
        description="Fit when to answer and what to quote, and when passages support a claim, on the "
        "cases and on public data sets; print how they agree with the labels, and write them where the "
        "product loads them, with the data's hashes, the curve of the threshold and the date.",
        epilog="Example: policy-assistant evals calibrate answers --dry-run",
    )
    calibrate.add_argument(
        "parts",
        metavar="PART",
        nargs="*",
        help="answers (when to answer, what to quote) or claims (when one is supported); default: both",
    )
    calibrate.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        help="the folder of the public data sets (default: POLICY_ASSISTANT_PUBLIC_DATA, or shared/data "
        "beside the checkout)",
    )
    calibrate.add_argument("--dry-run", action="store_true", help="print the figures and write nothing")
    calibrate.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    unknown = [name for name in options.parts if name not in _NAMES]
    if unknown:
        raise AssistantError(f"There is nothing called {unknown[0]!r} to fit; it is: {' or '.join(_NAMES)}.")

    from evals.fitting.parts import PARTS
    from evals.fitting.workbench import open_workbench
    from evals.public.sets import public_data_folder

    public = options.data or public_data_folder(os.environ)
    parts = [PARTS[name] for name in dict.fromkeys(options.parts)] or list(PARTS.values())
    _check_data(parts, public)
    with open_workbench(load_settings().home, public) as bench:
        for part in parts:
            calibrate_part(part, bench, write=not options.dry_run)
    return 0


def _check_data(parts: "list[Part]", public: Path) -> None:
    from evals.fitting.data_files import absent
    from evals.fitting.parts import ROOT

    if not public.is_dir():
        raise AssistantError(
            f"There is no folder {public} with the public data sets; name it with --data or set "
            "POLICY_ASSISTANT_PUBLIC_DATA."
        )
    for part in parts:
        for folder, names in ((public, part.public_files), (ROOT, part.own_files)):
            if missing := absent(folder, names):
                raise AssistantError(
                    f"To fit {part.name}, {', '.join(missing)} must be in {folder}; nothing was written."
                )


def calibrate_part(part: "Part", bench: "Workbench", *, write: bool) -> None:
    """Fit one part, print what it reached and how far its weights moved, and write them if asked to."""
    from evals.fitting.agreement_table import agreement_table
    from evals.fitting.parts import calibrated
    from evals.fitting.weights_file import largest_change, write_weights

    stored = calibrated(part, bench, datetime.now(UTC).date())
    before = json.loads(part.target.read_text("utf-8")) if part.target.is_file() else {}
    moved = largest_change(before, stored)
    change = (
        "These are other weights than the stored ones."
        if moved is None
        else f"The weights differ from the stored ones by at most {moved:.4g}."
    )
    fitted_on = ", ".join(f"{name} ({count})" for name, count in stored["fitted_on"].items())
    lines = [f"Fitted: {part.told}.", f"On: {fitted_on}", agreement_table(part.name, stored), change]
    if write:
        write_weights(stored, part.target)
        lines.append(f"Written: {part.target}")
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()
