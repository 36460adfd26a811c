"""The table as HTML: a row a provision, every word escaped, links that open the quote."""

from assistant.guidance.guidance import FacetGuidance
from assistant.web.guidance.guidance_page import modes_html
from assistant.web.guidance.guidance_table import file_address, guidance_html
from assistant.web.words import Words
from tests.assistant.guidance.made_guidance import made_guidance
from tests.web.scripted_assistant import ScriptedAssistant

EN, ZH = Words("en"), Words("zh")


def test_each_provision_is_a_row_with_its_parts_named() -> None:
    html = guidance_html(made_guidance(), EN)

    assert html.count("<tr>") == 1 + 4
    for name in ("Force", "Condition", "Provision", "Where it stands"):
        assert html.count(f'data-label="{name}"') == 4
    assert "<span>conditional: required</span>" in html
    assert "<p>if: 企业向境外提供个人信息的</p>" in html
    assert "Article 2, paragraph 1</a>" in html
    assert '<strong><span lang="en">ASEAN</span></strong>' in html


def test_the_table_speaks_the_language_of_the_page() -> None:
    html = guidance_html(made_guidance(), ZH)

    assert "<span>有条件：应当</span>" in html
    assert "第二条第一款</a>" in html
    assert "文件未涉及的事项" in html


def test_nothing_of_a_document_or_description_becomes_markup() -> None:
    html = guidance_html(ScriptedAssistant().guidance('<img src=x onerror="x"> & "we" must'), EN)

    assert "<img" not in html
    assert "&lt;img" in html
    assert "<核心|数据>" not in guidance_html(made_guidance(), EN)


def test_a_file_is_made_from_the_whole_description() -> None:
    assert file_address("A & B/出口", ".docx", EN) == (
        "/guidance-file?form=docx&description=A+%26+B%2F%E5%87%BA%E5%8F%A3&lang=en"
    )


def test_a_facet_without_anything_near_offers_nothing() -> None:
    guidance = made_guidance()
    missing = guidance.facets[1].facet
    alone = type(guidance)("x", "en", (FacetGuidance(missing, ()),))

    assert "<details>" not in guidance_html(alone, EN)


def test_the_modes_are_buttons_with_a_name() -> None:
    assert modes_html(EN).count("<button") == 2
    assert "核对指引" in modes_html(ZH)
