"""The newsroom's screens for alerts: a look first, then raised; offered, never silent."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from dateline.common import clock
from dateline.config.doors import STAFF_URLS
from dateline.newsfeed.actions import raise_alert
from dateline.newsfeed.models import Alert
from dateline.people.models import Account
from dateline.reader.memo import memo
from dateline.stories.models import Story
from tests.factories import a_newsroom, a_published_story, a_story

pytestmark = pytest.mark.django_db
NEW, LIST = "/newsroom/alerts/new/", "/newsroom/alerts/"


@pytest.fixture
def room():
    memo._values.clear()
    yield a_newsroom()
    memo._values.clear()


@pytest.fixture
def desk(room, client):
    client.force_login(room.editor)
    return client


def asked(room, **given):
    wanted = {"edition": room.edition.pk, "urgency": 1, "headline": "Council <recognises> Ostrel"}
    return wanted | {"story": ""} | given


def text(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_a_flash_is_looked_at_before_it_is_raised(room, desk):
    html = text(desk.post(NEW, asked(room)))
    assert Alert.objects.count() == 0
    [address] = [part.split('"')[0] for part in html.split('src="')[1:] if "alerts/preview" in part]
    shown = text(desk.get(address.replace("&amp;", "&")))
    answer = desk.post(NEW, asked(room, **{"raise": "yes"}), follow=True)
    memo._values.clear()
    alert = Alert.objects.get()
    assert (alert.raised_by, alert.headline) == (room.editor, "Council <recognises> Ostrel")
    banner = text(desk.get("/-/now")).split("<aside")[1].split("</aside>")[0]
    shown = shown.split("<aside")[1].split("</aside>")[0]
    assert shown.split("<p>")[1].split("</span>")[0] == banner.split("<p>")[1].split("</span>")[0]
    assert 'class="alert-undo"' in text(answer)
    desk.post(f"{LIST}{alert.pk}/", {"action": "withdraw", "why": "Not confirmed."})
    alert.refresh_from_db()
    assert (alert.ended_as, alert.ended_by, alert.why) == (
        "withdrawn",
        room.editor,
        "Not confirmed.",
    )
    assert "Not confirmed." in text(desk.get(LIST))


def test_what_is_wrong_is_said_and_what_was_typed_stays(room, desk):
    html = text(desk.post(NEW, asked(room, headline="")))
    assert 'class="alert-error"' in html
    html = text(desk.post(NEW, asked(room, change="yes", headline="Another")))
    assert 'value="Another"' in html


def test_a_storys_alert_is_proposed_with_its_words(room, desk):
    story = a_story(room, "Talks fail in Brenn", urgency=2)
    html = text(desk.get(f"{NEW}?story={story.pk}"))
    assert 'value="Talks fail in Brenn"' in html
    confirm = text(desk.post(NEW, asked(room, story=story.pk)))
    assert "Readers cannot see the story yet" in confirm
    assert desk.get(f"{NEW}?story=99999").status_code == 404


def test_words_and_story_of_an_alert_in_force_can_be_changed(room, desk):
    alert = raise_alert(by=None, edition=room.edition, urgency=1, headline="First")
    story = a_published_story(room)
    assert "It takes the place of “First”." in text(desk.post(NEW, asked(room)))
    desk.post(f"{LIST}{alert.pk}/", {"action": "change", "headline": "Second"})
    desk.post(f"{LIST}{alert.pk}/", {"action": "link", "story": story.pk})
    alert.refresh_from_db()
    assert (alert.headline, alert.story, alert.changed_by) == ("Second", story, room.editor)
    assert desk.post(f"{LIST}{alert.pk}/", {"action": "sing"}).status_code == 400
    assert desk.post(f"{LIST}{alert.pk}/", {"action": "link", "story": "x"}).status_code == 404
    assert desk.post(f"{LIST}{alert.pk}/", {"action": "change", "headline": ""}).status_code == 422


def test_who_may_not_publish_may_not_alert(room, client):
    writer = Account.objects.create_user("writer", password="a-long-pass-phrase", is_staff=True)
    names = ("access_admin", "change_story", "add_story", "view_story")
    writer.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(writer)
    story = a_published_story(room)
    alert = raise_alert(by=None, edition=room.edition, urgency=1, headline="First")
    for answer in (
        client.get(LIST),
        client.post(NEW, asked(room, **{"raise": "yes"})),
        client.post(f"{LIST}{alert.pk}/", {"action": "withdraw"}),
        client.get(f"{LIST}preview/", asked(room)),
    ):
        assert answer.status_code in {302, 403}
    alert.refresh_from_db()
    assert (Alert.objects.count(), alert.ended_at) == (1, None)
    assert "alerts/new" not in text(client.get(f"/newsroom/stories/edit/{story.pk}/"))


@pytest.mark.parametrize(("urgency", "is_asked"), [(1, True), (2, True), (5, False)])
def test_publishing_an_urgent_story_asks_and_alerts_nobody(room, desk, settings, urgency, is_asked):
    from dateline.newsroom.alerts import offer_alert

    settings.ROOT_URLCONF = STAFF_URLS  # As inside the request, which ends here before the asking.
    story = a_published_story(room, urgency=urgency)
    request = desk.get(f"/newsroom/stories/edit/{story.pk}/").wsgi_request
    assert f"{NEW}?story={story.pk}" in text(desk.get(f"/newsroom/stories/edit/{story.pk}/"))
    request.POST = {"action-publish": "x"}
    offer_alert(request, story)
    told = [str(message) for message in request._messages]
    assert bool(told) is is_asked
    assert all(f"{NEW}?story={story.pk}" in one for one in told)
    assert Alert.objects.count() == 0


def test_the_desk_offers_alerts_of_news_alone(room, desk):
    fresh = a_published_story(room, "Talks fail in Brenn")
    old = a_published_story(room, "Talks begin in Brenn")
    Story.objects.filter(pk=old.pk).update(published_at=clock.now() - timedelta(days=2))
    a_story(room, "Talks are planned")
    html = text(desk.get("/newsroom/stories/"))
    assert re.findall(r"alerts/new/\?story=(\d+)", html) == [str(fresh.pk)]
