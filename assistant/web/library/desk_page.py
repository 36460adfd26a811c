"""The desk: send documents, decide on what waits, see the work, bring back what was removed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

from assistant.desk.desk import MOST_FILES, REMOVED_DAYS
from assistant.desk.jobs import Job
from assistant.web.documents.document_page import page
from assistant.web.words import Words
from knowledge.files.uploads import LARGEST_UPLOAD
from knowledge.reading import READABLE_SUFFIXES
from knowledge.stores.shelves import Shelved

DESK_HEAD = (
    '<link rel="stylesheet" href="/page-files/library.css">'
    '<script src="/page-files/library.js" defer></script>'
)
_JOBS_SHOWN = 8


def desk_page(
    waiting: Sequence[Shelved],
    removed: Sequence[Shelved],
    jobs: Sequence[Job],
    collections: Sequence[str],
    words: Words,
    bar: str,
) -> str:
    """The desk of one maintainer."""
    main = (
        f'<header class="document-head"><h1>{escape(words("desk_title"))}</h1>'
        f'<p class="note">{escape(words("desk_text"))}</p></header>'
        f"{_sending(collections, words)}{_waiting(waiting, words)}{_work(jobs, words)}"
        f"{_removed(removed, words)}{_care(words)}"
    )
    return page(words("desk_title"), main, words, bar=bar, head=DESK_HEAD, wide=True)


def refused_page(sentence: str, words: Words, bar: str) -> str:
    """One sentence that says why not, and the way back."""
    back = f'<p><a href="/library/desk?lang={words.language}">{escape(words("desk_back"))}</a></p>'
    main = (
        f'<header class="document-head"><h1>{escape(words("desk_refused"))}</h1></header>'
        f'<p class="validity" role="alert">{escape(sentence)}</p>{back}'
    )
    return page(words("desk_refused"), main, words, bar=bar, head=DESK_HEAD)


def findings_page(findings: Sequence[str], checked: Sequence[str], words: Words, bar: str) -> str:
    """What is wrong with library and indexes, and what of the documents needs a decision."""
    main = (
        f'<header class="document-head"><h1>{escape(words("desk_findings"))}</h1></header>'
        f'<h2 class="part">{escape(words("desk_findings_stores"))}</h2>'
        f"{_sentences(findings, words('desk_findings_none'))}"
        f'<h2 class="part">{escape(words("desk_findings_documents"))}</h2>'
        f"{_sentences(checked, words('desk_findings_none'))}"
        f'<p><a href="/library/desk?lang={words.language}">{escape(words("desk_back"))}</a></p>'
    )
    return page(words("desk_findings"), main, words, bar=bar, head=DESK_HEAD)


def action(address: str, label: str, words: Words, *, kind: str = "", body: str = "") -> str:
    """A form of one button."""
    return (
        f'<form class="action" method="post" action="{escape(address)}?lang={words.language}">{body}'
        f'<button type="submit" class="{kind}">{escape(label)}</button></form>'
    )


def collection_field(collections: Sequence[str], chosen: str, words: Words) -> str:
    """A field for a collection: those that are known are offered, another can be typed."""
    options = "".join(f'<option value="{escape(one)}"></option>' for one in collections)
    return (
        f'<label>{escape(words("library_collection"))}<input name="collection" list="collections" required '
        f'maxlength="100" value="{escape(chosen)}"></label><datalist id="collections">{options}</datalist>'
    )


def flags(hidden: Sequence[str], words: Words) -> str:
    """What a reader of the file does not see, each flag in the words of the reader of the format."""
    if not hidden:
        return ""
    items = "".join(f'<li lang="en">{escape(sentence)}</li>' for sentence in hidden)
    return (
        f'<div class="flags" role="note"><strong>{escape(words("desk_hidden"))}</strong><ul>'
        f"{items}</ul></div>"
    )


def job_line(job: Job, words: Words) -> str:
    """One piece of work in a line."""
    about = words("desk_files", count=job.about) if job.about.isdecimal() else job.about
    name = words(f"desk_job_{job.action.replace(' ', '_')}", about=about)
    state = words(f"desk_state_{job.state}")
    so_far = f" {job.done:,} / {job.total:,}" if job.total and not job.is_over else ""
    return f'{escape(name)} <span class="badge {job.state}">{escape(state)}{so_far}</span>'


def _sending(collections: Sequence[str], words: Words) -> str:
    caps = words("desk_caps", megabytes=LARGEST_UPLOAD // 1_000_000, files=MOST_FILES)
    accept = ",".join(READABLE_SUFFIXES)
    return (
        f'<section class="tool"><h2>{escape(words("desk_send"))}</h2>'
        f'<form class="sending" method="post" enctype="multipart/form-data" '
        f'action="/library/desk/upload?lang={words.language}" data-most="{MOST_FILES}" '
        f'data-largest="{LARGEST_UPLOAD}" data-too-many="{escape(words("desk_too_many", most=MOST_FILES))}" '
        f'data-too-large="{escape(words("desk_too_large", megabytes=LARGEST_UPLOAD // 1_000_000))}" '
        f'data-chosen="{escape(words("desk_chosen"))}" data-sending="{escape(words("desk_sending"))}">'
        f'<p class="drop" hidden>{escape(words("desk_drop"))}</p>'
        f'<label>{escape(words("desk_pick"))}<input type="file" name="files" multiple '
        f'accept="{accept}"></label>'
        f"<label>{escape(words('desk_pick_folder'))}"
        f'<input type="file" name="files" multiple webkitdirectory></label>'
        f"{collection_field(collections, 'general' if 'general' in collections else '', words)}"
        f'<p class="note">{escape(caps)}</p><p class="told" role="status"></p>'
        f'<button type="submit">{escape(words("desk_upload"))}</button></form></section>'
    )


def _waiting(waiting: Sequence[Shelved], words: Words) -> str:
    title = f"<h2>{escape(words('desk_waiting', count=len(waiting)))}</h2>"
    if not waiting:
        return (
            f'<section class="tool">{title}<p class="note">{escape(words("desk_waiting_none"))}</p></section>'
        )
    items = "".join(_waiting_item(one, words) for one in waiting)
    approve = f'<button type="submit">{escape(words("desk_approve_chosen"))}</button>'
    # What is thrown away is gone for good: it takes a second step.
    discard = (
        f'<details class="confirm"><summary>{escape(words("desk_discard"))}</summary>'
        f"<p>{escape(words('desk_discard_text'))}</p>"
        f'<button type="submit" class="danger" formaction="/library/desk/discard?lang={words.language}">'
        f"{escape(words('desk_discard_chosen'))}</button></details>"
    )
    return (
        f'<section class="tool">{title}<form method="post" '
        f'action="/library/desk/approve?lang={words.language}"><ul class="shelf">{items}</ul>'
        f'<div class="buttons">{approve}{discard}</div></form></section>'
    )


def _waiting_item(one: Shelved, words: Words) -> str:
    facts = one.facts
    told = [facts.issuer, facts.number, words.date(facts.date) if facts.date else None, one.collection]
    told += [words("desk_sent", by=one.by, at=when(one.at, words))]
    flag = f' <span class="badge flagged">{escape(words("desk_flagged"))}</span>' if one.layout.hidden else ""
    label = escape(words("desk_choose", title=facts.title))
    return (
        f'<li><input type="checkbox" name="document" value="{one.id}" aria-label="{label}"><div>'
        f'<a href="/library/desk/documents/{one.id}?lang={words.language}" lang="{one.language}">'
        f"{escape(facts.title)}</a>{flag}"
        f'<span class="card-facts">{escape(words("joiner").join(filter(None, told)))}</span></div></li>'
    )


def _work(jobs: Sequence[Job], words: Words) -> str:
    if not jobs:
        return ""
    items = "".join(
        f'<li><a href="/library/desk/jobs/{job.id}?lang={words.language}">{job_line(job, words)}</a></li>'
        for job in jobs[:_JOBS_SHOWN]
    )
    return (
        f'<section class="tool"><h2>{escape(words("desk_work"))}</h2><ul class="shelf">{items}</ul></section>'
    )


def _removed(removed: Sequence[Shelved], words: Words) -> str:
    if not removed:
        return ""
    items = "".join(
        f'<li><div><a href="/library/desk/documents/{one.id}?lang={words.language}" lang="{one.language}">'
        f'{escape(one.facts.title)}</a><span class="card-facts">'
        f"{escape(words('desk_removed_by', by=one.by, at=when(one.at, words), until=_until(one.at, words)))}"
        "</span></div>"
        f"{action(f'/library/desk/documents/{one.id}/restore', words('desk_restore'), words)}</li>"
        for one in removed
    )
    return (
        f'<section class="tool"><h2>{escape(words("desk_removed"))}</h2><ul class="shelf">'
        f"{items}</ul></section>"
    )


def _care(words: Words) -> str:
    link = f'<a href="/library/desk/findings?lang={words.language}">{escape(words("desk_findings"))}</a>'
    anew = action("/library/desk/index", words("desk_index_all"), words, kind="quiet")
    return (
        f'<section class="tool"><h2>{escape(words("desk_care"))}</h2><p>{link}</p>'
        f'<p class="note">{escape(words("desk_index_all_text"))}</p>{anew}</section>'
    )


def when(at: str, words: Words) -> str:
    """A moment as a day in words with hours and minutes, UTC."""
    return f"{words.date(at[:10])} {at[11:16]}"


def _until(at: str, words: Words) -> str:
    day = datetime.fromisoformat(at) + timedelta(days=REMOVED_DAYS)
    return words.date(day.date().isoformat())


def _sentences(sentences: Sequence[str], none: str) -> str:
    if not sentences:
        return f'<p class="note">{escape(none)}</p>'
    items = "".join(f'<li lang="en">{escape(sentence)}</li>' for sentence in sentences)
    return f'<ul class="findings">{items}</ul>'
