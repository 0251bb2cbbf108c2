"""Arabic words without the letters that are joined to them.

The stemmer for other languages cuts a word with the article in another place than the same word
without it, so that neither finds the other. Here the joined particle goes first, then endings.
Source: the "light" way of stemming Arabic (Larkey, Ballesteros, Connell 2002), on folded letters.
"""

_ARTICLES = ("وال", "بال", "كال", "فال", "ال", "لل")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


def light_stem(word: str) -> str:
    """Return a folded Arabic word without "and", article, and the endings of number and person."""
    if word.startswith("و") and len(word) > 4:
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            word = word[len(article) :]
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
    return word
