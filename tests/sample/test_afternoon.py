"""The afternoon that the demo plays: what its file promises, and what it leaves in the newsroom."""

import re
import threading
from collections import Counter

import pytest

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.live.models import LivePost, LiveStory
from dateline.newsfeed.alert_queries import alert_in_force
from dateline.people.models import Person
from dateline.sample.afternoon import afternoon
from dateline.sample.errors import SampleError
from dateline.sample.playing import Player
from dateline.sample.reading import newsroom
from dateline.stories.models import Correction, Story
from dateline.stories.queries import visible
from dateline.topics.actions import save_edition, save_section, save_topic
from dateline.topics.models import Edition, Section, Topic
from tests.factories import a_newsroom
from tests.sample.test_stories import FILLER, REAL

PLAYED = afternoon()


def test_it_holds_what_was_promised():
    deeds = Counter(step.do for step in PLAYED.steps)
    assert (deeds["story"], deeds["post"], deeds["flash"], deeds["link"]) == (10, 40, 2, 1)
    assert [deeds[do] for do in ("edit", "correct", "kill", "correct-post", "close")] == [1] * 5
    assert PLAYED.steps[-1].do == "close"


def test_it_speaks_of_what_the_sample_has_and_of_nobody_real():
    room = newsroom()
    people, topics = {one.slug for one in room.people}, {one.slug for one in room.topics}
    sections = {(one.edition, one.path) for one in room.sections}
    for step in PLAYED.steps:
        assert set(step.bylines) | ({step.by} - {""}) <= people
        assert set(step.topics) <= topics
        assert not step.section or (step.edition or PLAYED.edition, step.section) in sections
        assert len(step.short_headline) <= 60
        for text in (step.headline, step.text, step.standfirst, step.notice, *step.points):
            assert not FILLER.search(text), text
            assert not REAL & set(re.findall(r"\w+", text)), text


@pytest.mark.parametrize("wrong", ['do = "sing"', 'do = "kill"\nstory = "none"', 'do = "post"'])
def test_a_step_that_says_too_little_is_refused(tmp_path, wrong):
    file = tmp_path / "afternoon.toml"
    more = '\nwhy = ""\nnotice = ""' if "kill" in wrong else ""
    file.write_text(f'edition = "en"\n[[steps]]\n{wrong}{more}\n')
    with pytest.raises(SampleError):
        afternoon(file)


@pytest.fixture
def stage():
    """Return an empty newsroom with the sections, people and topics that the afternoon needs."""
    room = a_newsroom()
    for name in ("Economy", "Science", "Sport"):
        save_section(by=None, section=Section(edition=room.edition, name=name, slug=name.lower()))
    diplomacy = Section(edition=room.edition, parent=room.world, name="Diplomacy", slug="diplomacy")
    save_section(by=None, section=diplomacy)
    for code, slug in {(s.edition, s.section) for s in PLAYED.steps if s.edition and s.section}:
        other = Edition(code=code, name=code, agency=code, language=code, is_default=False)
        other = save_edition(by=None, edition=other)
        save_section(by=None, section=Section(edition=other, name=slug, slug=slug))
    known = {room.topic.slug}
    for slug in sorted({slug for step in PLAYED.steps for slug in step.topics} - known):
        save_topic(by=None, topic=Topic(edition=room.edition, name=slug, slug=slug))
    names = {slug for step in PLAYED.steps for slug in (*step.bylines, step.by) if slug}
    for slug in sorted(names - {room.person.slug}):
        Person.objects.create(name=slug, slug=slug)
    return room


def play():
    return Player().play(pace=0, stopping=threading.Event())


@pytest.mark.django_db
def test_played_at_full_speed_it_leaves_what_the_desk_would(stage):
    seq = head()
    assert play()
    told = Counter(recorded.entry.kind for recorded in replay(seq))
    assert (told["story-published"], told["live-post-published"]) == (10, 40)
    assert (told["alert-raised"], told["alert-changed"], told["story-withdrawn"]) == (2, 1, 1)
    assert (told["live-closed"], told["live-summary-changed"]) == (1, 2)
    seen = visible(clock.now())
    assert seen.filter(edition=stage.edition).count() == 7
    assert set(seen.values_list("edition__code", flat=True)) == {"en", "ar", "ru"}
    live_story, alert = LiveStory.objects.get(), alert_in_force(stage.edition, clock.now())
    assert live_story.closed_at is not None
    assert (alert.is_flash, alert.story.urgency) == (True, 2)
    assert alert.told_address == alert.story.address
    assert LivePost.objects.filter(state="published").count() == 40
    assert [LivePost.objects.filter(**{field: True}).count() for field in ("is_pinned",)] == [1]
    assert LivePost.objects.exclude(correction="").count() == Correction.objects.count() == 1
    assert seen.filter(headline__endswith="start on its coffee").count() == 1


@pytest.mark.django_db
def test_it_can_begin_again_after_it_was_cut_off(stage):
    stopping = threading.Event()
    player = Player()
    player._do(PLAYED.steps[0])
    stopping.set()
    assert player.play(pace=0, stopping=stopping) is False
    assert LiveStory.objects.filter(closed_at__isnull=True).count() == 0
    assert play()
    assert LiveStory.objects.filter(closed_at__isnull=False).count() == 2


@pytest.mark.django_db
def test_what_people_have_made_impossible_is_passed_over(stage):
    player = Player()
    player._do(PLAYED.steps[0])
    Person.objects.filter(slug="ruben-castellan").update(slug="somebody-else")
    player._do(PLAYED.steps[1])
    assert (LivePost.objects.count(), Story.objects.count()) == (0, 1)
