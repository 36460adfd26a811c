"""Bytes of .txt and .md files -> text, in the three encodings that English and Chinese documents come in.

UTF-8 proves itself: bytes of another encoding are hardly ever valid in it. UTF-16 has its mark. GB18030
accepts almost any bytes, so what it makes of them is judged: real Chinese is full of its everyday characters,
and Latin-1, Big5, EUC-KR or damaged UTF-8 read as GB18030 give rare ones.
"""

import codecs
import re

from knowledge.errors import UnreadableFile
from knowledge.policy import Layout
from knowledge.reading.content import Content
from knowledge.reading.invisible import visible

# The everyday characters of Chinese prose and of Chinese law, simplified and traditional. In every one of
# 1,446 statutes and encyclopaedia paragraphs (public laws, CMRC 2018, DRCD) they were more than a quarter of
# the Chinese characters; in misread Latin-1, EUC-KR and damaged UTF-8 hardly more than a tenth.
_EVERYDAY = frozenset(
    "一三上下不与专世业东並个中为主之也了事二于五亚亞产人他代令以件任企会但位体作使來例依保信個入內全"
    "公共关其内军准出分利到制前力办加务动動務化北区區十南及发口可台合同名后告员和品商四因国國在地场城"
    "境处外多大天子学學定实审家實对將對小尔山州工市年并应府建开当形後得從德总應成或戰所投提政教文斯新"
    "方於施日时明易是時最會月有服期本机权条来東构查标業機款此民法海為照爾物王现現球理生用由申电當發的"
    "监知种称稅税稱立章第等管米統經總约经署美者而自至营行被西要規规议设证请貨责货贸资赛路軍这进通道部"
    "都里重长门队院险面项高"
)
_LEAST_EVERYDAY = 0.2  # of the Chinese characters
_MOST_FOREIGN = 0.1  # of the characters beyond ASCII: neither Chinese characters nor punctuation
_MOST_CONTROL = 0.02  # of all characters

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")
_PUNCTUATION = re.compile(
    "[\u2010-\u2040\u3000-\u3020\u3200-\u33ff\uff01-\uff60\u2160-\u217f\u2460-\u249b·×÷°§±‰℃£€¥©®™]"
)
_HALF_A_PAIR = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # a surrogate written as if it were a character


def _is_plausible(text: str) -> bool:
    """Whether text that was decoded on trial reads like English or Chinese."""
    beyond = len(_BEYOND_ASCII.findall(text))
    chinese = _HAN.findall(text)
    foreign = beyond - len(chinese) - len(_PUNCTUATION.findall(text))
    everyday = sum(character in _EVERYDAY for character in chinese)
    return foreign <= _MOST_FOREIGN * beyond and everyday >= _LEAST_EVERYDAY * len(chinese)


def _is_binary(text: str) -> bool:
    """Whether decoded text holds a NUL or too many control characters to be anyone's words."""
    return "\0" in text or len(_CONTROL.findall(text)) > _MOST_CONTROL * len(text)


def _binary(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name} is binary data and not text: save the document as text in UTF-8.",
        f"{name} 是二进制数据而非文本：请另存为 UTF-8 文本。",
    )


def _on_trial(data: bytes, encoding: str) -> str | None:
    """The text that bytes give in an encoding if it is plausible, else None."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return text if _is_plausible(text) and not _is_binary(text) else None


def _text(data: bytes, name: str) -> str:
    """Decoded bytes, with a BOM if there is one."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                f"{name} is damaged UTF-16 (half a character at byte {error.start}): save it again as UTF-8.",
                f"{name} 的 UTF-16 已损坏（第 {error.start} 字节处字符不全）：请重新保存为 UTF-8。",
            ) from error
    # ASCII in UTF-16 without a BOM is valid UTF-8, with a NUL beside every character.
    if b"\0" not in data:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            damaged_at = error.start
        if _HALF_A_PAIR.search(data) and _is_utf8_but_for_surrogates(data):
            raise UnreadableFile(
                f"{name} holds half a surrogate pair at byte {damaged_at}, which is no character:"
                " save it again as UTF-8.",
                f"{name} 第 {damaged_at} 字节处代理对不全，不成字符：请重新保存为 UTF-8。",
            )
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        text = _on_trial(data, encoding)
        if text is not None:
            return text
    if b"\0" in data:
        raise _binary(name)
    raise UnreadableFile(
        f"{name} is in none of UTF-8 (byte {damaged_at} is not), UTF-16 and GB18030: save it again as UTF-8.",
        f"{name} 既非 UTF-8（第 {damaged_at} 字节不符），也非 UTF-16 或 GB18030：请重新保存为 UTF-8。",
    )


def _is_utf8_but_for_surrogates(data: bytes) -> bool:
    """Whether surrogates are all that keeps bytes from being UTF-8, as in CESU-8."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def decoded(data: bytes, name: str) -> str:
    """The text of a file's bytes without a leading BOM and with "\\n" for every line break.

    `name` stands for the file in messages. Raises UnreadableFile for bytes that are empty, blank, binary, or
    in none of UTF-8, UTF-16 and GB18030.
    """
    if not data:
        raise UnreadableFile(
            f"{name} is empty: put the document's text into it or take it away.",
            f"{name} 为空文件：请补入正文，或不再上传该文件。",
        )
    text = _text(data, name).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if _is_binary(text):
        raise _binary(name)
    return readable(text, name)


def readable(text: str, name: str) -> str:
    """The text, which holds something to read; raises UnreadableFile where it does not."""
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise UnreadableFile(
            f"{name} holds nothing but blank space: put the document's text into it or take it away.",
            f"{name} 只有空白：请补入正文，或不再上传该文件。",
        )
    return text


def read_text(data: bytes, name: str) -> Content:
    """The text of a plain text file without unseen characters; raises UnreadableFile as `decoded` does."""
    text, hidden = visible(decoded(data, name))
    return Content(readable(text, name), Layout(hidden=hidden))
