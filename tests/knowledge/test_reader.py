import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import EmbedderUnavailable
from knowledge.reader import READER_SHA256, E5Reader, TextToRead

PERMIT = TextToRead(
    "Trade permits",
    (
        "The trade office issues permits for the import of services.",
        "An application is decided within 30 days.",
        "Permits are not needed for the export of goods.",
    ),
)
WEATHER = TextToRead("Weather", ("Winters are cold in the north.", "Summers bring rain."))


@pytest.fixture(scope="module")
def reader() -> E5Reader:
    return E5Reader()


@pytest.mark.parametrize(
    "question",
    ["How long does it take to decide an application?", "申请需要多少天作出决定？"],
)
def test_a_text_that_answers_is_told_from_one_that_does_not(reader: E5Reader, question: str) -> None:
    permit, weather = reader.read(question, [PERMIT, WEATHER])

    assert permit.answerable > weather.answerable + 1
    assert permit.short_answer.argmax() == 1
    assert permit.evidence.shape == permit.short_answer.shape == (3,)


def test_a_near_miss_scores_below_the_question_that_is_answered(reader: E5Reader) -> None:
    (answered,) = reader.read("Within how many days is an application decided?", [PERMIT])
    (missed,) = reader.read("What does an application for a permit cost?", [PERMIT])

    assert answered.answerable > missed.answerable + 1


def test_readings_come_in_the_order_of_the_texts_and_do_not_hang_on_company(reader: E5Reader) -> None:
    question = "Who issues permits?"
    together = reader.read(question, [WEATHER, PERMIT, WEATHER])
    alone = E5Reader().read(question, [PERMIT])

    assert together[1].answerable == pytest.approx(alone[0].answerable, abs=1e-5)
    assert together[0] is together[2]  # read once


def test_many_questions_at_once_are_read_as_each_alone(reader: E5Reader) -> None:
    asked = [f"Who issues permits of kind {number}?" for number in range(12)]
    with ThreadPoolExecutor(6) as threads:
        together = list(threads.map(lambda question: reader.read(question, [PERMIT])[0].answerable, asked))

    assert together == pytest.approx(
        [E5Reader().read(question, [PERMIT])[0].answerable for question in asked[:2]]
        + [reader.read(question, [PERMIT])[0].answerable for question in asked[2:]],
        abs=1e-5,
    )


def test_a_reader_that_is_loading_ahead_reads_when_it_has_loaded() -> None:
    ahead = E5Reader()
    ahead.load_ahead()

    assert ahead.read("Who issues permits?", [PERMIT])[0].answerable > 0


def test_a_fault_while_loading_ahead_is_raised_by_the_first_reading(tmp_path: Path) -> None:
    broken = E5Reader(tmp_path / "missing.onnx")
    broken.load_ahead()

    with pytest.raises(EmbedderUnavailable, match=r"missing\.onnx"):
        broken.read("Who issues permits?", [PERMIT])


def test_a_text_of_many_windows_has_a_score_for_every_sentence(reader: E5Reader) -> None:
    filler = tuple(f"Clause {i} repeats that the parties meet and talk about the weather." for i in range(80))
    sentences = (*filler, "An application is decided within 30 days.", *filler)
    (reading,) = reader.read("How long does it take to decide an application?", [TextToRead("", sentences)])

    assert reading.short_answer.argmax() == 80
    assert np.isfinite(reading.evidence).all()
    assert reading.evidence.min() > -12  # none was left unread


@pytest.mark.parametrize("text", [TextToRead("", ()), TextToRead("", ("",)), TextToRead("x", ("\ud800",))])
def test_texts_without_words_are_read_without_an_error(reader: E5Reader, text: TextToRead) -> None:
    (reading,) = reader.read("Who?", [text])

    assert np.isfinite(reading.answerable)
    assert len(reading.evidence) == len(text.sentences)


def test_no_texts_give_no_readings(reader: E5Reader) -> None:
    assert reader.read("Who?", []) == []


def test_a_file_that_is_no_model_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "reader.onnx"
    broken.write_bytes(b"no model")

    with pytest.raises(EmbedderUnavailable, match=r"reader\.onnx"):
        E5Reader(broken).read("Who?", [PERMIT])


def test_the_hash_is_that_of_the_file_and_the_file_is_small() -> None:
    model = files("knowledge").joinpath("reader.onnx").read_bytes()

    assert hashlib.sha256(model).hexdigest() == READER_SHA256
    assert len(model) <= 30_000_000


def test_reading_imports_no_torch() -> None:
    code = (
        "import sys; from knowledge.reader import E5Reader, TextToRead;"
        "E5Reader().read('Who?', [TextToRead('', ('He.',))]); sys.exit('torch' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
