"""From when until when each version of a document is in force: a picture, and the same in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from assistant.web.library.table_page import status_badge
from assistant.web.words import Words
from knowledge.policy import Entry, Validity

_WIDTH, _LEFT, _RIGHT = 340, 6, 6  # drawn as wide as it stands beside the text, so that its words can be read
_ROW, _TOP, _BOTTOM = 24, 30, 26
_LEAST_SPAN = 730  # days that the line covers at least, so that a young document is no full bar
_BEYOND = 0.06  # of the line, before the first day and behind the last one


Across = Callable[[date], float]  # where a day stands on the line


@dataclass(frozen=True, slots=True)
class Version:
    """One version with what it is today."""

    entry: Entry
    validity: Validity


def timeline_html(versions: Sequence[Version], shown_id: str, today: date, words: Words) -> str:
    """The versions on a line with today's mark, then each in words with a link; the earliest first."""
    return f"{_picture(versions, shown_id, today, words)}{_in_words(versions, shown_id, words)}"


def _picture(versions: Sequence[Version], shown_id: str, today: date, words: Words) -> str:
    """The drawing; nothing where no version says when it begins."""
    days = [
        date.fromisoformat(day) for one in versions for day in (one.validity.begins, one.validity.ends) if day
    ]
    if not any(one.validity.begins for one in versions):
        return ""
    first, last = min([*days, today]), max([*days, today])
    length = max((last - first).days, _LEAST_SPAN)
    start = first.toordinal() - length * _BEYOND
    scale = (_WIDTH - _LEFT - _RIGHT) / (length * (1 + 2 * _BEYOND))

    def x(day: date) -> float:
        return round(_LEFT + (day.toordinal() - start) * scale, 1)

    height = _TOP + _ROW * len(versions) + _BOTTOM
    bars = "".join(
        _bar(one, _TOP + _ROW * number, x, one.entry.id == shown_id, words)
        for number, one in enumerate(versions)
    )
    now = x(today)
    label = escape(words("timeline_label", count=len(versions)))
    anchor = "end" if now > _WIDTH * 0.7 else "middle" if now > _WIDTH * 0.3 else "start"
    base = height - _BOTTOM + 4
    return (
        f'<svg class="timeline" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{label}">'
        f'<line class="axis" x1="{_LEFT}" y1="{base}" x2="{_WIDTH - _RIGHT}" y2="{base}"/>'
        f"{_years(first, last, x, base)}{bars}"
        f'<line class="today" x1="{now}" y1="{_TOP - 8}" x2="{now}" y2="{base}"/>'
        f'<text class="today" x="{now}" y="{_TOP - 12}" text-anchor="{anchor}">'
        f"{escape(words('timeline_today', date=words.date(today.isoformat())))}</text></svg>"
    )


def _bar(version: Version, y: float, x: Across, is_shown: bool, words: Words) -> str:
    validity = version.validity
    if validity.begins is None:
        return ""
    begins = x(date.fromisoformat(validity.begins))
    is_open = validity.ends is None
    ends = _WIDTH - _RIGHT if validity.ends is None else max(x(date.fromisoformat(validity.ends)), begins + 3)
    name = validity.status.replace(" ", "-")
    shown = " shown" if is_shown else ""
    # An open end points on: nobody has said when it ends.
    tip = f'<path class="{name}{shown}" d="M{ends - 8} {y} l8 8 l-8 8 z"/>' if is_open else ""
    width = max(ends - begins - (8 if is_open else 0), 2)
    told = escape(f"{version.entry.facts.title}: {_when(version, words)}")
    return (
        f'<g><title>{told}</title><rect class="{name}{shown}" x="{begins}" y="{y}" '
        f'width="{width:.1f}" height="16"/>'
        f"{tip}</g>"
    )


def _years(first: date, last: date, x: Across, base: float) -> str:
    years = range(first.year + 1, last.year + 1)
    step = max(1, -(-len(years) // 6))
    return "".join(
        f'<line class="axis" x1="{x(date(year, 1, 1))}" y1="{base}" '
        f'x2="{x(date(year, 1, 1))}" y2="{base + 4}"/>'
        f'<text class="year" x="{x(date(year, 1, 1))}" y="{base + 17}" text-anchor="middle">{year}</text>'
        for year in years[::step]
    )


def _in_words(versions: Sequence[Version], shown_id: str, words: Words) -> str:
    items = []
    for number, one in enumerate(versions):
        when = f"{status_badge(one.validity.status, words)} {escape(_when(one, words))}"
        if one.entry.id == shown_id:
            named = f'<strong aria-current="true">{escape(words("timeline_this"))}</strong>'
        else:
            title = f'<span lang="{one.entry.language}">{escape(one.entry.facts.title)}</span>'
            named = f'<a href="/documents/{one.entry.id}?lang={words.language}">{title}</a>'
        compare = ""
        if number:
            address = (
                f"/documents/{one.entry.id}/diff?with={versions[number - 1].entry.id}&lang={words.language}"
            )
            compare = f' <a class="compare" href="{escape(address)}">{escape(words("timeline_compare"))}</a>'
        items.append(f"<li>{named} {when}{compare}</li>")
    return f'<ol class="versions">{"".join(items)}</ol>'


def _when(version: Version, words: Words) -> str:
    validity = version.validity
    if validity.begins is None and validity.ends is None:
        return words("timeline_undated")
    begins = words.date(validity.begins) if validity.begins else words("timeline_unknown")
    if validity.ends is None:
        return words("timeline_from", begins=begins)
    return words("timeline_until", begins=begins, ends=words.date(validity.ends))
