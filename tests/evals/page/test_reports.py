"""Reports out of a folder, and the page that shows the latest of them."""

import json
from pathlib import Path

from assistant.web.other_rooms import ThumbsDown
from assistant.web.words import Words
from evals.page.report_page import report_page
from evals.page.reports import read_report, report_stems
from evals.report.files import write_reports
from evals.running.record import write_record
from tests.evals.report.made_runs import made_record, made_run  # type: ignore[import-not-found]
