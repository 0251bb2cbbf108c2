"""What becomes of a story or a coverage goes to whoever follows it: once, and back again."""

from datetime import timedelta

import pytest

from dateline.journal.queries import replay
from dateline.live import actions as live_actions
from dateline.publishing.follow_up_sendings import UPDATES_EVERY, follow_ups_after
from dateline.publishing.live_sendings import live_sendings_after
from dateline.publishing.sendings import sendings_after
from dateline.reader.notices.writer import write_notes
from dateline.stories.actions import Draft, correct_story, kill_story, publish_story, write_story
from dateline.stories.developments import new_letters, new_words
from dateline.subscriptions.actions import stop_sending, take
from dateline.subscriptions.enums import Stage, Thing
from dateline.subscriptions.models import Delivery, Sending
from dateline.subscriptions.post import Post
from dateline.topics.actions import save_edition
from dateline.topics.models import Edition
from tests.factories import a_published_story
from tests.live.coverage import Coverage, copy
from tests.subscriptions.following import a_follower, a_sending, ledger, written
from tests.subscriptions.test_letters import letters
from tests.subscriptions.test_post import PlainCarrier, work_off

pytestmark = [pytest.mark.django_db, pytest.mark.database]
READER = "reader@news.example"
MORE = "The delegations then agreed on a date, and on who may speak. " * 5


@pytest.fixture
def live(room, later):
    story = a_published_story(room, "Live: the Council meets", kind="live")
    return Coverage(room, story, live_actions.open_coverage(by=room.editor, story=story))


@pytest.fixture
def later(time_machine):
    """Move the clock on by some minutes."""
    time_machine.move_to("2026-11-24T12:00:00Z", tick=False)
    return lambda minutes: time_machine.shift(timedelta(minutes=minutes))


def follow_up():
    for recorded in replay(0, 1000):
        for effect in (sendings_after, follow_ups_after, live_sendings_after):
            effect(recorded)


def sent(thing):
    return list(Sending.objects.filter(thing=thing).order_by("pk"))


def revised(room, story, headline=None, paragraph=None):
    """Publish another version, as an editor does: the blocks that stay keep their ids."""
    fields = {"headline": headline} if headline else {}
    body = list(story.body.raw_data)
    if paragraph:
        body.append({"type": "paragraph", "value": f"<p>{paragraph}</p>"})
    draft = Draft(fields=fields, body=body, topics=[room.topic])
    story = write_story(by=room.editor, story=story, draft=draft)
    return publish_story(by=room.editor, story=story)


def test_a_key_event_goes_out_once_with_the_reason(room, live, later):
    a_follower(room, READER, f"live:{live.story.pk}")
    live.send("The doors are open.", headline="Doors open")
    key = live.send("The Council has a chair.", headline="A chair is found", is_key=True)
    follow_up()
    [sending] = sent(Thing.LIVE)
    new = copy("The Council has a new chair.", headline=key.headline, is_key=True)
    live_actions.edit_post(by=room.editor, post=key, copy=new)
    later(1)
    follow_up()
    assert sent(Thing.LIVE) == [sending]
    written(sending)
    subject, text, _html = letters()[READER]
    assert subject == "A chair is found · Live: the Council meets"
    assert "You get this because you follow the live coverage “Live: the Council meets”." in text
    assert "The Council has a new chair." in text
    assert f"/s/{live.story.pk}/{key.key}" in text


def test_a_post_that_is_undone_never_leaves(room, live, later):
    a_follower(room, READER, f"live:{live.story.pk}")
    key = live.send(headline="A chair is found", is_key=True)
    live_actions.mark_key(by=room.editor, post=key, is_key=False)
    later(1)
    follow_up()
    work_off(Post(PlainCarrier()))
    assert not Delivery.objects.exists()
    live_actions.mark_key(by=room.editor, post=key, is_key=True)
    follow_up()
    work_off(Post(PlainCarrier()))
    assert ledger(sent(Thing.LIVE)[0])[READER][0] == "sent"


def test_a_post_that_was_sent_is_taken_back_without_its_words(room, live, later):
    a_follower(room, READER, f"live:{live.story.pk}")
    key = live.send("Shots were heard.", headline="Shots heard", is_key=True)
    follow_up()
    later(1)
    work_off(Post(PlainCarrier()))
    live_actions.delete_post(by=room.editor, post=key)
    follow_up()
    follow_up()
    [back] = sent(Thing.RETRACTION)
    written(back)
    [told] = write_notes(Delivery.objects.filter(sending=back).select_related("sending")).values()
    assert told.body == "A live post we sent you was withdrawn."
    assert told.tag == f"story:{live.story.pk}"
    subject, text, html = letters()[READER]
    assert subject == "A live post we sent you was withdrawn."
    assert "Shots" not in text + html


def test_a_story_that_is_killed_is_taken_back_once_however_much_was_sent(room, live, later):
    who = a_follower(room, READER, f"live:{live.story.pk}")
    for number in range(3):
        live.send(headline=f"Event {number}", is_key=True)
    follow_up()
    later(1)
    work_off(Post(PlainCarrier()))
    assert Delivery.objects.filter(subscriber=who, state="sent").count() == 3
    kill_story(by=room.editor, story=live.story, why="Another council")
    follow_up()
    assert [list(ledger(written(one))) for one in sent(Thing.RETRACTION)] == [[READER]]
    assert letters()[READER][0] == "A story we sent you was withdrawn"


def test_the_end_comes_with_what_is_known(room, live, later):
    a_follower(room, READER, f"live:{live.story.pk}")
    live_actions.save_summary(
        by=room.editor, live_story=live.live_story, points=["A chair is found."]
    )
    live.send(headline="Doors open", is_key=True)
    live_actions.close_coverage(by=room.editor, live_story=live.live_story)
    follow_up()
    later(1)
    [end] = sent(Thing.LIVE_END)
    stop_sending(by=None, sending=sent(Thing.LIVE)[0], why="test")
    written(end)
    subject, text, _html = letters()[READER]
    assert subject == "Live: the Council meets: Live coverage has ended"
    assert "A chair is found." in text
    assert "* Doors open" in text


def test_a_coverage_that_goes_on_has_not_ended(room, live, later):
    a_follower(room, READER, f"live:{live.story.pk}")
    live_actions.close_coverage(by=room.editor, live_story=live.live_story)
    live_actions.reopen_coverage(by=room.editor, live_story=live.live_story)
    follow_up()
    later(1)
    work_off(Post(PlainCarrier()))
    assert not Delivery.objects.exists()


def test_who_follows_a_coverage_hears_of_the_one_it_went_into(room, live, later):
    other = a_published_story(room, "Live: the vote", kind="live")
    into = live_actions.open_coverage(by=room.editor, story=other)
    a_follower(room, READER, f"live:{live.story.pk}")
    live_actions.merge_coverages(by=room.editor, merged=live.live_story, into=into)
    Coverage(room, other, into).send(headline="The vote begins", is_key=True)
    follow_up()
    assert ledger(written(sent(Thing.LIVE)[0])) == {READER: ("planned", f"live:{live.story.pk}")}


def test_a_correction_goes_out_once_and_a_typo_does_not(room):
    story = a_published_story(room, "Talks fail in Bren")
    a_follower(room, READER, f"story:{story.pk}")
    story = revised(room, story, headline="Talks fail in Brenn")
    correct_story(by=room.editor, story=story, text="There were nine delegations, not six.")
    follow_up()
    follow_up()
    assert sent(Thing.UPDATE) == []
    [correction] = sent(Thing.CORRECTION)
    written(correction)
    subject, text, _html = letters()[READER]
    assert subject == "Correction: Talks fail in Brenn"
    assert "There were nine delegations, not six." in text
    assert "You get this because you follow the story “Talks fail in Brenn”." in text


def test_a_version_that_tells_more_goes_out_as_it_is_by_then(room, later):
    story = a_published_story(room)
    a_follower(room, READER, f"story:{story.pk}", f"topic:{room.topic.pk}")
    story = revised(room, story, paragraph=MORE)
    follow_up()
    assert [list(ledger(written(one))) for one in sent(Thing.UPDATE)] == [[READER]]
    assert letters()[READER][0] == "Updated: Talks fail in Brenn"
    later(1)
    story = revised(room, story, headline="Delegations leave the capital")
    follow_up()
    story = revised(room, story, headline="Ministers resign over Brenn failure")
    follow_up()
    first, second, third = sent(Thing.UPDATE)
    assert (second.stage, third.due_at) == (Stage.STOPPED, first.due_at + UPDATES_EVERY)
    later(20)
    written(third)
    assert letters()[READER][0] == "Updated: Ministers resign over Brenn failure"


def test_an_update_is_not_for_who_follows_the_section(room):
    story = a_published_story(room)
    a_follower(room, READER, f"section:{room.world.pk}")
    revised(room, story, paragraph=MORE)
    follow_up()
    assert sent(Thing.UPDATE) == []


def test_how_much_more_is_news():
    assert new_words("Minster resins in Brenn", "Minister resigns in Brenn") == 0
    assert new_words("Talks begin", "Talks begin: delegates walk out") == 3
    assert new_letters({"a": "One."}, {"a": "One, or two.", "b": "Three."}) == len("Three.")
    assert new_letters({"a": "One."}, {"b": "One."}) == 0


def test_a_story_of_another_language_is_for_who_chose_that_language(room):
    arabic = save_edition(
        by=None,
        edition=Edition(code="ar", name="خط", agency="خط", language="ar", tagline="أخبار"),
    )
    person = f"person:{room.person.pk}"
    a_follower(room, READER, person)
    chose = a_follower(room, "both@news.example", person)
    chose.subscriptions.create(subject=person, rank="4", channel="mail", edition=arabic)
    sending = a_sending(room, person, "story:7", edition=arabic)
    assert list(ledger(written(sending))) == ["both@news.example"]
    taken = take(by="test", channel="mail", most=5)
    assert [one.subscriber.mail for one in taken] == ["both@news.example"]
    english = a_sending(room, person, key="story:2")
    assert sorted(ledger(written(english))) == ["both@news.example", READER]
