import pytest
from babel.messages.catalog import Catalog

from tools import catalogues


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write a Russian catalogue of the given messages and return what is wrong with it."""
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)

    def write(found, **translated):
        catalogue = Catalog(locale="ru")
        for text, string in translated.get("messages", {}).items():
            catalogue.add(text, string)
        catalogues.write(catalogue, "ru")
        return list(catalogues.problems("ru", found))

    return write


def test_a_whole_catalogue_has_no_problems(written):
    found = {("Older stories", None), (("%(n)s story", "%(n)s stories"), None)}
    plural = ("%(n)s новость", "%(n)s новости", "%(n)s новостей")
    messages = {"Older stories": "Раньше", ("%(n)s story", "%(n)s stories"): plural}
    assert written(found, messages=messages) == []
    assert catalogues.is_compiled("ru")


@pytest.mark.parametrize(
    ("text", "string", "said"),
    [
        ("Saved", "", "no translation"),
        ("More from %(section)s", "Ещё", "other fields than ['%(section)s']"),
        ("{n} new", "Новых: {m}", "other fields than ['{n}']"),
        ("Saved", "TODO", "a marker of unfinished work"),
        ("Source:", "Источник", "another ending"),
    ],
)
def test_a_fault_is_named_with_its_message(written, text, string, said):
    assert written({(text, None)}, messages={text: string}) == [f"ru: {said} in {text!r}"]


def test_what_is_missing_and_what_is_stale_is_named(written):
    said = written({("Newsfeed", None)}, messages={"Newswire": "Лента"})
    assert said == ["ru: missing 'Newsfeed'", "ru: stale 'Newswire'"]


def test_a_changed_plural_is_not_taken_over(written):
    written(set(), messages={("%(n)s line", "%(n)s lines"): ("1", "2", "3")})
    made = catalogues.updated("ru", {(("%(n)s line", "%(n)s rows"), None)})
    assert [message.string for message in made if message.id] == [("", "")]


def test_a_compiled_catalogue_of_another_text_is_noticed(written):
    written(set(), messages={"Saved": "Сохранено"})
    path = catalogues.path_of("ru")
    path.write_text(path.read_text().replace("Сохранено", "Отложено"))
    assert not catalogues.is_compiled("ru")
