"""Rule 2, for names: people, places, organisations and acronyms of a sentence stand in what it cites.

Across languages a name counts as standing there when CC-CEDICT translates it so, each word of it for a name
of many words, or when its original follows it in brackets. What the dictionary does not know is refused: a
name that cannot be compared may be a foreign one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.claims.claim_names import chinese_names
from assistant.rules.statement import Statement, plainly
from knowledge.dictionary import ChineseDictionary
from knowledge.terms import HAN_RUN, content_terms

UNKNOWN_NAME = "a name does not stand in what is cited"
_WORD = r"[A-Z][\w&+/-]*(?:\.[A-Z])*"
_PHRASE = re.compile(rf"(?<![\w’'-]){_WORD}(?:\s(?:(?:of|for|the|on|to)\s){{0,2}}{_WORD})*")
_LEADING = re.compile(
    r"(?:The|A|An|In|On|At|For|Of|By|To|From|Under|With|If|When|Where|No|All|Any|Each|Every|This|These|That|Those|It|Its|As|And|But|Or|Only|Both|After|Before|Unless|Within)\s"
)
_MONTHS_DAYS = frozenset(
    content_terms("January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday RMB CNY USD EUR "
    "Article Section Chapter Part No Nos Order")
)  # fmt: skip
# What an organisation is called whatever it is for; the rest of its name tells it from others.
_HEADS = frozenset(
    content_terms("ministry department office bureau administration commission committee council agency")
)
_PLACES = tuple(content_terms("province city county island prefecture autonomous"))
_LEVELS = {
    "省级": ("provinci", "provinc"), "市级": ("municip", "citi"), "县级": ("counti",),
    "乡级": ("township",), "村级": ("villag",),
}  # fmt: skip
_MOST_GLOSSES_MISSING = 1 / 3


def unknown_name(statement: Statement, dictionary: ChineseDictionary) -> str | None:
    """Refuses a name that neither the cited words nor the facts beside them hold."""
    held = f"{statement.cited}\n{statement.facts}"
    terms = content_terms(held)
    for phrase in _english_names(statement.text, dictionary):
        if not (_stands_in_english(phrase, held, terms) or _stands_in_chinese(phrase, held, dictionary)):
            return UNKNOWN_NAME
    named = chinese_names(statement.text, dictionary)
    if any(name not in held for name in named):
        known = _names_in_english(terms, dictionary)
        unknown = (name for name in named if name not in held and name not in known)
        if not all(
            _is_glossed(one, terms, dictionary) or _is_original(one, statement, held) for one in unknown
        ):
            return UNKNOWN_NAME
    return UNKNOWN_NAME if _is_spelt_strangely(statement, held, dictionary) else None


def _english_names(text: str, dictionary: ChineseDictionary) -> list[str]:
    found = []
    for match in _PHRASE.finditer(HAN_RUN.sub(" ", text)):
        phrase = match.group()
        opens = not any(map(str.isalnum, text[: match.start()]))
        if opens:
            phrase = _LEADING.sub("", phrase)
            if " " not in phrase and not phrase[1:2].isupper() and not _is_known_name(phrase, dictionary):
                continue
        if not set(content_terms(phrase)) <= _MONTHS_DAYS:
            found.append(phrase)
    return found


def _is_known_name(word: str, dictionary: ChineseDictionary) -> bool:
    """Whether the dictionary has the word as the whole English of a name: Sweden, but not Trade."""
    named = [one for term in content_terms(word) for one in dictionary.chinese_for(term)]
    return any(
        one.is_name for chinese in named for one in dictionary.words(chinese)[:1] if one.text == chinese
    )


def _stands_in_english(phrase: str, held: str, terms: Sequence[str]) -> bool:
    wanted = content_terms(phrase)
    if not wanted or plainly(phrase) in plainly(held):
        return True
    if len(wanted) == 1:
        return wanted[0] in terms or (phrase.isupper() and _is_acronym(phrase.lower(), held))
    return any(list(terms[i : i + len(wanted)]) == wanted for i in range(len(terms)))


def _is_acronym(letters: str, held: str) -> bool:
    initials = "".join(
        word[0] for word in re.findall(r"[a-z]+", held.lower()) if word not in ("of", "the", "and", "for")
    )
    return len(letters) > 1 and letters in initials


def _stands_in_chinese(phrase: str, held: str, dictionary: ChineseDictionary) -> bool:
    if not HAN_RUN.search(held):
        return False
    wanted = content_terms(phrase)
    if len(wanted) == 2 and any(one in held for one in dictionary.chinese_for(*wanted)):
        return True
    telling = [term for term in wanted if term not in _HEADS]
    return bool(telling) and all(
        any(one[:2] in held for one in _chinese_of(term, dictionary) if len(one) > 1) for term in telling
    )


def _chinese_of(term: str, dictionary: ChineseDictionary) -> Iterator[str]:
    yield from dictionary.chinese_for(term)
    for head in _PLACES:  # the dictionary calls 海南 "Hainan Province"
        yield from dictionary.chinese_for(term, head)


def _names_in_english(terms: Sequence[str], dictionary: ChineseDictionary) -> set[str]:
    """Chinese words for every word and every two neighbouring words of an English text."""
    single = {one for term in set(terms) for one in dictionary.chinese_for(term)}
    return single | {
        word for one, other in set(pairwise(terms)) for word in dictionary.chinese_for(one, other)
    }


def _is_glossed(name: str, terms: Sequence[str], dictionary: ChineseDictionary) -> bool:
    glosses = {gloss for word in dictionary.words(name) for gloss in word.glosses}
    if glosses and len(glosses - set(terms)) <= _MOST_GLOSSES_MISSING * len(glosses):
        return True
    if name in _LEVELS:
        return not set(_LEVELS[name]).isdisjoint(terms)
    if len(name) < 3 or _HEADS.isdisjoint(terms):
        return False
    # 商务部 without its last sign is 商务, commerce; the head of the name stands there as one of _HEADS.
    kinds = [word.glosses for word in dictionary.words(name[:-1])]
    return all(not kind.isdisjoint(terms) for kind in kinds)


def _is_original(name: str, statement: Statement, held: str) -> bool:
    match = re.search(re.escape(name) + r"[^（(]{0,8}[（(]([^（）()]{2,200})[）)]", statement.text)
    return match is not None and plainly(match[1]) in plainly(held)


def _is_spelt_strangely(statement: Statement, held: str, dictionary: ChineseDictionary) -> bool:
    """Whether the sentence has neighbouring characters that are no word and nowhere in a Chinese source."""
    if statement.across:
        return False
    single = [
        word.text if len(word.text) == 1 and word.text not in held else " "
        for word in dictionary.words(statement.text)
    ]
    return bool(re.search(r"\S\S", "".join(single)))
