"""Items become stories: once, in the right place, and kept back before anything could be seen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dateline.common import clock
from dateline.journal.queries import head, replay
from dateline.people.models import Person
from dateline.standards.facts import Block, Dateline, Facts, Note, Reading
from dateline.stories.errors import StoryKilled
from dateline.stories.models import Embargo, Ending, Hold, Story
from dateline.stories.queries import ending_of, visible
from dateline.topics.actions import save_section
from dateline.topics.models import Section
from dateline.wire.actions import (
    Source,
    TakeOrder,
    find_section,
    is_newer,
    take_item,
    take_reading,
)
from dateline.wire.errors import DoesNotFit, NoEdition, NoPlace, NotNews
from dateline.wire.models import WireItem
from tests.factories import a_newsroom

pytestmark = pytest.mark.django_db
SOURCE = Source(file="copy.json", data=b"{...}", format="ninjs")
DRAFT, PUBLISH = TakeOrder(), TakeOrder(publish=True)
TEXT = "The talks ended without a date for new ones."


@pytest.fixture
def room(time_machine):
    time_machine.move_to("2026-11-24T12:00:00Z", tick=False)
    return a_newsroom()


def facts(**more):
    given = {
        "guid": "urn:newsml:example:1",
        "version": 1,
        "headline": "Talks fail in Brenn",
        "section_name": "World",
        "body": (Block(kind="paragraph", text=TEXT, html=TEXT),),
    }
    return Facts(**given | more)


def take(order=PUBLISH, **more):
    return take_item(by=None, facts=facts(**more), source=SOURCE, order=order)


def kinds_after(seq):
    return [recorded.entry.kind for recorded in replay(seq)]


def seen():
    return visible(clock.now()).count()


def test_an_item_becomes_a_draft_with_all_its_parts(room):
    line = Dateline(raw="BRENN, Nov. 24 (Meridian) -", place="BRENN", agency="Meridian")
    line = replace(line, date=date(2026, 11, 24))
    taken = take(
        DRAFT,
        teaser="In short.",
        dateline=line,
        authors=("Ilse Marek", "Jon O'Neil", " "),
        urgency=2,
        kicker="Ostrel",
        slugline="brenn-talks",
        source="The wire",
        language="de",
        notes=(
            Note(text="Do not publish the name.", public=False),
            Note(text="Adds <b>", public=True),
        ),
    )
    story = Story.objects.get()
    assert str(taken) == f"taken: Talks fail in Brenn (story {story.pk})"
    draft = story.get_latest_revision_as_object()
    shown = ("standfirst", "urgency", "kicker", "slugline", "source", "language", "section")
    assert [getattr(draft, name) for name in shown] == [
        "In short.",
        2,
        "Ostrel",
        "brenn-talks",
        "The wire",
        "de",
        room.world,
    ]
    place = (draft.dateline_place, draft.dateline_date, draft.dateline_agency)
    assert place == ("BRENN", date(2026, 11, 24), "Meridian")
    assert [byline.person.name for byline in draft.bylines.all()] == ["Ilse Marek", "Jon O'Neil"]
    assert Person.objects.count() == 2
    assert (draft.note_to_editors, draft.editors_note) == (
        "Do not publish the name.",
        "Adds &lt;b&gt;",
    )
    assert draft.body.raw_data[0]["value"] == f"<p>{TEXT}</p>"
    assert (story.live, seen()) == (False, 0)


def test_the_same_guid_and_version_again_changes_nothing(room):
    first, seq = take(), head()
    again = take(headline="Something else")
    assert (again.what, again.story, kinds_after(seq)) == ("known already", first.story, [])
    assert (Story.objects.count(), WireItem.objects.count()) == (1, 1)


def test_copy_without_a_guid_is_known_by_what_it_says(room):
    assert take(guid=None).what == "taken"
    assert take(guid=None).what == "known already"
    assert take(guid=None, headline="Other talks").what == "taken"
    assert Story.objects.count() == 2


def test_a_new_version_updates_the_same_story(room):
    first, seq = take(), head()
    again = take(version=2, headline="Talks go on")
    assert (again.what, again.story.pk) == ("updated", first.story.pk)
    assert kinds_after(seq) == ["story-updated"]
    story = Story.objects.get()
    assert (story.headline, story.versions.count()) == ("Talks go on", 2)


def test_an_older_version_that_comes_late_changes_nothing_that_is_shown(room):
    take(version=3, headline="The third")
    seq = head()
    late = take(version=2, headline="The second")
    assert (late.what, kinds_after(seq)) == ("older than what is known", [])
    assert Story.objects.get().headline == "The third"
    assert take(version=2).what == "known already"
    assert take(version=10, headline="The tenth").what == "updated"
    assert WireItem.objects.count() == 3


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("2", "1", True),
        ("10", "9", True),
        ("1", "1", False),
        ("1.5", "1", True),
        ("2026-11-24 12:00:00+00:00", "2026-11-24 11:00:00+00:00", True),
        ("2026-11-24 12:00:00+00:00", "2026-11-24 12:30:00+02:00", True),
        ("2026-11-24 12:00:00+00:00", "3", False),
        ("2026-11-24 12:00:00+00:00", "2026-11-24 11:00:00", False),
        ("abc", "abd", False),
        ("nan", "1", False),
    ],
)
def test_which_version_is_newer(version, than, newer):
    assert is_newer(version, than) is newer


def test_publishing_is_a_matter_of_the_order(room):
    seq = head()
    take(DRAFT)
    assert (kinds_after(seq), seen()) == ([], 0)
    assert take(version=2).story.live
    assert (kinds_after(seq), seen()) == (["story-published"], 1)


def test_an_embargo_is_heeded_before_anything_could_be_seen(room):
    seq, until = head(), clock.now() + timedelta(hours=1)
    take(embargo_until=until)
    assert (kinds_after(seq), seen()) == (["story-kept"], 0)
    assert visible(until).count() == 0, "it was never shown, so it has no time yet"
    assert Embargo.objects.get().until == until


def test_an_embargo_that_cannot_be_read_keeps_for_ever(room):
    take(embargo_until="hold")
    assert (Embargo.objects.get().until, seen()) == (None, 0)
    assert visible(datetime(2100, 1, 1, tzinfo=UTC)).count() == 0


def test_an_embargo_that_is_over_keeps_nothing(room):
    take(embargo_until=clock.now() - timedelta(seconds=1))
    assert (Embargo.objects.count(), seen()) == (0, 1)


def test_withheld_copy_is_held(room):
    take(pub_status="withheld")
    assert (Hold.objects.get().why, seen()) == ("Withheld by the source.", 0)


def test_a_cancelled_item_that_was_never_seen_is_killed_quietly(room):
    seq = head()
    taken = take(pub_status="canceled")
    assert (kinds_after(seq), seen(), taken.story.live) == ([], 0, False)
    assert Ending.objects.get().kind == "kill"
    assert ending_of(taken.story.pk) is None


def test_a_cancelled_item_takes_the_story_away_and_keeps_it_away(room):
    take()
    seq = head()
    story = take(version=2, pub_status="canceled").story
    assert (kinds_after(seq), seen()) == (["story-withdrawn"], 0)
    assert ending_of(story.pk).why == "Cancelled by the source."
    with pytest.raises(StoryKilled):
        take(version=3)
    assert (seen(), WireItem.objects.count()) == (0, 2)


def test_a_late_usable_version_does_not_bring_a_cancelled_story_back(room):
    take(version=2, pub_status="canceled")
    assert take(version=1).what == "older than what is known"
    assert seen() == 0


def test_a_new_version_that_is_embargoed_hides_what_was_shown(room):
    take()
    seq = head()
    take(version=2, embargo_until=clock.now() + timedelta(hours=1))
    assert (kinds_after(seq), seen()) == (["story-withdrawn", "story-kept"], 0)


@pytest.mark.parametrize(
    ("order", "name", "found"),
    [
        (DRAFT, "World", "world"),
        (DRAFT, " WORLD ", "world"),
        (DRAFT, "world", "world"),
        (DRAFT, "world/balkans", "world/balkans"),
        (DRAFT, "Balkans", "world/balkans"),
        (TakeOrder(section="culture"), "World", "culture"),
        (TakeOrder(section="/world/balkans/"), None, "world/balkans"),
        (TakeOrder(section="culture", edition="en"), None, "culture"),
    ],
)
def test_the_section_is_the_one_ordered_or_named(room, order, name, found):
    inner = Section(edition=room.edition, parent=room.world, name="Balkans", slug="balkans")
    save_section(by=None, section=inner)
    assert find_section(facts(section_name=name), order).path == found


@pytest.mark.parametrize(
    ("order", "name", "said"),
    [
        (DRAFT, None, "There is no section '' in edition 'en'; "),
        (DRAFT, "Sports", "There is no section 'Sports' in edition 'en'; "),
        (TakeOrder(section="sports"), "World", "There is no section 'sports' in edition 'en'; "),
    ],
)
def test_without_a_place_the_error_names_the_sections_and_nothing_is_stored(
    room, order, name, said
):
    with pytest.raises(NoPlace) as refused:
        take(order, section_name=name)
    assert str(refused.value) == f"{said}name one with --section: world, culture."
    assert (Story.objects.count(), WireItem.objects.count()) == (0, 0)


def test_a_wrong_order_is_refused_for_an_item_that_is_known_too(room):
    take(TakeOrder(section="world"))
    with pytest.raises(NoPlace, match="sports"):
        take(TakeOrder(section="sports"), version=2)
    assert WireItem.objects.count() == 1


def test_without_a_section_or_an_edition_the_error_says_what_to_make(room):
    Section.objects.all().delete()
    with pytest.raises(NoPlace, match="make one in the newsroom first"):
        take()
    with pytest.raises(NoEdition, match="There is no edition 'ru'"):
        take(TakeOrder(edition="ru"))


@pytest.mark.parametrize("more", [{"type": "picture"}, {"headline": "  "}, {"body": ()}])
def test_what_is_no_story_is_refused(room, more):
    with pytest.raises(NotNews):
        take(**more)
    assert (Story.objects.count(), WireItem.objects.count()) == (0, 0)


def test_of_a_document_what_came_before_a_refused_item_stays(room):
    items = (facts(), facts(guid="2", type="picture"), facts(guid="3"))
    reading = Reading(format="ninjs", items=items)
    taking = take_reading(by=None, reading=reading, source=SOURCE, order=PUBLISH)
    assert next(taking).what == "taken"
    with pytest.raises(NotNews):
        next(taking)
    assert Story.objects.count() == 1


def test_hostile_html_is_cleaned_on_its_way_in(room):
    html = 'x<script>alert(1)</script><a href="javascript:x()" onclick="x()">y</a>'
    take(body=(Block(kind="paragraph", text="xy", html=html),))
    assert Story.objects.get().body.raw_data[0]["value"] == '<p>x<a rel="noopener">y</a></p>'


def test_long_names_are_cut_and_not_refused(room):
    long = "word " * 100
    take(kicker=long, slugline=long, source=long, authors=(long,))
    story = Story.objects.get()
    assert (len(story.kicker), len(story.source)) == (80, 120)


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("headline", "T" * 256, "headline"),
        ("language", "x" * 21, "language"),
        ("urgency", 9, "urgency"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line_and_nothing_of_it_stored(
    room, field, value, named
):
    seq = head()
    with pytest.raises(DoesNotFit) as refused:
        take_item(by=None, facts=facts(**{field: value}), source=SOURCE, order=PUBLISH)
    said = str(refused.value)
    assert said.startswith(f"copy.json: item urn:newsml:example:1 does not fit: {named}: ")
    assert "\n" not in said
    assert (Story.objects.count(), WireItem.objects.count(), head()) == (0, 0, seq)
