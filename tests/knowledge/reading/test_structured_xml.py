import pytest

from knowledge.errors import UnreadableFile
from knowledge.reading.structured_xml import read_xml

TREATY = """<?xml version="1.0"?>
<treaty><meta><name>A - B</name><status>In Force</status><date_signed>2007-04-03</date_signed>
<date_into_force>2007-11-01</date_into_force><date_inactive/><language>en</language></meta>
<body><chapter name="Preamble"><article>Preamble  The Parties have agreed:</article></chapter>
<chapter number="CHAPTER 1" name="General"><article number="ARTICLE 1" name="Aims">The aims are:  (a) trade;
and  (b) growth.</article><article number="2">Words.</article></chapter></body></treaty>"""
AIMS = "ARTICLE 1 Aims"


def test_chapters_and_articles_are_headings_and_two_spaces_begin_a_paragraph() -> None:
    read = read_xml(TREATY.encode(), "a.xml")
    assert read.text.split("\n\n") == [
        "Preamble", "The Parties have agreed:", "CHAPTER 1 General", AIMS, "The aims are:", "(a) trade; and",
        "(b) growth.", "Article 2", "Words.",
    ]  # fmt: skip
    headings = {read.text[at:].split("\n")[0]: level for at, level in read.layout.headings}
    assert headings == {"Preamble": 1, "CHAPTER 1 General": 1, AIMS: 2, "Article 2": 2}


def test_meta_states_facts() -> None:
    assert read_xml(TREATY.encode(), "a.xml").stated == {
        "title": "A - B", "status": "In Force", "date": "2007-04-03", "in_force_from": "2007-11-01",
        "language": "en", "level": "treaty",
    }  # fmt: skip


def test_numbers_and_names_may_be_elements_and_any_schema_is_read() -> None:
    act = """<act xmlns="urn:x"><section><num>§ 3</num><heading>Fees</heading><content><p>A <b>fee</b> is
    due.</p><table><tr><td>Licence</td><td>20</td></tr></table></content></section></act>"""
    read = read_xml(act.encode(), "a.xml")
    assert read.text == "§ 3 Fees\n\nA fee is due.\n\nLicence | 20"
    assert read.layout.headings == ((0, 1),)


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha">{}]><l>&j;</l>'.format(
    "".join(
        f'<!ENTITY {name} "{f"&{former};" * 10}">'
        for former, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
)


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("<a><b></a>", "no sound XML"),
        ("", "no sound XML"),
        ("<a/>", "no text"),
        (LAUGHS, "entities|no sound XML"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "entities"),
        ("<a>" * 100_000 + "</a>" * 100_000, "no sound XML"),
    ],
)
def test_broken_files_and_traps_are_refused(xml: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"^a\.xml .*(?:{reason}).*: .*\.$"):
        read_xml(xml.encode(), "a.xml")
