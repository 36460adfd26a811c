import tomllib
from pathlib import Path

import numpy as np
import pytest

from evals.bench.growth.clauses import Clause, known_clauses
from evals.bench.growth.documents import clauses_of, folder_of, write_folder
from evals.bench.growth.sampled_vectors import NEARNESS, SampledVectors
from evals.bench.growth.table import Measured, plotted, table
from knowledge.files.catalog import load_catalog
from knowledge.language import language_of
from tests.fakes import BagOfTermsEmbedder

CLAUSES = [
    Clause(f"Goods {chr(n + 97) * 3} pay {n}0 per cent under heading {n}.", "en") for n in range(1, 41)
]


@pytest.fixture
def without_public_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICY_ASSISTANT_PUBLIC_DATA", raising=False)


@pytest.mark.usefixtures("without_public_data")
def test_the_shipped_text_gives_clauses_that_are_the_same_every_time() -> None:
    clauses = known_clauses(80)
    assert len({clause.text for clause in clauses}) == 80
    assert known_clauses(40) == clauses[:40]
    assert all(language_of(clause.text) == clause.language for clause in clauses)


def test_a_folder_holds_a_thousand_articles_and_says_what_its_documents_are(tmp_path: Path) -> None:
    write_folder(tmp_path, 0, CLAUSES)
    folder = folder_of(tmp_path, 0)
    texts = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    assert sum(text.count("Article ") for text in texts.values()) == 1_000
    assert texts["0.md"].split("\n\n")[1] == CLAUSES[0].text
    facts = load_catalog(folder)
    assert set(facts) == set(texts)
    earlier, later = facts["0.md"], facts["1.md"]
    assert (earlier.title, earlier.issuer) == (later.title, later.issuer)
    assert str(earlier.date) < str(later.date)
    assert {one.collection for one in facts.values()} == {"general", "tenth"}
    assert tomllib.loads((folder / "catalog.toml").read_text("utf-8"))


def test_later_passages_hold_two_clauses_with_other_numbers(tmp_path: Path) -> None:
    write_folder(tmp_path, 1, CLAUSES)
    article = (folder_of(tmp_path, 1) / "25.md").read_text("utf-8").split("Article 2")[0]
    first, second = clauses_of(article.strip())
    known = {clauses_of(f"Article 1\n\n{clause.text}")[0] for clause in CLAUSES}
    assert {first, second} <= known
    assert first != second
    assert CLAUSES[0].text not in article


def test_a_clause_is_embedded_and_two_of_them_are_sampled_near_their_mean(tmp_path: Path) -> None:
    model = BagOfTermsEmbedder()
    vectors = SampledVectors(model, tmp_path / "vectors.npz")
    one, other = "Rules\nArticle 1\n\nCustoms duty 5.", "Rules\nArticle 2\n\nVisas for 10 specialists."
    both = "Rules\nArticle 3\n\nCustoms duty 7.\n\nVisas for 90 specialists."
    singles = vectors.embed_passages([one, other])
    assert singles == pytest.approx(BagOfTermsEmbedder().embed_passages([one, other]))
    (sampled,) = vectors.embed_passages([both])
    mean = singles.sum(axis=0) / np.linalg.norm(singles.sum(axis=0))
    assert sampled @ mean == pytest.approx(NEARNESS, abs=1e-5)
    assert np.linalg.norm(sampled) == pytest.approx(1, abs=1e-5)
    assert model.embedded == [one, other]
    vectors.save()
    again = SampledVectors(BagOfTermsEmbedder(), tmp_path / "vectors.npz")
    assert again.embed_passages([both, one]) == pytest.approx(np.stack([sampled, singles[0]]))


def test_the_table_tells_median_growth_and_disk() -> None:
    def measured(scale: float) -> Measured:
        one = Measured(look={"recall": 0.99, "again": scale, "one more": 0.1, "after a change": 0.2})
        one.look["disk"] = {"library": 10 * scale}
        for seconds in (0.001, 0.002, 0.009):
            taken = {name: [scale * seconds] * 4 for name in NAMES}
            one.rounds.append({"opening": 1, "first": 1, "memory": 100 * scale, "seconds": taken})
        return one

    sizes = {1_000: measured(1), 10_000: measured(2)}
    told = table(sizes)
    assert "| search, p50 / p95 | 2.0 / 2.0 ms | 4.0 / 4.0 ms | x 2.0 |" in told
    assert "| disk, library | 10 MB | 20 MB | x 2.0 |" in told
    assert all(svg.startswith("<svg") for svg in plotted(sizes).values())


NAMES = (
    "search", "meaning", "keywords", "library, ten passages", "search, one document",
    "search, one issuer of twenty", "search, one language", "search, a hundredth may be read",
)  # fmt: skip
