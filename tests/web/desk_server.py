"""The page over a library of its own with desk, history and evals: real stores, no model.

Run `python -m tests.web.desk_server HOME` to look at it; the home is made when it is not there.
"""

import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from assistant.answer import Answer
from assistant.assembly import assemble
from assistant.assistant import Assistant
from assistant.desk.desk import Desk
from assistant.records.records import Records
from assistant.records.stored import Rating, Reason
from assistant.records.stored_answer import stored_answer
from assistant.settings import Settings
from evals.report.files import write_reports
from evals.running.record import write_record
from knowledge.dictionary import ChineseDictionary
from knowledge.files.uploads import Uploads
from tests.evals.made_runs import RUN, record_of
from tests.fakes import BagOfTermsEmbedder
from tests.knowledge.opened_stores import index, opened_stores

DISLIKED, WHY = "What is the registration fee?", "It was to be 13 yuan."
REPORT = "run-20260131T120000Z"
ACT = """# Service Trade Act

## Chapter 1 General

### Article 1 Scope

This Act applies to service exports.

### Article 2 Fees

The registration fee is {fee} yuan.
"""
MEASURES = """服务贸易便利化试行办法

第一章　总则
第一条　为扩大服务出口，提高贸易便利化水平，制定本办法。
第二章　便利措施
第二条　服务出口企业可以凭合同直接办理跨境收付。
第三条　主管部门应当自受理申请之日起五个工作日内作出决定。
"""
CATALOG = """[[document]]
file = "act-2020.md"
title = "Service Trade Act"
issuer = "Ministry of Commerce"
kind = "act"
level = "law"
date = "2020-05-01"

[[document]]
file = "act-2024.md"
title = "Service Trade Act"
issuer = "Ministry of Commerce"
kind = "act"
level = "law"
date = "2024-05-01"

[[document]]
file = "measures.txt"
title = "服务贸易便利化试行办法"
date = "2021-04-29"
kind = "办法"
"""


def write_documents(folder: Path) -> None:
    """Two versions of an act and Chinese measures, made up for the tests."""
    folder.mkdir(parents=True)
    (folder / "act-2020.md").write_text(ACT.format(fee=20))
    (folder / "act-2024.md").write_text(ACT.format(fee=30) + "\n### Article 3 Visas\n\nVisas are free.\n")
    (folder / "measures.txt").write_text(MEASURES)
    (folder / "catalog.toml").write_text(CATALOG)


def write_report(folder: Path) -> None:
    """The report of a small run of evals."""
    folder.mkdir(exist_ok=True)
    record = record_of(folder)
    write_record(record, folder / f"{REPORT}.json")
    write_reports(RUN, record, folder, REPORT)


def dislike(records: Records, assistant: Assistant) -> None:
    """Keep an answer of which somebody says that it was no help."""
    *_, answer = assistant.steps(DISLIKED)
    assert isinstance(answer, Answer)
    kept = records.keep("somebody", None, DISLIKED, stored_answer(answer))
    records.feedback.give("somebody", kept.exchange, Rating.DOWN, Reason.NO_ANSWER, WHY)


def main(home: Path) -> None:
    """Serve until interrupted."""
    from assistant.people.audit import Unrecorded
    from assistant.web.server import serve
    from assistant.web.site import Site
    from tests.network_guard import forbid_network

    forbid_network()
    (home / "cache").mkdir(parents=True, exist_ok=True)
    documents = home.parent / "documents"
    if not documents.exists():
        write_documents(documents)
    with (
        closing(ChineseDictionary(home / "cache")) as dictionary,
        opened_stores(home, BagOfTermsEmbedder(), dictionary) as stores,
    ):
        index(stores, documents)
        assistant = assemble(stores, Settings(home), today=lambda: date(2026, 1, 1))
        write_report(home / "evals")
        with (
            closing(Records(home / "records.sqlite", 90)) as records,
            closing(Desk(stores, Uploads(home / "uploads"), audit=Unrecorded())) as desk,
        ):
            dislike(records, assistant)
            serve(Site(assistant, records=records, desk=desk, evals_folder=home / "evals"), port=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
