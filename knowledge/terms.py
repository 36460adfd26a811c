"""Text -> the terms that keyword search and lexical evidence compare.

English words are lower-cased and stemmed; runs of Han characters become overlapping character bigrams,
which need no dictionary and find any two-character word.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

TERMS = "stems, pairs of stems, Han bigrams"  # an index made of other terms is refused
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_RUN = re.compile(f"[{_HAN}]+")
_TOO_LONG = 60  # bytes of UTF-8 from which a run of letters and digits is encoded data, not a word
_TERM_SETS_KEPT = 4_096  # of a few kB each
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # no UTF-8 can hold it, and tantivy speaks UTF-8


def terms(text: str) -> list[str]:
    """The terms of a text, in order, repeats kept; Latin words first, then Han bigrams."""
    folded = _folded(text)
    words: list[str] = _stemmer().analyze(HAN_RUN.sub(" ", folded))
    return words + han_bigrams(folded)


@lru_cache(maxsize=_TERM_SETS_KEPT)
def term_set(text: str) -> frozenset[str]:
    """The different terms of a text; the latest are remembered, as questions meet the same texts again."""
    return frozenset(terms(text))


def content_terms(text: str) -> list[str]:
    """The terms of a question that carry meaning: without English function words."""
    folded = _folded(text)
    words: list[str] = _content_stemmer().analyze(HAN_RUN.sub(" ", folded))
    return words + han_bigrams(folded)


def word_pairs(text: str) -> list[str]:
    """Each two neighbouring English content words as one term: "import of services" has "import_servic"."""
    words: list[str] = _content_stemmer().analyze(HAN_RUN.sub(" ", _folded(text)))
    return [f"{first}_{second}" for first, second in pairwise(words)]


def han_bigrams(text: str) -> list[str]:
    """Overlapping two-character terms of every run of Han characters; a lone character stands alone."""
    bigrams: list[str] = []
    for run in HAN_RUN.findall(text):
        bigrams.extend([run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)])
    return bigrams


def _folded(text: str) -> str:
    return _LONE_SURROGATE.sub("\ufffd", unicodedata.normalize("NFKC", text))


@cache
def _stemmer() -> TextAnalyzer:
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(_TOO_LONG))
        .filter(Filter.lowercase())
        .filter(Filter.stemmer("english"))
        .build()
    )


@cache
def _content_stemmer() -> TextAnalyzer:
    return (
        TextAnalyzerBuilder(Tokenizer.simple())
        .filter(Filter.remove_long(_TOO_LONG))
        .filter(Filter.lowercase())
        .filter(Filter.custom_stopword(sorted(ENGLISH_FUNCTION_WORDS)))
        .filter(Filter.stemmer("english"))
        .build()
    )


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Words that say how a sentence is built or how a question is put, not what it is about. Words of force
# ("must", "shall", "may", "not") stay out of this list on purpose: in policy text they carry meaning.
ENGLISH_FUNCTION_WORDS = _words(
    """
    a about according all am an and any are as at be been being by can could did do does doing during each
    few for from get give had has have having he her here hers him his how i if in into is it its itself
    just let list me mention mentioned mentions more most my name of on or other our ours please s say says
    she so some such t tell than that the their theirs them then there these they this those to too under up
    upon us very was we were what when where which while who whom whose why will with would you your yours
    """
)

# The same for Chinese, as dictionary words.
CHINESE_FUNCTION_WORDS = _words(
    """
    的 了 是 有 在 和 与 對 对 要 怎么 怎麼 怎样 怎樣 如何 什么 什麼 甚么 哪些 哪个 哪個 哪位 多少 吗 嗎 吧
    呢 啊 这次 這次 这样 這樣 应当 應當 应该 應該 可以 能 会 會 将 將 把 为 為 从 從 向 到 于 於 等 及 或 被
    由 今后 今後 还是 還是 关于 關於 方面 具体 具體 是不是 是否 几 幾 一共 里 裡 上 下 让 讓 使 更 还 還 也
    都 就 去 来 來 给 給 说 說 我 你 他 我们 我們 你们 你們 这 這 那 个 個 之 其 该 該 本 请 請 问 問 请问
    請問 么 何 何时 何時 谁 誰 得 地 着 过 以 所 而 但 因 因为 因為 所以 如果 若 则 則 并 且 又 再 已 已经
    已經 一 些 有些 一些 什么样 什麼樣 为什么 為什麼 怎么样 怎麼樣 多 哪 哪里 哪裡 哪儿 里面 這些 这些 那些
    有没有 有沒有 没有 沒有
    """
)
