from knowledge.policy import Document, DocumentFacts
from knowledge.sectioning import split_sections
from knowledge.validity.version_diff import Change, Piece, differences

OLD = """# 贸易法

第一条 为了发展贸易，制定本法。

第二条 经营者应当办理备案登记。

第三条 海关应当自受理之日起五日内作出决定。

第四条 违反本法第三条规定的，处以罚款：
"""
NEW = """# 贸易法

第一条 为了发展贸易，制定本法。

第二条 海关应当自受理之日起三日内作出决定。

第三条 违反本法第三条规定的，处以罚款:

第四条 国家鼓励发展跨境电子商务。
"""


def changes(old: str, new: str) -> list[Change]:
    texts = [Document(text[:2], DocumentFacts("贸易法"), text, "zh", "", "") for text in (old, new)]
    return differences(*(split_sections(text) for text in texts))


def test_clauses_are_paired_by_what_they_say_and_not_by_their_number() -> None:
    removed, changed, added = changes(OLD, NEW)
    assert removed == Change("removed", "第二条", None, (Piece("removed", "经营者应当办理备案登记。"),))
    assert changed == Change(
        "changed",
        "第三条",
        "第二条",
        (
            Piece("same", "海关应当自受理之日起"),
            Piece("removed", "五"),
            Piece("added", "三"),
            Piece("same", "日内作出决定。"),
        ),
    )
    assert added == Change("added", None, "第四条", (Piece("added", "国家鼓励发展跨境电子商务。"),))


def test_english_is_compared_word_by_word() -> None:
    (change,) = changes("Article 1\nThe fee is ten dollars.\n", "Article 1\nThe fee is fifteen dollars.\n")
    assert change.pieces == (
        Piece("same", "The fee is "),
        Piece("removed", "ten"),
        Piece("added", "fifteen"),
        Piece("same", " dollars."),
    )
    assert (change.old_label, change.new_label) == ("Article 1", "Article 1")


def test_a_text_does_not_differ_from_itself_nor_from_one_with_other_blanks() -> None:
    assert changes(OLD, OLD) == []
    assert changes(OLD, OLD.replace("\n\n", "\n\n\n").replace("条 ", "条　")) == []


def test_both_versions_can_be_made_of_the_pieces() -> None:
    for change in changes(OLD, NEW):
        old = "".join(piece.text for piece in change.pieces if piece.kind != "added")
        new = "".join(piece.text for piece in change.pieces if piece.kind != "removed")
        assert old in OLD
        assert new in NEW


def test_the_signs_of_markdown_headings_are_not_compared() -> None:
    texts = [f"{sign} Fees\n\nA permit costs {fee} yuan.\n" for sign, fee in (("#", 20), ("##", 30))]
    documents = [Document(text[:3], DocumentFacts("Fees"), text, "en", "", "/fees.md") for text in texts]

    (change,) = differences(*(split_sections(one) for one in documents))

    assert "#" not in "".join(piece.text for piece in change.pieces)
    assert [piece.text for piece in change.pieces if piece.kind != "same"] == ["20", "30"]
