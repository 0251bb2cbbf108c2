"""Addresses of an earlier system lead to their story, also where this site has lists of its own."""

import pytest

from dateline.stories.models import OldAddress, Story
from tests.factories import a_newsroom
from tests.reader.dated import a_story_of

pytestmark = pytest.mark.django_db
OLD = [
    "/archive/2003/07/talks-fail/",
    "/archive/2003/07/",
    "/world/archive/2003/07/12/",
    "/2003/07/12/talks-fail/",
    "/news/12.txt",
    "/topics/talks/",
    "/people/talks/",
    "/old/feed.xml",
    "/sitemaps/en/2003-07.xml",
]


@pytest.mark.parametrize("path", OLD)
def test_an_imported_address_leads_to_its_story(client, path):
    a_story_of(a_newsroom(), "2008-11-13")
    story = Story.objects.select_related("edition").get()
    assert client.get(path).status_code == 404
    OldAddress.objects.create(path=path, story=story)
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (301, story.address)


def test_a_list_that_exists_is_no_old_address(client):
    room = a_newsroom()
    story = a_story_of(room, "2008-11-13")
    OldAddress.objects.create(path="/archive/2008/11/", story=story)
    assert client.get("/archive/2008/11/").status_code == 200
