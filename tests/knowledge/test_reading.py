import codecs
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.errors import UnreadableFile
from knowledge.reading import LARGEST_FILE_BYTES, ReadText, read_file
from knowledge.reading.invisible import visible

ENGLISH = "The Council met on August 26.\nIt spoke of “service trade” – twice.\n"
CHINESE = "国务院举行专题学习，强调加快服务贸易创新发展。\n会议指出，要扩大优质服务进口，推进制度型开放。\n"
TRADITIONAL = "會議指出，這是建設貿易強國的重要舉措，應當加快服務貿易的創新發展，並擴大優質服務的進口。\n"
FRENCH = "Les marchés publics européens, où l'équité prévaut, sont réglementés à l'échelle de l'État.\n"
GERMAN = "Größere Unternehmen müssen jährlich prüfen, ob die Maßnahmen für die Länder genügen; Übergänge.\n"
JAPANESE = "政府はサービス貿易の発展計画を承認した。経済協力を強化し、競争力を高めることが重要である。\n"
KOREAN = "정부는 서비스 무역 발전 계획을 승인했다. 경제 협력을 강화하고 국제 경쟁력을 높이는 것이 중요하다.\n"
RUSSIAN = "Правительство утвердило план развития внешней торговли услугами на следующий год.\n"


def write(tmp_path: Path, data: bytes, name: str = "a.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(UnreadableFile) as caught:
        read_file(path)
    message = str(caught.value)
    assert path.name.encode("ascii", "replace").decode() in message
    assert "\n" not in message
    assert message.endswith(".")
    assert ": " in message  # the remedy follows the fact
    return message


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, TRADITIONAL, ENGLISH + CHINESE, "AI+服务贸易", FRENCH])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read(tmp_path: Path, text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert read_file(write(tmp_path, data)) == ReadText(text, hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("text", [ENGLISH, CHINESE, TRADITIONAL, ENGLISH + CHINESE])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_its_mark(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_file(write(tmp_path, text.encode(encoding))).text == text


def test_big_endian_utf_16_with_its_mark_is_read(tmp_path: Path) -> None:
    assert read_file(write(tmp_path, codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"))).text == CHINESE


@pytest.mark.parametrize(
    "text", [CHINESE, TRADITIONAL, ENGLISH + CHINESE, "海关总署公告\n", "Policy on 服务贸易\n"]
)
def test_gb18030_is_read(tmp_path: Path, text: str) -> None:
    assert read_file(write(tmp_path, text.encode("gb18030"))).text == text


@pytest.mark.parametrize("suffix", [".txt", ".md", ".markdown", ".TXT", ".Md"])
def test_formats(tmp_path: Path, suffix: str) -> None:
    assert read_file(write(tmp_path, b"Text.", f"a{suffix}")).text == "Text."


def test_line_breaks_become_one_kind_and_nothing_else_is_changed(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf a\r\nb\rc\n\n\td \xe2\x80\x8b\xef\xbb\xbf\x0c"
    assert read_file(write(tmp_path, data)).text == " a\nb\nc\n\n\td \x0c"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "latin-1"),
        (FRENCH, "cp1252"),
        (GERMAN, "latin-1"),
        ("résumé", "latin-1"),
        ("über", "latin-1"),
        (ENGLISH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (TRADITIONAL, "big5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (KOREAN, "euc-kr"),
    ],
)
def test_other_encodings_are_refused_and_never_shown_as_chinese(
    tmp_path: Path, text: str, encoding: str
) -> None:
    message = refusal(write(tmp_path, text.encode(encoding)))
    assert "UTF-8" in message
    assert "GB18030" in message


@pytest.mark.parametrize("position", [0, 10, 30, 45])
def test_damaged_utf_8_is_refused_and_the_byte_named(tmp_path: Path, position: int) -> None:
    before, after = CHINESE[:position].encode(), CHINESE[position:].encode()
    assert f"byte {len(before)} " in refusal(write(tmp_path, before + b"\xff" + after))


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b" \r\n\t\xe3\x80\x80", "blank"),
        (b"\xef\xbb\xbf", "blank"),
        ("\u200b\n\ufeff".encode(), "blank"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00" * 20, "binary"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x01\x02\x03\x04text\x05\x06", "binary"),
        (b"Text with a NUL \x00 in it, which no editor writes.", "binary"),
        ("A B\0C".encode("utf-16"), "binary"),
        (
            codecs.BOM_UTF16_LE + "\ud83d and text".encode("utf-16-le", "surrogatepass"),
            "damaged UTF-16",
        ),
        (codecs.BOM_UTF16_LE + b"abc", "damaged UTF-16"),
        ("Text \ud83d\ude00 and more".encode("utf-8", "surrogatepass"), "surrogate"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, word: str) -> None:
    assert word in refusal(write(tmp_path, data))


def test_a_file_of_50_megabytes_is_refused_with_the_advice_to_split_it(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    message = refusal(path)
    assert "50.0 MB" in message
    assert "split it" in message


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    assert len(read_file(write(tmp_path, b"a" * LARGEST_FILE_BYTES)).text) == LARGEST_FILE_BYTES


def test_a_path_that_is_missing_or_a_folder_or_of_another_format(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "missing.txt")
    (tmp_path / "folder.txt").mkdir()
    assert "not a file" in refusal(tmp_path / "folder.txt")
    assert ".markdown" in refusal(write(tmp_path, b"{}", "a.json"))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "not a file" in refusal(tmp_path / "pipe.txt")


def test_a_name_that_cannot_be_printed(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"bad\xff\nname.txt")
    with pytest.raises(UnreadableFile) as caught:
        read_file(path)
    assert "bad??name.txt" in str(caught.value)


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Root may read everything, so root's tests take another user's rights for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


def test_a_file_without_permission(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = write(tmp_path, b"Text.")
    path.chmod(0)
    request.getfixturevalue("as_nobody")
    assert "permission" in refusal(path)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_all_utf_8_text_comes_back_unchanged(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("text") / "a.txt"
    path.write_bytes(b"A" + text.encode())
    assert read_file(path).text == "A" + visible(text)[0]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.txt"
    path.write_bytes(data)
    try:
        text = read_file(path).text
    except UnreadableFile:
        return
    text.encode()  # no lone surrogate
    assert text.strip()
