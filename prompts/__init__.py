"""The product's sentences as Markdown files, one a prompt, filled by name.

Texts for people and for models live here and not in code, so that they can be read, reviewed and
translated in one place. This package imports nothing of the other rooms.
"""

from importlib.resources import files
from string import Formatter


class PromptError(LookupError):
    """A prompt that does not exist, or variables that are not exactly the ones it has slots for."""


def fill(name: str, /, **values: str) -> str:
    """The text of `prompts/<name>.md` with every `{variable}` slot replaced; `{{` and `}}` stand for braces.

    Raises PromptError naming the prompt and the missing or surplus variable.
    """
    file = files(__name__) / f"{name}.md"
    if not file.is_file():
        raise PromptError(f"There is no prompt {name}: prompts/{name}.md does not exist.")
    text = file.read_text("utf-8").rstrip("\n")
    slots = {slot for _, slot, _, _ in Formatter().parse(text) if slot is not None}
    for variable in sorted(slots - values.keys()):
        raise PromptError(f"The prompt {name} needs the variable {variable}, which was not given.")
    for variable in sorted(values.keys() - slots):
        raise PromptError(f"The prompt {name} has no slot for the variable {variable}.")
    return text.format_map(values)
