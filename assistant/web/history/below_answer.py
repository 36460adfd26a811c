"""What stands below an answer because it is kept: what is lost of it, personal data, a thumb up or down."""

from html import escape

from assistant.records.personal_data import kinds_in
from assistant.records.reopening import Lost
from assistant.records.stored import LONGEST_COMMENT, Rating, Reason
from assistant.web.chat.exchange import Exchange
from assistant.web.history.moments import day_and_time
from assistant.web.history.on_record import OnRecord
from assistant.web.words import Words
from knowledge.language import language_of

_THUMB = (
    '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="1.8"'
    ' stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M7 10.5v9.5H4v-9.5zM7 10.5l4.2-7'
    'c1.6 0 2.5 1.2 2.2 2.8L12.8 9.5h5.7c1.2 0 2 1.1 1.7 2.3l-1.7 6.6c-.2.9-1 1.6-2 1.6H7"/></svg>'
)


def lost_html(exchange: Exchange, words: Words) -> str:
    """The sentences of an earlier answer that no longer stand, marked so; of those out of sight, how many."""
    record = exchange.record
    if record is None or not record.lost:
        return ""
    told = "".join(_lost(lost, words) for lost in record.lost if lost.text)
    hidden = sum(not lost.text for lost in record.lost)
    unseen = f"<p>{escape(words('records_lost_unseen', count=hidden))}</p>" if hidden else ""
    return f'<div class="lost" role="note">{told}{unseen}</div>'


def below_answer(exchange: Exchange, words: Words) -> str:
    """The lines below a whole answer; empty while it arrives."""
    if exchange.answer is None:
        return ""
    record = exchange.record
    earlier = ""
    if record is not None and record.asked:
        asked = day_and_time(record.asked, words)
        earlier = f'<p class="asked-on">{escape(words("records_asked_on", moment=asked))}</p>'
    thumbs = _feedback(exchange, record, words) if record is not None else ""
    return earlier + _personal(exchange, record, words) + thumbs


def nothing_stands(exchange: Exchange) -> bool:
    """Whether an answer had sentences when it was given and has none today."""
    return bool(exchange.record and exchange.record.lost) and not exchange.sentences


def _lost(lost: Lost, words: Words) -> str:
    said = escape(words("records_lost", document=lost.document))
    return f'<p>{said} <del lang="{language_of(lost.text)}">{escape(lost.text)}</del></p>'


def _personal(exchange: Exchange, record: OnRecord | None, words: Words) -> str:
    names = [words(f"records_{kind}") for kind in kinds_in(exchange.question)]
    if not names:
        return ""
    listed = words("joiner").join(names)
    if record is None:
        return f'<p class="personal">{escape(words("records_personal", kinds=listed))}</p>'
    return (
        f'<p class="personal" data-kept="{record.kept.exchange}">'
        f"<span>{escape(words('records_personal_masked', kinds=listed))}</span> "
        f'<button type="button" class="quiet forget" data-forgotten="{escape(words("records_forgotten"))}"'
        f' data-failed="{escape(words("records_failed"))}">{escape(words("records_forget"))}</button></p>'
    )


def _feedback(exchange: Exchange, record: OnRecord, words: Words) -> str:
    said = record.feedback
    form_id = f"{exchange.id}-why"
    up = _thumb(Rating.UP, said is not None and said.rating is Rating.UP, words)
    down = _thumb(Rating.DOWN, said is not None and said.rating is Rating.DOWN, words, form_id)
    return (
        f'<div class="feedback" data-kept="{record.kept.exchange}"'
        f' data-conversation="{record.kept.conversation}"'
        f' data-thanks="{escape(words("records_thanks"))}" data-failed="{escape(words("records_failed"))}">'
        f'<div class="thumbs">{up}{down}<span class="said" role="status"></span></div>'
        f"{_why(exchange, record, form_id, words)}</div>"
    )


def _thumb(rating: Rating, pressed: bool, words: Words, form_id: str = "") -> str:
    label = escape(words(f"records_{rating}"))
    opens = f' aria-expanded="false" aria-controls="{form_id}"' if form_id else ""
    return (
        f'<button type="button" class="thumb {rating}" data-rating="{rating}" title="{label}"'
        f' aria-label="{label}" aria-pressed="{str(pressed).lower()}"{opens}>{_THUMB}</button>'
    )


def _why(exchange: Exchange, record: OnRecord, form_id: str, words: Words) -> str:
    said = record.feedback
    reasons = "".join(
        f'<label><input type="radio" name="{exchange.id}-reason" value="{reason}"'
        f"{' checked' if said is not None and said.reason is reason else ''}>"
        f"<span>{escape(words(f'records_{reason}'))}</span></label>"
        for reason in Reason
    )
    comment = said.comment if said is not None else ""
    return (
        f'<form class="why" id="{form_id}" hidden><fieldset><legend>{escape(words("records_why"))}</legend>'
        f"{reasons}</fieldset>"
        f'<label class="comment"><span>{escape(words("records_comment"))}</span>'
        f'<textarea rows="2" maxlength="{LONGEST_COMMENT}">{escape(comment)}</textarea></label>'
        f'<p class="who">{escape(words("records_who_sees"))}</p>'
        f'<p class="send"><button type="submit" class="quiet">{escape(words("records_send"))}</button>'
        f'<button type="button" class="quiet cancel">{escape(words("records_cancel"))}</button></p></form>'
    )
