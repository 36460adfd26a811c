"""What `guide` does: a description in, the table printed or written to a file."""
# ruff: noqa: T201 (what a command prints is its result)

import argparse
from pathlib import Path

from assistant.settings import load_settings


def guide(options: argparse.Namespace) -> int:
    """Say what the documents lay down on a described business."""
    from assistant.answering import accepted_question
    from assistant.assembly import open_assistant
    from assistant.commands.questions import check_filters, filters_of
    from assistant.guidance.saving import check_name, save
    from assistant.guidance.table_text import as_text

    description, filters = accepted_question(options.description), filters_of(options)
    target: Path | None = options.out
    if target is not None:
        check_name(target)
    with open_assistant(load_settings(), "guide") as assistant:
        check_filters(filters, assistant.library)
        guidance = assistant.guidance(description, filters)
    if target is None:
        print(as_text(guidance))
    else:
        save(guidance, target)
        print(f"{len(guidance.provisions)} provisions written to {target}")
    return 0
