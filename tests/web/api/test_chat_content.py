"""An answer as the content of a chat message: what is shown, what is escaped, what stands below the line."""

from dataclasses import replace

import pytest

from assistant.answer import Outcome, Sentence, Verdict, Wording
from assistant.web.api.chat_content import closing_content, plain, sentence_content, without_sources
from knowledge.policy import Validity
from tests.web.api.test_rest import IMPORTS, whole_answer

BASE = "http://127.0.0.1:1"
ANSWER = whole_answer(IMPORTS)
LISTED = "\n\n---\nSources:\n\n[1] "


def test_sentences_are_followed_by_their_marks() -> None:
    first, second = ANSWER.sentences

    assert sentence_content(first, first=True) == f"{first.text} [1]"
    assert sentence_content(second, first=False) == f" {second.text} [2]"


def test_below_a_quoted_answer_only_the_sources_are_listed() -> None:
    content = closing_content(ANSWER, ANSWER.sentences, BASE)

    assert content.startswith(LISTED)
    citation = ANSWER.citations[0]
    assert (
        f"{BASE}/documents/{citation.document.id}?start={citation.start}&end={citation.end}#quote" in content
    )


def test_a_source_that_has_ended_is_marked() -> None:
    found = tuple(replace(one, validity=Validity("expired", ends="2020-12-31")) for one in ANSWER.considered)

    content = closing_content(replace(ANSWER, considered=found), ANSWER.sentences, BASE)

    assert content.count("2020-12-31") == 2


def test_a_drafted_answer_says_so_before_the_sources() -> None:
    content = closing_content(replace(ANSWER, wording=Wording.DRAFTED), ANSWER.sentences, BASE)

    remark, listed = content.strip().split("\n\n---\n")
    assert "language model" in remark
    assert listed.startswith("Sources:")


def test_where_a_draft_broke_off_the_answer_stands_whole_below_what_was_shown() -> None:
    broken = (Sentence("It began otherwise.", ANSWER.citations[:1], Verdict.SUPPORTED),)
    quoted = replace(ANSWER, outcome=Outcome.MODEL_UNAVAILABLE)

    content = closing_content(quoted, broken, BASE)

    assert content.startswith("\n\n")
    assert f"{ANSWER.sentences[0].text} [1] {ANSWER.sentences[1].text} [2]{LISTED}" in content


def test_the_sources_of_an_earlier_answer_are_no_part_of_the_conversation() -> None:
    said = "".join(sentence_content(one, first=not number) for number, one in enumerate(ANSWER.sentences))

    assert without_sources(said + closing_content(ANSWER, ANSWER.sentences, BASE)) == said


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("![x](http://evil/x.png)", r"\!\[x\](http://evil/x.png)"),
        ("[click](javascript:alert)", r"\[click\](javascript:alert)"),
        ("<img src=x>\n# T", r"\<img src=x> # T"),
        ("a*b*_c_ `d` \\ | ~", r"a\*b\*\_c\_ \`d\` \\ \| \~"),
        ("《海关法》第十二条（一）", "《海关法》第十二条（一）"),
    ],
)
def test_words_of_a_document_are_read_as_they_are(words: str, shown: str) -> None:
    assert plain(words) == shown
