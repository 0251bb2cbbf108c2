"""What other rooms add to the words of a story, such as the posts of its live coverage."""

from collections.abc import Callable, Collection, Mapping, Sequence

More = Callable[[Collection[int]], Mapping[int, Sequence[str]]]
_sources: list[More] = []


def add_words(source: More) -> None:
    """Have a source asked for more running texts of stories, by their numbers."""
    if source not in _sources:
        _sources.append(source)


def words_added(stories: Collection[int]) -> dict[int, list[str]]:
    """Return the texts that other rooms add to some stories."""
    found: dict[int, list[str]] = {}
    for source in _sources:
        for number, texts in source(stories).items():
            found.setdefault(number, []).extend(texts)
    return found
