"""What a terminal and other programs are given of an answer."""

import json
from dataclasses import replace
from typing import Any

import pytest

import prompts
from assistant.answer import Answer, Citation, Outcome, Sentence
from assistant.answer_text import as_json, as_text, for_terminal, framing, locator, place
from knowledge.policy import Document, Language
from tests.assistant.small_documents import (
    ENVIRONMENT,
    citation_of,
    law,
    make_document,
    measures,
    passages_of,
    quoted,
    retrieved_from,
    seed_document,
)

NO_FEE = "(a) No fee is charged for registration."


def answer(*sentences: Sentence, document: Document | None = None, language: Language = "en") -> Answer:
    return Answer(
        outcome=Outcome.ANSWERED if sentences else Outcome.NOT_IN_DOCUMENTS,
        question="Which fees are charged?",
        standalone_question="Which fees are charged?",
        language=language,
        confidence=0.912345,
        sentences=sentences,
        considered=tuple(retrieved_from(document or law())),
        withheld=1,
        seconds=(("search", 0.0123456), ("writing", 0.2)),
    )


class TestLocator:
    """The clause as it is cited, or headings and the paragraph below them; numbers counted by hand."""

    @pytest.mark.parametrize(
        ("words", "paragraph"),
        [("On August 26", 1), ("In recent years", 2), (ENVIRONMENT, 3), ("more high-quality services.", 4)],
    )
    def test_in_the_seed_there_are_only_paragraphs(self, words: str, paragraph: int) -> None:
        citation = citation_of(seed_document(), words)

        assert locator(citation, "en") == f"paragraph {paragraph}"
        assert locator(citation, "zh") == f"第{paragraph}段"

    @pytest.mark.parametrize(
        ("words", "place"),
        [
            ("This text comes", "paragraph 1"),
            ("This Act applies", "Article 1"),  # it has one paragraph only
            ("It does not apply", "Article 1"),
            ("The authority may", "Article 2, paragraph 1"),
            ("they shall not delay", "Article 2, paragraph 1"),  # the line goes on
            ("They shall keep", "Article 2, paragraph 2"),
            ("(a) No fee", "Article 3(a)"),
            ("(b) A fee", "Article 3(b)"),
            ("### Article 3", "Article 3"),
        ],
    )
    def test_in_a_markdown_law_heading_lines_are_not_counted(self, words: str, place: str) -> None:
        assert locator(citation_of(law(), words), "en") == place

    @pytest.mark.parametrize(
        ("words", "place"),
        [
            ("第一条　为扩大", "第一条"),
            ("第二条　服务出口", "第二条第一款"),
            ("企业应当妥善", "第二条第二款"),
            ("主管部门可以抽查", "第二条第二款"),
            ("第三条　主管部门", "第三条"),
        ],
    )
    def test_a_chinese_article_begins_with_its_own_first_paragraph(self, words: str, place: str) -> None:
        assert locator(citation_of(measures(), words), "zh") == place


class TestText:
    def test_an_answer_is_framing_sentences_with_marks_and_their_sources(self) -> None:
        first, second = (
            quoted(law(), NO_FEE, 1),
            quoted(law(), "They shall keep each contract for 5 years.", 2),
        )

        assert as_text(answer(first, second)).split("\n") == [
            prompts.fill("answered.en"),
            "",
            f"  {NO_FEE} [1]",
            "  They shall keep each contract for 5 years. [2]",
            "",
            "[1] Service Trade Facilitation Act, Article 3(a)",
            "[2] Service Trade Facilitation Act, Article 2, paragraph 2",
        ]

    def test_a_decline_offers_passages_to_look_at(self) -> None:
        lines = as_text(answer()).split("\n")

        assert lines[:4] == [
            prompts.fill("not_in_documents.en"),
            "",
            "You may look at:",
            "  - Service Trade Facilitation Act",
        ]
        assert sum(line.startswith("  - ") for line in lines) == 3

    def test_a_decline_with_nothing_near_is_one_sentence(self) -> None:
        assert as_text(replace(answer(), considered=())) == prompts.fill("not_in_documents.en")

    def test_a_long_passage_is_offered_by_its_beginning_on_one_line(self) -> None:
        lines = as_text(answer(document=seed_document())).split("\n")

        assert all(len(line) <= 4 + 160 for line in lines[4::2])
        assert lines[4].endswith("…")

    def test_framing_is_in_the_askers_language_and_quotes_are_in_the_documents(self) -> None:
        shown = as_text(answer(quoted(law(), NO_FEE), language="zh"))

        assert shown.startswith(prompts.fill("answered.zh"))
        assert f"{NO_FEE} [1]" in shown
        assert shown.endswith("第3条第(a)项")

    @pytest.mark.parametrize("outcome", Outcome)
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_every_outcome_has_its_framing(self, outcome: Outcome, language: Language) -> None:
        assert framing(replace(answer(), outcome=outcome, language=language)) == prompts.fill(
            f"{outcome.value}.{language}"
        )

    def test_the_place_of_a_passage_is_its_document_and_headings(self) -> None:
        assert place(passages_of(law())[-1]) == (
            "Service Trade Facilitation Act › Chapter 2 Fees › Article 3 Fees"
        )

    def test_what_would_command_a_terminal_is_shown_as_unprintable(self) -> None:
        hostile = make_document("Fees \x1b[2J\x1b]0;owned\x07 are \u202edue\u2066 now.\nPay\tthem.")
        quote = hostile.text.split("\n")[0]

        shown = as_text(answer(quoted(hostile, quote), document=hostile))

        assert "Fees �[2J�]0;owned� are �due� now. [1]" in shown
        assert for_terminal("a\tb\nc 服务 é") == "a\tb\nc 服务 é"


class TestJson:
    def as_read(self, given: Answer) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(json.dumps(as_json(given), ensure_ascii=False))
        assert read == as_json(given)
        return read

    @pytest.mark.parametrize(
        ("document", "quote"),
        [(law(), NO_FEE), (seed_document(), ENVIRONMENT), (measures(), "主管部门可以抽查，企业应当配合。")],
    )
    def test_it_round_trips_and_its_offsets_index_the_stored_text(
        self, document: Document, quote: str
    ) -> None:
        (sentence,) = self.as_read(answer(quoted(document, quote)))["sentences"]
        (citation,) = sentence["citations"]

        assert document.text[citation["start"] : citation["end"]] == citation["quote"] == quote
        assert sentence["text"] == quote
        assert sentence["verdict"] == "quoted"
        assert citation["document_sha256"] == document.sha256
        assert citation["document_id"] == document.id
        assert citation["passage_id"].startswith(f"{document.id}:")

    def test_every_field_has_its_value(self) -> None:
        assert self.as_read(answer(quoted(law(), NO_FEE))) == {
            "question": "Which fees are charged?",
            "standalone_question": "Which fees are charged?",
            "outcome": "answered",
            "confidence": 0.9123,
            "text": NO_FEE,
            "framing": prompts.fill("answered.en"),
            "sentences": [
                {
                    "text": NO_FEE,
                    "verdict": "quoted",
                    "reason": "",
                    "citations": [self.citation(citation_of(law(), NO_FEE))],
                }
            ],
            "clarification": None,
            "disagreements": [],
            "nearest": [],
            "wording": "quoted",
            "fault": "",
            "withheld": 1,
            "unknown_marks": 0,
            "seconds": {"search": 0.0123, "writing": 0.2},
        }

    def citation(self, cited: Citation) -> dict[str, object]:
        return {
            "mark": 1,
            "passage_id": cited.passage.id,
            "quote": NO_FEE,
            "start": cited.start,
            "end": cited.end,
            "document_id": cited.document.id,
            "document": "Service Trade Facilitation Act",
            "document_sha256": cited.document.sha256,
            "locator": "Article 3(a)",
            "warnings": [],
        }

    def test_a_decline_names_the_nearest_passages_whole(self) -> None:
        read = self.as_read(answer())

        assert (read["outcome"], read["text"], read["sentences"]) == ("not_in_documents", "", [])
        assert [near["text"] for near in read["nearest"]] == [one.text for one in passages_of(law())[:3]]
