"""What belongs to a line of the table: its items, its exception, and nothing else."""

from assistant.answer import Verdict
from assistant.checking import verdict_of
from assistant.guidance.guidance import Force
from tests.assistant.guidance.made_guidance import provisions, rules
from tests.assistant.small_documents import law


def test_items_stay_with_what_introduces_them_and_an_exception_with_its_rule() -> None:
    first, second, third, last = provisions()

    assert first.sentence.text.startswith("第二条 企业向境外提供个人信息的")
    assert first.sentence.text.endswith("（二）取得认证。")
    assert first.main.force is Force.CONDITIONAL
    assert first.main.once_met is Force.REQUIRED
    assert first.main.condition is not None
    assert first.main.condition.quote == "企业向境外提供个人信息的"
    assert second.sentence.text == "第三条 企业可以自行选择认证机构。但是，法律另有规定的除外。"
    assert second.main.condition is not None
    assert (second.main.force, second.main.condition.kind) == (Force.PERMITTED, "except")
    assert third.main.once_met is Force.PROHIBITED
    assert last.main.bearer == "authority"


def test_every_line_is_a_quotation_that_the_check_lets_through() -> None:
    for document in (rules(), law()):
        found = provisions(document)
        assert found
        for provision in found:
            (citation,) = provision.citations
            assert document.text[citation.start : citation.end] == citation.quote
            assert verdict_of(provision.sentence) is Verdict.QUOTED


def test_what_only_says_why_lays_nothing_down() -> None:
    assert not any("制定本办法" in provision.sentence.text for provision in provisions())
