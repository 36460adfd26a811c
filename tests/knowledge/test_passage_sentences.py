from knowledge.passage_sentences import sentence_spans, sentence_texts
from tests.knowledge.made_documents import made_document, made_passages


def test_sentences_stand_where_they_are_said_to_stand() -> None:
    passages = made_passages(made_document("First one. Second one.\n\nThird one."))
    text = passages[0].document.text
    spans = [span for passage in passages for span in sentence_spans(passage)]
    assert [text[start:end] for start, end in spans] == ["First one.", "Second one.", "Third one."]
    assert [tuple(span) for span in spans] == [(0, 10), (11, 22), (24, 34)]
    assert [sentence_texts(passage) for passage in passages] == [
        ["First one.", "Second one."],
        ["Third one."],
    ]


def test_chinese_is_split_by_its_own_stops() -> None:
    (passage,) = made_passages(made_document("第一句。第二句！", language="zh"))
    assert sentence_texts(passage) == ["第一句。", "第二句！"]
