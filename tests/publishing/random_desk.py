"""A desk that does anything, and a plain model of what readers may see of it."""

import io
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule
from PIL import Image

from dateline.common import clock
from dateline.fronts.actions import front_of, place, publish_front
from dateline.fronts.enums import Slot
from dateline.media.actions import add_picture
from dateline.media.models import Picture
from dateline.newsfeed.actions import change_alert, link_story, raise_alert, withdraw_alert
from dateline.newsfeed.alert_queries import alert_in_force
from dateline.people.actions import save_person
from dateline.publishing.scheduler import run_due
from dateline.stories import actions
from dateline.stories.enums import Role
from dateline.stories.errors import StoryKilled
from dateline.stories.models import Story
from dateline.topics.actions import save_section, save_storyline, save_topic
from dateline.topics.models import Section, Storyline, Topic
from tests.factories import a_newsroom, a_storyline

MOST_STORIES = 9
which = st.integers(0, 50)
kinds = st.sampled_from(["news", "feature", "live"])
urgencies = st.sampled_from([1, 2, 5, 8])


@dataclass
class Known:
    """What the model knows of one story."""

    number: int
    draft: str
    live: str = ""
    kills: int = 0
    killed: bool = False
    holds: list = field(default_factory=list)
    embargoes: list = field(default_factory=list)

    def is_seen(self, now):
        kept = any(one.until is None or one.until > now for one in self.embargoes)
        return bool(self.live) and not self.holds and not kept and not self.killed


class RandomDesk(RuleBasedStateMachine):
    """Rules that change the newsroom by its actions; what is asserted is the subclass's matter."""

    def furnish(self):
        self.room = a_newsroom()
        inner = Section(edition=self.room.edition, parent=self.room.world, name="Balkans")
        inner.slug = "balkans"
        self.inner = save_section(by=None, section=inner)
        self.sections = [self.room.world, self.room.culture, self.inner]
        second = Topic(edition=self.room.edition, name="Vell", slug="vell")
        self.topics = [self.room.topic, save_topic(by=None, topic=second)]
        self.storylines = [a_storyline(self.room, name) for name in ("Status", "Canal")]
        self.stories = []
        self.marks = 0
        self.pictures = []
        self.looked_at = clock.now()

    def after(self, *, told=True):
        """Run what follows an action, and compare."""

    def pass_time(self, length):
        raise NotImplementedError

    def pick(self, number):
        return self.stories[number % len(self.stories)]

    def row(self, known):
        return Story.objects.get(pk=known.number)

    def draft(self, known, section, topics, kind, urgency, storyline):
        self.marks += 1
        mark = f"zq{self.marks}v{len(self.stories)}x"
        section = Section.objects.get(pk=self.sections[section % 3].pk)
        draft = actions.Draft(
            fields={
                "section": section,
                "headline": f"Talks {mark} fail",
                "standfirst": f"In short {mark}.",
                "note_to_editors": f"Only the desk reads zq{self.marks}v999x.",
                "kind": kind,
                "urgency": urgency,
                "storyline": self.storyline(storyline),
            },
            body=[{"type": "paragraph", "value": f"<p>The text {mark} of it.</p>"}],
            bylines=[(self.room.person, Role.WRITER)],
            topics=[topic for n, topic in enumerate(self.topics) if topics & (1 << n)],
        )
        story = self.row(known) if known else None
        return actions.write_story(by=None, draft=draft, story=story), mark

    def storyline(self, number):
        found = self.storylines[number : number + 1]
        return Storyline.objects.get(pk=found[0].pk) if found else None

    def publish_now(self, known):
        try:
            actions.publish_story(by=None, story=self.row(known))
        except StoryKilled:
            assert known.killed
            return
        assert not known.killed
        known.live = known.draft

    @rule(
        section=which,
        topics=st.integers(0, 3),
        kind=kinds,
        urgency=urgencies,
        storyline=st.integers(0, 2),
        publish=st.booleans(),
        told=st.booleans(),
    )
    def write(self, section, topics, kind, urgency, storyline, publish, told):
        if len(self.stories) < MOST_STORIES:
            story, mark = self.draft(None, section, topics, kind, urgency, storyline)
            self.stories.append(Known(story.pk, mark))
            if publish:
                self.publish_now(self.stories[-1])
            self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(story=which, told=st.booleans())
    def publish(self, story, told):
        self.publish_now(self.pick(story))
        self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(
        story=which,
        section=which,
        topics=st.integers(0, 3),
        kind=kinds,
        urgency=urgencies,
        storyline=st.integers(0, 2),
        publish=st.booleans(),
        told=st.booleans(),
    )
    def edit(self, story, section, topics, kind, urgency, storyline, publish, told):
        known = self.pick(story)
        _, known.draft = self.draft(known, section, topics, kind, urgency, storyline)
        if publish:
            self.publish_now(known)
        self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(story=which, told=st.booleans())
    def unpublish(self, story, told):
        known = self.pick(story)
        if known.live:
            self.row(known).unpublish()
            known.live = ""
            self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(story=which, told=st.booleans())
    def hold(self, story, told):
        known = self.pick(story)
        known.holds.append(actions.hold_story(by=None, story=self.row(known), why="Check."))
        self.after(told=told)

    @precondition(lambda self: any(known.holds for known in self.stories))
    @rule(story=which, told=st.booleans())
    def lift_hold(self, story, told):
        held = [known for known in self.stories if known.holds]
        actions.lift_hold(by=None, hold=held[story % len(held)].holds.pop())
        self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(story=which, minutes=st.sampled_from([None, 1, 30, 600]), told=st.booleans())
    def embargo(self, story, minutes, told):
        known = self.pick(story)
        until = clock.now() + timedelta(minutes=minutes) if minutes else None
        made = actions.set_embargo(by=None, story=self.row(known), until=until)
        known.embargoes.append(made)
        self.after(told=told)

    @precondition(lambda self: any(known.embargoes for known in self.stories))
    @rule(story=which, told=st.booleans())
    def release(self, story, told):
        kept = [known for known in self.stories if known.embargoes]
        actions.release_embargo(by=None, embargo=kept[story % len(kept)].embargoes.pop())
        self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(story=which, told=st.booleans())
    def kill(self, story, told):
        known = self.pick(story)
        actions.kill_story(by=None, story=self.row(known), why="Wrong.")
        known.live, known.killed = "", True
        run_due(since=clock.now(), now=clock.now())  # The second after, for a draft's alert.
        self.after(told=told)

    @precondition(lambda self: any(known.killed for known in self.stories))
    @rule(story=which, told=st.booleans())
    def lift_kill(self, story, told):
        killed = [known for known in self.stories if known.killed]
        known = killed[story % len(killed)]
        actions.lift_kill(by=None, story=self.row(known))
        known.killed = False
        self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(story=which, told=st.booleans())
    def delete(self, story, told):
        known = self.pick(story)
        self.row(known).delete()
        self.stories.remove(known)
        self.after(told=told)

    @rule(section=which, told=st.booleans())
    def rename_section(self, section, told):
        self.marks += 1
        row = Section.objects.get(pk=self.sections[section % 3].pk)
        row.name, row.slug = f"Section {self.marks}", f"{row.slug.split('-')[0]}-{self.marks}"
        save_section(by=None, section=row)
        self.after(told=told)

    @rule(above=st.sampled_from([None, 0, 1]), told=st.booleans())
    def move_section(self, above, told):
        row = Section.objects.get(pk=self.inner.pk)
        row.parent = Section.objects.get(pk=self.sections[above].pk) if above is not None else None
        save_section(by=None, section=row)
        self.after(told=told)

    @rule(topic=st.integers(0, 1), told=st.booleans())
    def rename_topic(self, topic, told):
        self.marks += 1
        row = Topic.objects.get(pk=self.topics[topic].pk)
        row.name, row.slug = f"Topic {self.marks}", f"topic-{self.marks}"
        save_topic(by=None, topic=row)
        self.after(told=told)

    @rule(storyline=st.integers(0, 1), ends=st.booleans(), told=st.booleans())
    def change_storyline(self, storyline, ends, told):
        self.marks += 1
        row = self.storyline(storyline)
        row.name, row.slug = f"Storyline {self.marks}", f"storyline-{self.marks}"
        row.ended_at = clock.now() if ends else None
        save_storyline(by=None, storyline=row)
        self.after(told=told)

    @rule(told=st.booleans())
    def rename_person(self, told):
        self.marks += 1
        self.room.person.name = f"Ilse {self.marks}"
        save_person(by=None, person=self.room.person)
        self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(story=which, told=st.booleans())
    def correct(self, story, told):
        known = self.pick(story)
        self.marks += 1
        actions.correct_story(by=None, story=self.row(known), text=f"Not {self.marks}, but more.")
        self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(story=which, told=st.booleans())
    def illustrate(self, story, told):
        self.pictures = self.pictures or [a_picture()]
        row = self.row(self.pick(story))
        actions.illustrate_story(by=None, story=row, picture=self.pictures[0])
        self.after(told=told)

    @precondition(lambda self: self.pictures)
    @rule(told=st.booleans(), gone=st.booleans())
    def change_picture(self, told, gone):
        self.marks += 1
        picture = Picture.objects.get(pk=self.pictures[0].pk)
        if gone:
            picture.delete()
            self.pictures.clear()
        else:
            picture.caption = f"Caption {self.marks}"
            picture.save()
        self.after(told=told)

    @precondition(lambda self: self.stories)
    @rule(
        story=which,
        section=st.sampled_from([None, 0, 2]),
        slot=st.sampled_from(list(Slot)),
        starts=st.sampled_from([None, 5, 90]),
        ends=st.sampled_from([None, 100, 400]),
        told=st.booleans(),
    )
    def compose(self, story, section, slot, starts, ends, told):
        inside = None if section is None else self.sections[section]
        front = front_of(self.room.edition, inside)
        times = tuple(
            None if minutes is None else clock.now() + timedelta(minutes=minutes)
            for minutes in (starts, ends)
        )
        place(front=front, story=self.row(self.pick(story)), slot=slot, times=times)
        publish_front(by=None, front=front)
        self.after(told=told)

    @rule(story=which, alone=st.booleans(), urgency=st.sampled_from([1, 2]), told=st.booleans())
    def alert(self, story, alone, urgency, told):
        self.marks += 1
        known = None if alone or not self.stories else self.pick(story)
        if known is None or not known.killed:
            raise_alert(
                by=None,
                edition=self.room.edition,
                urgency=urgency,
                headline=f"Alert {self.marks}",
                story=self.row(known) if known else None,
            )
        self.after(told=told)

    @rule(deed=st.sampled_from(["change", "link", "withdraw"]), story=which, told=st.booleans())
    def follow_alert(self, deed, story, told):
        self.marks += 1
        alert = alert_in_force(self.room.edition, clock.now())
        known = self.pick(story) if self.stories else None
        if alert and deed == "change":
            change_alert(by=None, alert=alert, headline=f"Alert {self.marks}")
        elif alert and deed == "withdraw":
            withdraw_alert(by=None, alert=alert)
        elif alert and known and not known.killed:
            link_story(by=None, alert=alert, story=self.row(known))
        self.after(told=told)

    @rule(minutes=st.sampled_from([1, 20, 361, 1440]))
    def wait(self, minutes):
        self.pass_time(timedelta(minutes=minutes))
        now = clock.now()
        run_due(since=self.looked_at, now=now)
        self.looked_at = now
        for known in self.stories:
            known.embargoes = [e for e in known.embargoes if e.until is None or e.until > now]
        self.after()


def a_picture():
    file = io.BytesIO()
    Image.new("RGB", (4, 3)).save(file, "PNG")
    picture = Picture(title="Bridge", caption="A bridge")
    return add_picture(by=None, name="bridge.png", data=file.getvalue(), picture=picture)
