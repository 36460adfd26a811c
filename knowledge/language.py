"""Which of the two languages a text is in."""

import re

from knowledge.policy import Language

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’-][A-Za-z\u00c0-\u024f]+)*")
# Words that carry a sentence rather than a topic: they tell a question's own language from that of the
# term it asks about ("What is 服务贸易?", "AI + service trade 是什么").
_ENGLISH_FRAME = re.compile(
    r"\b(?:what|which|who|how|when|where|why|is|are|do|does|can|should|must|the)\b", re.I
)
_CHINESE_FRAME = re.compile("什么|哪|谁|如何|怎|何时|为何|是|吗|呢|请|应|可以|的")
_CHARACTERS_A_WORD = 2  # a Chinese word is about two characters long
_FRAME_WEIGHT = 2  # words


def language_of(text: str) -> Language:
    """The language that outweighs the other, "en" for neither; right for a question on a foreign term too."""
    chinese = len(_HAN.findall(text)) / _CHARACTERS_A_WORD + _FRAME_WEIGHT * len(_CHINESE_FRAME.findall(text))
    latin = len(_LATIN_WORD.findall(text)) + _FRAME_WEIGHT * len(_ENGLISH_FRAME.findall(text))
    return "zh" if chinese > latin else "en"
