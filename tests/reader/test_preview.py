import pytest

from tests.addresses import reverse
from tests.factories import a_newsroom, a_story
from tests.newsroom.test_paths import form

pytestmark = pytest.mark.django_db


def test_a_preview_is_kept_by_nobody_and_shown_in_the_newsrooms_frame(client):
    room = a_newsroom()
    story = a_story(room, headline="Not out yet")
    client.force_login(room.editor)
    address = reverse("wagtailsnippets_stories_story:preview_on_edit", args=[story.pk])
    client.post(address, form(room, headline="Not out yet"))
    answer = client.get(f"{address}?in_preview_panel=true")
    assert answer.status_code == 200
    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert "Cache-Tag" not in answer
