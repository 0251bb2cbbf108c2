import pytest

from dateline.common.languages import is_language_tag

REAL = ["en", "ru", "ar", "pt-BR", "zh-Hant", "sr-Cyrl-RS", "es-419", "de-1901", "la", "EN-us"]
NONE = ["", "english", "xx", "en-XX", "en-Qabc", "en_US", "e", "en-", "-en", "<b>", "en US"]


@pytest.mark.parametrize("tag", REAL)
def test_a_tag_of_a_language(tag):
    assert is_language_tag(tag)


@pytest.mark.parametrize("tag", NONE)
def test_no_tag_of_a_language(tag):
    assert not is_language_tag(tag)
