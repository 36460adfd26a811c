"""A sheet as Markdown: every character of a document or a question stands for itself."""

import re

from assistant.web.chat.answer_sheet import Sheet, SheetSentence, SheetSource

# What Markdown, or the HTML inside it, would take for a sign of its own.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&!$:])")
_LINE_SIGN = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def sheet_as_markdown(sheet: Sheet) -> str:
    """The question as its heading, the sentences, then the sources with their quotes."""
    parts = [f"# {_in_line(sheet.question)}"]
    parts += [f"*{_in_line(line)}*" for line in sheet.about]
    parts.append(_in_line(sheet.framing))
    parts += [_sentence(sentence) for sentence in sheet.sentences]
    parts += [f"**{_in_line(note)}**" for note in sheet.notes]
    if sheet.sources:
        parts.append(f"## {_in_line(sheet.sources_heading)}")
    parts += [_source(source) for source in sheet.sources]
    parts.append(f"*{_in_line(sheet.closing)}*")
    return "\n\n".join(parts) + "\n"


def _sentence(sentence: SheetSentence) -> str:
    marks = "".join(f"\\[{mark}\\]" for mark in sentence.marks)
    verdict = f" ({_in_line(sentence.verdict)})" if sentence.verdict else ""
    return f"{_lines(sentence.text, '')} {marks}{verdict}"


def _source(source: SheetSource) -> str:
    warned = f"\\\n**{_in_line(source.warning)}**" if source.warning else ""
    return f"\\[{source.mark}\\] {_in_line(source.citation)}{warned}\n\n{_lines(source.quote, '> ')}"


def _lines(text: str, before: str) -> str:
    """Text of several lines, its line breaks kept and blank lines left out."""
    kept = [_escaped(line.strip()) for line in text.splitlines() if line.strip()]
    return f"\\\n{before}".join([f"{before}{kept[0]}", *kept[1:]]) if kept else ""


def _in_line(text: str) -> str:
    return _escaped(" ".join(text.split()))


def _escaped(line: str) -> str:
    return _LINE_SIGN.sub(_line_sign, _SIGNS.sub(r"\\\1", line))


def _line_sign(found: re.Match[str]) -> str:
    # "1." begins a list unless its full stop is escaped; a digit cannot be.
    return f"{found[1]}{found[2]}\\" if found[2].isdigit() else f"{found[1]}\\{found[2]}"
