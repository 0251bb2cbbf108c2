"""Two at once: one post, one after the other."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from dateline.live import actions
from dateline.live.models import LivePost
from tests.factories import a_newsroom, a_published_story
from tests.live.coverage import Coverage

pytestmark = pytest.mark.database


def test_a_post_sent_by_two_lines_at_once_is_written_once(committed):
    with transaction.atomic():
        room = a_newsroom()
        story = a_published_story(room, kind="live")
        live = Coverage(room, story, actions.open_coverage(by=None, story=story))

    def send(_):
        try:
            return live.send("Nine votes.", client_key="same").pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        numbers = set(threads.map(send, range(8)))
    assert (len(numbers), LivePost.objects.count()) == (1, 1)
    assert LivePost.objects.get().deeds.filter(deed="publish").count() == 1
