"""One piece of work: how far it is, and what became of each file."""

from html import escape

from assistant.desk.jobs import FileResult, Job
from assistant.web.documents.document_page import page
from assistant.web.error_text import error_text
from assistant.web.library.desk_page import DESK_HEAD, flags, job_line
from assistant.web.own_language import in_own_language
from assistant.web.words import Words


def job_page(job: Job, words: Words, bar: str) -> str:
    """The page; library.js brings the part of it that changes up to date, without it a link does."""
    main = (
        f'<header class="document-head"><h1>{escape(words("desk_job"))}</h1></header>{job_part(job, words)}'
        f'<p><a href="/library/desk?lang={words.language}">{escape(words("desk_back"))}</a></p>'
    )
    return page(words("desk_job"), main, words, bar=bar, head=DESK_HEAD)


def job_part(job: Job, words: Words) -> str:
    """What changes while the job goes on."""
    address = f"/library/desk/jobs/{job.id}?lang={words.language}"
    over = "true" if job.is_over else "false"
    parts = [f'<p role="status" class="job-line">{job_line(job, words)}</p>']
    if not job.is_over:
        if job.total:
            parts.append(
                f'<progress value="{job.done}" max="{job.total}" '
                f'aria-label="{escape(words("desk_job"))}"></progress>'
            )
        parts.append(f'<p><a class="again" href="{address}">{escape(words("desk_again"))}</a></p>')
    if job.state == "failed":
        told = error_text(job.error, words) if job.error is not None else words("failed_job")
        parts.append(f'<p class="validity" role="alert">{escape(told)}</p>')
    if job.results:
        parts.append(f'<ul class="shelf results">{"".join(_result(one, words) for one in job.results)}</ul>')
    if job.state == "done" and job.document_id:
        link = f"/library/desk/documents/{job.document_id}?lang={words.language}"
        parts.append(f'<p><a href="{link}">{escape(words("desk_see_document"))}</a></p>')
    return f'<div id="job" data-over="{over}" data-address="{address}&amp;part=1">{"".join(parts)}</div>'


def _result(one: FileResult, words: Words) -> str:
    badge = one.outcome.replace(" ", "-")
    outcome = escape(words(f"desk_outcome_{one.outcome.replace(' ', '_')}"))
    named = escape(one.name)
    if one.document_id is not None:
        place = "documents" if one.outcome == "is in the library" else "library/desk/documents"
        title = in_own_language(one.title)
        named = (
            f'<a href="/{place}/{one.document_id}?lang={words.language}">{title}</a> <span '
            f'class="card-facts">{named}</span>'
        )
    why = one.told_in_chinese if words.language == "zh" else one.told
    told = f'<span class="card-facts">{escape(why)}</span>' if why else ""
    return (
        f'<li><div>{named} <span class="badge {badge}">{outcome}</span>'
        f"{told}{flags(one.hidden, words)}</div></li>"
    )
