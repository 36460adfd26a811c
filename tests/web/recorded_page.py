"""The scripted page that keeps its conversations: `python -m tests.web.recorded_page FOLDER [PORT] [DAYS]`.

It begins with a conversation of the local person, of which one sentence no longer stands in its document and
another rests on a document that is gone, and one conversation of somebody else.
"""

import sys
from dataclasses import replace
from pathlib import Path

from assistant.people.person import LOCAL_PERSON
from assistant.records.records import Records
from assistant.records.stored import StoredAnswer, StoredSentence
from tests.assistant.records.made_records import CHINESE, EXPORTS, Clock, stored

LOST = "企业应当妥善保存合同及相关凭证，保存期限为十年。"
OF_ANOTHER = "somebody else"


def begin(records: Records) -> None:
    """Put the two conversations into empty records."""
    answer = stored(CHINESE)
    first, second, third = answer.sentences
    sentences = (first, _quoting(second, LOST), _gone(third))
    records.keep(LOCAL_PERSON.name, None, CHINESE, replace(answer, sentences=sentences))
    records.keep(OF_ANOTHER, None, EXPORTS, stored(EXPORTS))


def _quoting(sentence: StoredSentence, words: str) -> StoredSentence:
    (citation,) = sentence.citations
    return replace(sentence, text=words, citations=(replace(citation, quote=words),))


def _gone(sentence: StoredSentence) -> StoredSentence:
    (citation,) = sentence.citations
    gone = replace(
        citation, document_id="0" * 16, document="A document that was taken out", document_sha256=""
    )
    return replace(sentence, citations=(gone,))


def only_lost(answer: StoredAnswer) -> StoredAnswer:
    """The answer as if its documents had been taken out since."""
    return replace(answer, sentences=tuple(map(_gone, answer.sentences)))


if __name__ == "__main__":
    from assistant.web.server import serve
    from assistant.web.site import Site
    from tests.network_guard import forbid_network
    from tests.web.scripted_assistant import ScriptedAssistant

    forbid_network()
    folder, port, days = (*sys.argv[1:], *("7860", "90")[len(sys.argv) - 2 :])
    kept = Records(Path(folder) / "records.sqlite", int(days), Clock()) if int(days) else None
    if kept is not None:
        begin(kept)
    serve(Site(ScriptedAssistant(slow=0.15), records=kept), port=int(port))
