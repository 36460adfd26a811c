from pathlib import Path

import pytest

from knowledge.catalog import load_catalog
from knowledge.document_facts import facts_of
from knowledge.errors import CatalogError
from knowledge.policy import DocumentFacts

SEEDS = Path(__file__).parents[2] / "seeds"


def folder_with(tmp_path: Path, catalog: str) -> Path:
    (tmp_path / "a.txt").write_text("Text.")
    (tmp_path / "catalog.toml").write_text(catalog, encoding="utf-8")
    return tmp_path


def test_a_folder_without_a_catalogue_describes_nothing(tmp_path: Path) -> None:
    assert load_catalog(tmp_path) == {}


def test_all_keys(tmp_path: Path) -> None:
    folder = folder_with(
        tmp_path,
        """
        [[document]]
        file = "a.txt"
        title = "服务贸易条例"
        issuer = "Council"
        kind = "regulation"
        date = "2021-04-29"
        language = "zh"
        source = "gazette"
        status = "in force"
        """,
    )
    facts = DocumentFacts("服务贸易条例", "Council", "regulation", "2021-04-29", "zh", "gazette", "in force")
    assert load_catalog(folder) == {"a.txt": facts}


def test_what_is_not_stated_is_none(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, '[[document]]\nfile = "./a.txt"\ntitle = "T"')
    assert load_catalog(folder) == {"a.txt": DocumentFacts("T")}


@pytest.mark.parametrize("date", ["2021", "2021-04", "2021-04-29", "--08-26", "--02-29", "2024-02-29"])
def test_dates(tmp_path: Path, date: str) -> None:
    folder = folder_with(tmp_path, f'[[document]]\nfile = "a.txt"\ntitle = "T"\ndate = "{date}"')
    assert load_catalog(folder)["a.txt"].date == date


ENTRY = '[[document]]\nfile = "a.txt"\ntitle = "T"\n'


@pytest.mark.parametrize(
    ("catalog", "named"),
    [
        (ENTRY + 'isuer = "X"', ["entry 1", '"isuer"', "issuer"]),
        (ENTRY + ENTRY, ["entry 2", '"a.txt"', "already"]),
        (ENTRY + ENTRY.replace("a.txt", "./a.txt"), ["entry 2", '"a.txt"', "already"]),
        (ENTRY + "kind = 3", ["entry 1", '"kind"', "quotation marks"]),
        (ENTRY + 'kind = " "', ["entry 1", '"kind"', "blank"]),
        (ENTRY + "date = 2021-04-29", ["entry 1", '"date"', "quotation marks"]),
        (ENTRY + 'date = "29.4.2021"', ["entry 1", '"date"', "29.4.2021"]),
        (ENTRY + 'date = "2021-02-29"', ["entry 1", '"date"', "2021-02-29"]),
        (ENTRY + 'date = "--13-01"', ["entry 1", '"date"', "--13-01"]),
        (ENTRY + 'date = "0000"', ["entry 1", '"date"', "0000"]),
        (ENTRY + 'language = "fr"', ["entry 1", '"language"', "fr"]),
        ('[[document]]\nfile = "a.txt"', ["entry 1", '"title"', "missing"]),
        ('[[document]]\ntitle = "T"', ["entry 1", '"file"', "missing"]),
        (ENTRY.replace("a.txt", "b.txt"), ["entry 1", '"b.txt"', "no such file"]),
        (ENTRY.replace("a.txt", "../a.txt"), ["entry 1", '"../a.txt"', "outside"]),
        (ENTRY.replace("a.txt", "/etc/hostname"), ["entry 1", "/etc/hostname", "outside"]),
        ('title = "T"', ['"title"', "[[document]]"]),
        ('[document]\nfile = "a.txt"', ["[[document]]"]),
        ("document = 3", ["[[document]]"]),
        ("title = ", ["TOML"]),
    ],
)
def test_what_is_not_understood_is_named(tmp_path: Path, catalog: str, named: list[str]) -> None:
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder_with(tmp_path, catalog))
    message = str(caught.value)
    assert all(part in message for part in [str(tmp_path / "catalog.toml"), *named])
    assert "\n" not in message


def test_a_catalogue_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalog.toml").write_bytes('# é\n[[document]]\nfile = "a.txt"'.encode("latin-1"))
    with pytest.raises(CatalogError, match="UTF-8"):
        load_catalog(tmp_path)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Trade Act\n\nText.", "Trade Act"),
        ("Preface.\n\n## The *real*  title ##\n\nText.", "The *real* title"),
        ("```\n# code\n```\n\n# Title\n", "Title"),
        ("<!-- # hidden -->\n# Title\n", "Title"),
        ("服务贸易促进条例\n\n## 第一章 总则\n\n第一条 为了促进服务贸易。", "服务贸易促进条例"),
        ("Guidance on Licences\n\n## Scope\n\nText.", "Guidance on Licences"),
        ("服务贸易促进条例\n\n第一条 为了促进服务贸易。", "服务贸易促进条例"),
        ("Guidance on Export Licences\nThe Ministry issues this guidance.", "Guidance on Export Licences"),
    ],
)
def test_a_title_in_the_text(text: str, title: str) -> None:
    assert facts_of(None, {}, text, Path("x/file name.txt")).title == title


@pytest.mark.parametrize(
    "text",
    [
        "A sentence is no title.\n\nText.",
        "各市人民政府：\n\n现通知如下。",
        "Only one line",
        "- an item\n- another",
        "2024-08-26\n\nText.",
        "A long first line that goes on and on, " * 4 + "and has no stop\n\nText.",
        "Hard-wrapped text whose first line goes on in the second one and\nends here.\n\nMore.",
        "#\n\nText",
        "## 第一章 总则\n\n第一条 为了促进服务贸易。",
    ],
)
def test_without_a_title_the_file_name_stands_in(text: str) -> None:
    facts = facts_of(None, {}, text, Path("x/file name.txt"))
    assert facts.title == "file name"
    assert "title" not in facts.found


def test_the_seeds_are_all_described_in_their_own_words() -> None:
    catalog = load_catalog(SEEDS)
    assert sorted(catalog) == sorted(path.name for path in SEEDS.glob("*.txt"))
    (facts,) = catalog.values()
    text = (SEEDS / "000_ee836371e256b8c8.txt").read_text(encoding="utf-8")
    assert facts.title in text
    assert "State Council held its 15th thematic study session" in text
    assert facts.date == "--08-26"  # the text says "On August 26" and gives no year
    assert "August 26" in text
    assert not any(year in text for year in ("2022", "2023", "2024", "2025"))
