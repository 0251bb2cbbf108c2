"""Cut text off the front of inline HTML, as a dateline is cut off its paragraph."""

import re

_TOKEN = re.compile(r"<[^>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|.", re.DOTALL)


def without_first(markup: str, count: int) -> str:
    """Drop the first `count` characters of the text in sanitised inline HTML, and keep its tags."""
    kept: list[str] = []
    at = 0
    for token in _TOKEN.finditer(markup):
        if count <= 0:
            at = token.start()
            break
        at = token.end()
        if token.group().startswith("<") and len(token.group()) > 1:
            kept.append(token.group())
        else:
            count -= 1
    return "".join(kept) + markup[at:].lstrip()
