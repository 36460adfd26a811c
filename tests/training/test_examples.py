import json
from pathlib import Path

import pytest

from training.examples import clapnq, or_sharc, squad_form
from training.reading_example import ReadingExample


def squad_file(folder: Path) -> Path:
    def paragraph(text: str, *asked: tuple[str, str | None]) -> dict[str, object]:
        return {
            "context": text,
            "qas": [
                {
                    "question": question,
                    "is_impossible": answer is None,
                    "answers": [{"text": answer, "answer_start": text.index(answer)}] if answer else [],
                }
                for question, answer in asked
            ],
        }

    paragraphs = [
        paragraph(
            "The permit costs 40 euros.", ("What does the permit cost?", "40 euros"), ("Who pays?", None)
        ),
        paragraph("The permit is free for students and costs nothing."),
        paragraph("Rivers flow to the sea."),
    ]
    path = folder / "set.json"
    path.write_text(json.dumps({"data": [{"title": "Public_permits", "paragraphs": paragraphs}]}), "utf-8")
    return path


class TestSquadForm:
    def test_gives_the_question_its_answer_and_a_near_text_without_it(self, tmp_path: Path) -> None:
        found = list(squad_form("made", squad_file(tmp_path), "en", negative_share=1.0))

        assert [
            (one.answerable, one.text[slice(*one.answers[0])] if one.answers else None) for one in found
        ] == [
            (True, "40 euros"),
            (False, None),
            (False, None),
        ]
        assert found[1].text == "The permit is free for students and costs nothing."
        assert found[2].question == "Who pays?"
        assert {one.title for one in found} == {"Public permits"}

    def test_and_none_where_none_is_wanted(self, tmp_path: Path) -> None:
        found = list(squad_form("made", squad_file(tmp_path), "en", negative_share=0.0))

        assert [one.question for one in found] == ["What does the permit cost?", "Who pays?"]


class TestOtherForms:
    def test_clapnq_marks_whole_sentences(self, tmp_path: Path) -> None:
        text = "It was founded in 1900. It is small."
        passages = [{"text": text, "title": "Town"}]
        answered = {"input": "when", "passages": passages, "output": [{"selected_sentences": [text[:23]]}]}
        declined = {"input": "who", "passages": passages, "output": [{"selected_sentences": []}]}
        (tmp_path / "clapnq_dev_answerable.jsonl").write_text(json.dumps(answered) + "\n", "utf-8")
        (tmp_path / "clapnq_dev_unanswerable.jsonl").write_text(json.dumps(declined) + "\n", "utf-8")

        first, second = clapnq(tmp_path)

        assert (first.answers, first.answerable, first.short) == (((0, 23),), True, False)
        assert (second.answers, second.answerable) == ((), False)

    def test_or_sharc_pairs_a_question_with_its_rule_and_near_ones(self, tmp_path: Path) -> None:
        snippets = {str(i): f"rule {i} about pensions and credit" for i in range(12)}
        row = {"question": "Is there a pension rule 3?", "scenario": "", "gold_snippet_id": "3"}
        (tmp_path / "id2snippet.json").write_text(json.dumps(snippets), "utf-8")
        (tmp_path / "open_retrieval_sharc_dev.json").write_text(json.dumps(row) + "\n", "utf-8")

        found = list(or_sharc(tmp_path, negatives=2))

        assert [one.answerable for one in found] == [True, False, False]
        assert found[0].text == snippets["3"]
        assert snippets["3"] not in {one.text for one in found[1:]}


class TestHeldOut:
    def test_a_group_is_held_out_whole_and_about_one_in_eight(self) -> None:
        def made(group: str, question: str) -> ReadingExample:
            return ReadingExample("made", group, question, "", "text", "en", (), False)

        held = [made(f"group {i}", "a").held_out for i in range(800)]

        assert held == [made(f"group {i}", "b").held_out for i in range(800)]
        assert 60 < sum(held) < 140

    @pytest.mark.parametrize("source", ["squad2", "drcd"])
    def test_each_source_draws_for_itself(self, source: str) -> None:
        held = [ReadingExample(source, f"g{i}", "", "", "", "en", (), False).held_out for i in range(200)]
        other = [ReadingExample("made", f"g{i}", "", "", "", "en", (), False).held_out for i in range(200)]

        assert held != other
