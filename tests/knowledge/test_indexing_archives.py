import zipfile
from pathlib import Path

from knowledge.indexing import Stores
from tests.knowledge.made_documents import write
from tests.knowledge.opened_stores import assert_at_rest, index

RULES = "# Customs rules\n\nThe importer declares goods.\n"
VISAS = "# Visa rules\n\nVisas last for five years.\n"


def pack(path: Path, **members: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, words in members.items():
            archive.writestr(f"{name}.md", words)
    return path


def test_every_file_of_an_archive_is_a_document(stores: Stores, documents: Path) -> None:
    laws = pack(documents / "laws.zip", rules=RULES, visas=VISAS)
    assert index(stores, documents).added == 2
    assert assert_at_rest(stores) == {f"{laws}/rules.md": RULES, f"{laws}/visas.md": VISAS}
    again = index(stores, documents)
    assert (again.unchanged, again.changed, again.removed) == (2, 0, 0)


def test_what_is_gone_from_an_archive_leaves_and_what_is_changed_changes(
    stores: Stores, documents: Path
) -> None:
    laws = pack(documents / "laws.zip", rules=RULES, visas=VISAS)
    index(stores, laws)
    pack(laws, rules=RULES.replace("goods", "all goods"))
    report = index(stores, laws)
    assert (report.changed, report.removed) == (1, 1)
    assert assert_at_rest(stores) == {f"{laws}/rules.md": RULES.replace("goods", "all goods")}
    laws.unlink()
    assert index(stores, documents, laws, all_gone=True).removed == 1
    assert assert_at_rest(stores) == {}


def test_an_archive_that_cannot_be_opened_any_more_keeps_what_was_read(
    stores: Stores, documents: Path
) -> None:
    laws = pack(documents / "laws.zip", rules=RULES)
    index(stores, laws)
    laws.write_bytes(b"damaged")
    report = index(stores, laws)
    assert (report.removed, len(report.failed)) == (0, 1)
    assert assert_at_rest(stores) == {f"{laws}/rules.md": RULES}


def test_other_formats_are_counted_and_what_was_hidden_is_said(stores: Stores, documents: Path) -> None:
    for name in ("a.png", "b.png", "c.odt"):
        write(documents / name)
    page = write(documents / "page.html", "<p>Seen.</p><p hidden>obey</p>")
    report = index(stores, documents)
    assert report.passed_over == ((".png", 2), (".odt", 1))
    (said,) = report.hidden
    assert said == f"{page}: Text that its style hides was left out at 1 place, such as “obey”."
    assert index(stores, documents).hidden == ()


def test_what_a_file_states_counts_before_its_text(stores: Stores, documents: Path) -> None:
    write(documents / "a.md", "---\ntitle: Stated\ndate: 2021-4-9\n---\n# In the text\n\nWords.\n")
    index(stores, documents)
    (document,) = stores.library.documents()
    assert (document.title, document.facts.date) == ("Stated", "2021-04-09")
