"""Word lists written as running text."""


def words(text: str) -> frozenset[str]:
    """Give the set of the words of a text; in a word `_` stands for a space."""
    return frozenset(word.replace("_", " ") for word in text.split())
