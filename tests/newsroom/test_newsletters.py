"""Newsletters at the desk: put together, not a word lost, counted, tried, sent, called back."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.utils.translation import override, pgettext

from dateline.common import clock
from dateline.newsroom import newsletters
from dateline.people.models import Account, Letter
from dateline.stories.actions import hold_story
from dateline.subscriptions.actions import schedule_issue
from dateline.subscriptions.models import Issue, Newsletter, Sending, Trial
from dateline.subscriptions.newsletter_rules import PartCopy
from dateline.subscriptions.trial_rules import USUAL_HOURS, USUAL_SHARE
from dateline.topics.actions import save_edition
from tests.factories import a_published_story
from tests.subscriptions.conftest import room  # noqa: F401 - a fixture
from tests.subscriptions.following import a_follower
from tests.subscriptions.lettering import Later, a_newsletter, an_issue, sent

pytestmark = pytest.mark.django_db
WORDS = {"title": "Talks fail", "intro": "Good **morning**.\n\nMore below.", "parts": "0"}


@pytest.fixture
def desk(client, room):  # noqa: F811
    room.editor.email = "editor@news.example"
    room.editor.save()
    client.force_login(room.editor)
    return client


@pytest.fixture
def morning(room):  # noqa: F811
    newsletter = a_newsletter(room)
    for name in ("one", "two"):
        a_follower(room, f"{name}@news.example", str(newsletter.subject))
    return newsletter


def address(issue, rest=""):
    return f"/newsroom/newsletters/issues/{issue.pk}/{rest}"


def count_opens(monkeypatch):
    """Have the newsroom count which letters are opened."""
    counting = settings.DATELINE.model_copy(update={"counts_opens": True})
    monkeypatch.setattr(settings, "DATELINE", counting)


def test_a_newsletter_is_made_and_its_address_is_its_own(desk, room):  # noqa: F811
    given = {"edition": room.edition.pk, "title": "Evening", "slug": "evening", "is_active": "on"}
    desk.post("/newsroom/newsletters/new/", given)
    assert Newsletter.objects.get().slug == "evening"
    again = desk.post("/newsroom/newsletters/new/", given | {"title": "Other"})
    assert "Another newsletter has this address already." in again.content.decode()


def test_every_button_keeps_what_was_typed(desk, room, morning):  # noqa: F811
    story = a_published_story(room)
    desk.post(f"/newsroom/newsletters/{morning.pk}/issues/")
    issue = Issue.objects.get()
    desk.post(address(issue), WORDS | {"deed": f"put:{story.pk}"})
    issue.refresh_from_db()
    assert (issue.title, issue.intro) == (
        "Talks fail",
        "<p>Good <b>morning</b>.</p><p>More below.</p>",
    )
    assert [row.story for row in issue.parts.get().stories.all()] == [story]
    page = desk.get(address(issue)).content.decode()
    assert "Good **morning**." in page
    saved = desk.post(address(issue), WORDS | {"deed": "save"}, follow=True).content.decode()
    assert ("The letter is saved." in saved, "The letter is saved." in page) == (True, False)
    assert story.headline in page
    part = {"parts": "1", "part-0-stories": str(story.pk), "part-0-source": "since"}
    desk.post(address(issue), WORDS | part | {"deed": "add"})
    assert [one.source for one in issue.parts.all()] == ["since", "chosen"]


def test_words_that_are_looked_for_stay_from_one_button_to_the_next(desk, room, morning):  # noqa: F811
    story, _other = a_published_story(room), a_published_story(room, "Bridge opens")
    issue = an_issue(room, morning)
    for deed in ("find", "save", f"put:{story.pk}"):
        given = WORDS | {"words": " Talks ", "deed": deed}
        page = desk.post(address(issue), given, follow=True).content.decode()
        assert 'name="words" value="Talks"' in page
        assert (story.headline in page, "Bridge opens" in page) == (True, False)
    refused = desk.post(address(issue), given | {"sponsor_url": "no address"}).content.decode()
    assert 'name="words" value="Talks"' in refused
    assert "Nothing was kept" in refused
    assert "Nothing was kept" not in page


def test_the_next_issue_is_put_together_as_the_last(desk, room, morning):  # noqa: F811
    an_issue(room, morning, a_published_story(room))
    desk.post(f"/newsroom/newsletters/{morning.pk}/issues/")
    new = Issue.objects.order_by("-pk").first()
    assert [(one.heading, one.stories.count()) for one in new.parts.all()] == [("First", 0)]


def test_every_letter_of_a_newsletter_is_found_and_what_waits_stands_first(
    desk,
    room,  # noqa: F811
    morning,
    monkeypatch,
):
    waits, *_, last = [an_issue(room, morning, title=f"Letter no. {n}") for n in range(5)]
    schedule_issue(by=room.editor, issue=waits, at=clock.now() + timedelta(days=1))
    monkeypatch.setattr(newsletters, "_LATEST", 2)
    monkeypatch.setattr(newsletters, "PER_PAGE", 3)
    shown = desk.get("/newsroom/newsletters/").content.decode()
    assert re.findall(r"Letter no\. (\d)", shown) == ["0", "4"]
    url, seen = f"/newsroom/newsletters/{morning.pk}/issues/", []
    assert url in shown
    for more in ("", f"?before={last.pk - 2}", "?before=0"):
        page = desk.get(url + more).content.decode()
        seen.append(re.findall(r"Letter no\. (\d)", page))
    assert seen == [["4", "3", "2"], ["1", "0"], []]
    assert "Nothing before that." in page


def test_a_newsletter_that_is_not_offered_stands_last_and_begins_no_letter(desk, room, morning):  # noqa: F811
    a_newsletter(room, slug="a", title="A former one", is_active=False)
    shown = desk.get("/newsroom/newsletters/").content.decode()
    assert shown.count("New letter") == 1
    assert shown.index("Morning letter") < shown.index("A former one")


def test_what_a_letter_lacks_is_said_before_anybody_sends_it(desk, room, morning):  # noqa: F811
    issue = an_issue(room, morning, title="")
    shown = desk.get(address(issue, "review/")).content.decode()
    assert "It cannot be sent yet: it has no subject." in shown
    assert "Send to 2 readers" not in shown
    empty = an_issue(room, morning, intro="", parts=(PartCopy(heading="First"),))
    shown = desk.get(address(empty, "review/")).content.decode()
    assert "It cannot be sent yet: there is nothing in it." in shown
    asked = desk.post(address(empty, "review/"), {"at": "", "clock": "newsroom"})
    assert asked.status_code == 409


def test_a_story_that_is_in_the_letter_is_not_offered_again(desk, room, morning):  # noqa: F811
    inside, outside = a_published_story(room), a_published_story(room, "Bridge opens")
    page = desk.get(address(an_issue(room, morning, inside))).content.decode()
    assert f'value="put:{outside.pk}"' in page
    assert f'value="put:{inside.pk}"' not in page
    assert page.count("In the letter") == 1


def test_the_look_counts_measures_and_is_sandboxed(desk, room, morning):  # noqa: F811
    issue = an_issue(room, morning, a_published_story(room))
    page = desk.get(address(issue, "review/")).content.decode()
    assert "<strong data-count>2</strong>" in page
    assert "Send to 2 readers" in page
    assert "mail programs will cut it off" not in page
    dark = desk.get(address(issue, "html/dark/"))
    assert "sandbox" in dark["Content-Security-Policy"]
    assert "@media all" in dark.content.decode()
    assert "@media not all" in desk.get(address(issue, "html/light/")).content.decode()


def test_the_plain_text_is_shown_as_text_whatever_was_typed(desk, room, morning):  # noqa: F811
    story = a_published_story(room, headline="What <img src=x> means")
    issue = an_issue(room, morning, story, intro="<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>")
    page = desk.get(address(issue, "review/")).content.decode()
    assert ("<script>alert(1)" in page, "<img src=x" in page) == (False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_sender_of_any_script_is_named_as_readers_see_it(desk, room):  # noqa: F811
    issue = an_issue(room, a_newsletter(room, slug="dusk", title="نشرة المساء"))
    page = desk.get(address(issue, "review/")).content.decode()
    assert "<bdi>نشرة المساء &lt;" in page
    assert "=?utf-8" not in page
    with override("ar"):
        assert pgettext("of a letter", "Subject") == "موضوع الرسالة"


def test_what_is_too_long_is_said_before_it_is_sent(desk, room, morning):  # noqa: F811
    issue = an_issue(room, morning, intro="<p>" + "Long words. " * 10_000 + "</p>")
    assert "mail programs will cut it off" in desk.get(address(issue, "review/")).content.decode()


def test_a_test_goes_to_oneself_alone(desk, room, morning):  # noqa: F811
    issue = an_issue(room, morning, a_published_story(room))
    desk.post(address(issue, "deed/"), {"deed": "test"})
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == ("editor@news.example", f"[Test] {issue.title}")
    assert "@@dateline" not in letter.text + letter.html
    assert not Sending.objects.exists()


def test_it_waits_for_an_hour_of_the_newsletters_zone(desk, room, morning):  # noqa: F811
    room.edition.timezone = "Asia/Dubai"
    save_edition(by=None, edition=room.edition)
    issue = an_issue(room, morning)
    past = desk.post(address(issue, "review/"), {"at": "2020-01-01T07:00", "clock": "newsroom"})
    assert "This hour has passed." in past.content.decode()
    at = clock.now().astimezone(ZoneInfo("Asia/Dubai")) + timedelta(days=1)
    hour = at.replace(hour=7, minute=0, second=0, microsecond=0)
    desk.post(address(issue, "review/"), {"at": f"{hour:%Y-%m-%dT%H:%M}", "clock": "newsroom"})
    issue.refresh_from_db()
    assert issue.due_at == hour
    assert "Call it back" in desk.get(address(issue, "review/")).content.decode()
    desk.post(address(issue, "deed/"), {"deed": "call-back"})
    issue.refresh_from_db()
    assert issue.is_draft


def test_what_is_counted_down_stands_there_without_scripts_too(
    desk,
    room,  # noqa: F811
    morning,
    monkeypatch,
):
    issue, later = an_issue(room, morning, a_published_story(room)), Later(monkeypatch)
    desk.post(address(issue, "review/"), {"at": "", "clock": "newsroom"})
    for page in ("review/", "", "state/"):
        shown = desk.get(address(issue, page)).content.decode()
        assert 'data-seconds="60"' in shown
        assert "It leaves on" in shown
    later.forward(timedelta(minutes=2))
    assert 'data-seconds="0"' in desk.get(address(issue, "state/")).content.decode()
    left = sent(room, an_issue(room, morning), later)
    shown = desk.get(address(left, "state/")).content.decode()
    assert "It left on" in shown
    assert "data-seconds" not in shown
    assert "data-has-left" in shown


def test_a_kept_back_issue_goes_on_once_somebody_has_looked(desk, room, morning, monkeypatch):  # noqa: F811
    story = a_published_story(room)
    issue = sent(room, an_issue(room, morning, story), Later(monkeypatch))
    hold_story(by=room.editor, story=story, why="Lawyers")
    assert "Go on without it" in desk.get(address(issue, "review/")).content.decode()
    desk.post(address(issue, "deed/"), {"deed": "clear"})
    assert "Go on without it" not in desk.get(address(issue, "review/")).content.decode()


def test_who_writes_makes_and_who_publishes_sends(client, room, morning):  # noqa: F811
    writer = Account.objects.create_user("writer", password="a-long-pass-phrase", is_staff=True)
    group = Group.objects.create(name="Writers")
    names = ("access_admin", "change_issue")
    group.permissions.set(Permission.objects.filter(codename__in=names))
    writer.groups.add(group)
    client.force_login(writer)
    issue = an_issue(room, morning)
    assert client.get(address(issue)).status_code == 200
    page = client.get(address(issue, "review/")).content.decode()
    assert "Somebody who may publish sends it." in page
    client.post(address(issue, "review/"), {"at": "", "clock": "newsroom"})
    client.post(address(issue, "deed/"), {"deed": "call-back"})
    issue.refresh_from_db()
    assert issue.is_draft
    schedule_issue(by=room.editor, issue=issue)
    assert "Call it back" not in client.get(address(issue, "state/")).content.decode()


def test_a_second_subject_is_asked_for_only_where_opens_are_counted(
    desk,
    room,  # noqa: F811
    morning,
    monkeypatch,
):
    issue = an_issue(room, morning)
    second = {"second_title": "No date", "share": "30", "hours": "4"}
    page = desk.get(address(issue)).content.decode()
    assert "counts_opens in the settings" in page
    assert "second_title" not in page
    desk.post(address(issue), WORDS | second | {"deed": "save"})
    assert not Trial.objects.exists()
    count_opens(monkeypatch)
    same = desk.post(address(issue), WORDS | second | {"second_title": WORDS["title"]})
    assert "This is the first subject." in same.content.decode()
    desk.post(address(issue), WORDS | second | {"deed": "save"})
    trial = Trial.objects.get()
    assert (trial.title, trial.share, trial.hours) == ("No date", 30, 4)
    page = desk.get(address(issue)).content.decode()
    assert "counts_opens" not in page
    assert 'value="No date"' in page
    shown = desk.get(address(issue, "review/")).content.decode()
    assert "“Talks fail” and “No date”, are tried on 30 %" in shown
    desk.post(address(issue), WORDS | second | {"second_title": ""})
    assert not Trial.objects.exists()


def test_a_trials_fields_are_folded_up_until_one_is_filled_or_wrong(
    desk,
    room,  # noqa: F811
    morning,
    monkeypatch,
):
    count_opens(monkeypatch)
    issue = an_issue(room, morning)
    fold = '<details class="newsletter-trial"'
    page = desk.get(address(issue)).content.decode()
    assert f"{fold}>" in page
    assert re.findall(r'name="(\w+)"', page.partition(fold)[2].partition("</details>")[0]) == [
        "second_title",
        "share",
        "hours",
    ]
    usual = {"second_title": "", "share": str(USUAL_SHARE), "hours": str(USUAL_HOURS)}
    for filled in ({"second_title": WORDS["title"]}, {"share": "99"}, {"hours": ""}):
        refused = desk.post(address(issue), WORDS | usual | filled | {"deed": "save"})
        assert f"{fold} open>" in refused.content.decode()
    elsewhere = usual | {"sponsor_url": "no address", "deed": "save"}
    assert f"{fold}>" in desk.post(address(issue), WORDS | elsewhere).content.decode()
    desk.post(address(issue), WORDS | usual | {"second_title": "No date", "deed": "save"})
    assert f"{fold} open>" in desk.get(address(issue)).content.decode()


def test_a_trial_is_shown_while_it_runs_and_when_it_is_decided(
    desk,
    room,  # noqa: F811
    morning,
    monkeypatch,
):
    count_opens(monkeypatch)
    later = Later(monkeypatch)
    issue = sent(room, an_issue(room, morning, second_title="No date"), later)
    shown = desk.get(address(issue, "review/")).content.decode()
    assert "They are being tried." in shown
    assert "Too few to tell" in shown
    trial = Trial.objects.get()
    Trial.objects.filter(pk=trial.pk).update(
        decided_at=clock.now(),
        won="second",
        verdict="more",
        first_sent=100,
        first_opened=20,
        second_sent=100,
        second_opened=40,
    )
    shown = desk.get(address(issue, "review/")).content.decode()
    assert "More of its readers opened it." in shown
    assert "40 (40.0 %)" in shown
    assert "fewer than one of twenty trials" in shown
    assert shown.count("goes to the rest") == 1
