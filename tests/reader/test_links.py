"""Where a page sends its readers: to the web, and nowhere else."""

import pytest
from wagtail.blocks import StreamBlockValidationError

from dateline.stories.actions import Draft, publish_story, write_story
from dateline.stories.blocks import BodyBlock
from tests.factories import a_newsroom

BAD = ["javascript:alert(1)", "data:text/html,x", "ftp://x.example/a"]


def parts(url):
    return [
        {"type": "embed", "value": {"url": url, "title": "Embedded", "provider": ""}},
        {"type": "document", "value": {"url": url, "title": "Document"}},
    ]


@pytest.mark.parametrize("url", BAD)
def test_other_schemes_are_refused_when_they_are_written(url):
    block = BodyBlock()
    with pytest.raises(StreamBlockValidationError) as refused:
        block.clean(block.to_python(parts(url)))
    assert set(refused.value.block_errors) == {0, 1}


def test_addresses_of_the_web_are_taken():
    block = BodyBlock()
    cleaned = block.clean(block.to_python(parts("https://x.example/a")))
    assert [part.value["url"] for part in cleaned] == ["https://x.example/a"] * 2


@pytest.mark.django_db
@pytest.mark.parametrize("url", BAD)
def test_other_schemes_that_were_stored_are_not_shown(client, url):
    """An import writes past the form, and so may an older house."""
    room = a_newsroom()
    text = f'<p>Talks <a id="7" linktype="story">fail</a> <a href="{url}">again</a>.</p>'
    body = [{"type": "paragraph", "value": text}, *parts(url)]
    fields = {"section": room.world, "headline": "Talks fail"}
    draft = write_story(by=None, draft=Draft(fields=fields, body=body))
    html = client.get(publish_story(by=None, story=draft).address).content.decode()
    assert "Talks fail again." in html
    said = {word: word in html for word in (url, "linktype", "Embedded", "Document")}
    assert said == dict.fromkeys(said, False)


@pytest.mark.django_db
def test_addresses_of_the_web_are_shown(client):
    room = a_newsroom()
    fields = {"section": room.world, "headline": "Talks fail"}
    body = parts("https://x.example/a")
    draft = write_story(by=None, draft=Draft(fields=fields, body=body))
    html = client.get(publish_story(by=None, story=draft).address).content.decode()
    assert html.count('href="https://x.example/a"') == 2
