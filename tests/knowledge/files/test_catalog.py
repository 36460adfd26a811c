from pathlib import Path

import pytest

from knowledge.errors import CatalogError
from knowledge.files.catalog import load_catalog
from knowledge.policy import DocumentFacts

SEEDS = Path(__file__).parents[3] / "seeds"


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
        number = "国务院令第9号"
        level = "regulation"
        in_force_from = "2021-06-01"
        in_force_until = "2026-05"
        amends = ["Trade Act"]
        supersedes = ["服务贸易暂行条例", "国务院令第2号"]
        repeals = []
        """,
    )
    facts = DocumentFacts(
        "服务贸易条例",
        "Council",
        "regulation",
        "2021-04-29",
        "zh",
        "gazette",
        "in force",
        number="国务院令第9号",
        level="regulation",
        in_force_from="2021-06-01",
        in_force_until="2026-05",
        amends=("Trade Act",),
        supersedes=("服务贸易暂行条例", "国务院令第2号"),
    )
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
        (ENTRY + "number = 5", ["entry 1", '"number"', "quotation marks"]),
        (ENTRY + 'level = "decree"', ["entry 1", '"level"', "decree", '"ministry rule"']),
        (ENTRY + 'repeals = "Trade Act"', ["entry 1", '"repeals"', "list"]),
        (ENTRY + "amends = [3]", ["entry 1", '"amends"', "list"]),
        (ENTRY + 'supersedes = [" "]', ["entry 1", '"supersedes"', "list"]),
        (ENTRY + 'in_force_from = "soon"', ["entry 1", '"in_force_from"', "soon"]),
        (ENTRY + 'in_force_until = "--08-26"', ["entry 1", '"in_force_until"', "no year"]),
        (
            ENTRY + 'in_force_from = "2021-05-02"\nin_force_until = "2021-05-01"',
            ["entry 1", '"in_force_until"', "before", "2021-05-02"],
        ),
        (ENTRY + 'found = ["title"]', ["entry 1", '"found"', "no key"]),
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
