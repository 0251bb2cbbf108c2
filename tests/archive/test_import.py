"""An archive comes in whole, once, and quietly."""

from datetime import UTC, datetime

import pytest

from dateline.archive.models import ImportedItem
from dateline.journal.queries import head, replay
from dateline.media.models import Picture
from dateline.people.models import Person
from dateline.stories.actions import correct_story, publish_story, write_story
from dateline.stories.models import OldAddress, Story, Version
from dateline.topics.models import Section, Topic
from tests.archive.samples import SAMPLES, export, media, post, take
from tests.factories import a_draft, a_newsroom

pytestmark = pytest.mark.django_db
WORDPRESS = SAMPLES / "wordpress.xml"


@pytest.fixture
def room():
    return a_newsroom()


def kinds_since(seq):
    return [recorded.entry.kind for recorded in replay(seq)]


def story_at(path):
    return OldAddress.objects.get(path=path).story


def test_a_wordpress_archive_becomes_stories(room, tmp_path):
    report = take(room.edition, WORDPRESS, media=media(tmp_path / "uploads"))
    assert dict(report.done) == {
        "pictures stored": 2,
        "people made": 1,
        "topics made": 1,
        "attachments": 2,
        "new stories": 3,
        "changed stories": 0,
        "links put right": 1,
    }
    story = story_at("/2011/03/harbour-reopens/")
    assert story.live
    assert story.published_at == datetime(2011, 3, 3, 10, 20, tzinfo=UTC)
    assert story.updated_at == datetime(2011, 3, 4, 8, 0, tzinfo=UTC)
    assert (story.dateline_place, story.dateline_agency) == ("BRENN", "Kestrel")
    assert story.standfirst == "Two ferries left before noon."
    assert [one.person.name for one in story.bylines.all()] == ["Ilse Marek"]
    assert [one.topic.name for one in story.story_topics.all()] == ["Brenn"]
    assert story.address.startswith("/20110303/harbour-of-brenn-reopens-ferries-leave-")
    assert [part["type"] for part in story.body.raw_data] == [
        "paragraph",
        "picture",
        "gallery",
        "embed",
        "quote",
    ]
    assert (story.lead_picture.caption, story.lead_picture.credit_line) == (
        "A ferry leaves Brenn",
        "Ana Quill",
    )
    assert Version.objects.filter(story=story).count() == 1


def test_every_old_address_leads_to_its_story(room):
    take(room.edition, WORDPRESS)
    assert {path: row.headline[:7] for path, row in _by_path()} == {
        "/2011/03/harbour-reopens/": "Harbour",
        "/2011/03/harbour-open/": "Harbour",
        "/?p=101": "Harbour",
        "/2011/02/storm/": "Storm c",
        "/?p=90": "Storm c",
        "/2011/03/порт/": "Порт сн",
        "/?p=102": "Порт сн",
    }


def _by_path():
    return [(one.path, one.story) for one in OldAddress.objects.select_related("story")]


def test_links_among_stories_lead_to_their_new_addresses(room):
    take(room.edition, WORDPRESS)
    story, target = story_at("/2011/03/harbour-reopens/"), story_at("/2011/02/storm/")
    first = story.body.raw_data[0]["value"]
    assert f'<a href="{target.address}"' in first
    assert target.address in Version.objects.get(story=story).content["body"]
    assert target.address in story.latest_revision.content["body"]


def test_nobody_is_told_and_every_page_follows(room):
    seq = head()
    take(room.edition, WORDPRESS)
    told = [recorded for recorded in replay(seq) if recorded.entry.subject.startswith("story:")]
    assert {one.entry.kind for one in told} == {"story-imported"}
    assert [one.channels for one in told] == [()] * len(told)
    keys = {key for one in told for key in one.keys}
    assert {f"section:{room.world.pk}", f"archive:{room.world.pk}", "front:en"} <= keys


def test_the_same_again_changes_nothing(room, tmp_path):
    folder = media(tmp_path / "uploads")
    take(room.edition, WORDPRESS, media=folder)
    before = list(Story.objects.order_by("pk").values()), list(Picture.objects.values("pk"))
    seq = head()
    report = take(room.edition, WORDPRESS, media=folder)
    assert (report.done["known already"], report.done["new stories"]) == (3, 0)
    assert kinds_since(seq) == []
    after = list(Story.objects.order_by("pk").values()), list(Picture.objects.values("pk"))
    assert after == before


def test_a_changed_item_is_a_new_version_and_unchanged_parts_keep_their_ids(room, tmp_path):
    path = tmp_path / "export.xml"
    take(room.edition, export(path, post(1, text="<p>BRENN - One.</p><p>Two.</p><p>Three.</p>")))
    before = [part["id"] for part in story_at("/1/").body.raw_data]
    seq = head()
    take(room.edition, export(path, post(1, text="<p>BRENN - One.</p><p>Due.</p><p>Three.</p>")))
    story = story_at("/1/")
    assert [part["id"] for part in story.body.raw_data] == before
    assert story.body.raw_data[1]["value"] == "<p>Due.</p>"
    assert story.version == 2
    assert story.published_at == datetime(2000, 1, 2, 6, tzinfo=UTC)
    assert set(kinds_since(seq)) == {"story-imported"}
    assert Story.objects.count() == 1


def test_what_a_person_changed_is_left_alone(room, tmp_path):
    path = tmp_path / "export.xml"
    take(room.edition, export(path, post(1), post(2), post(3)))
    story = story_at("/1/")
    publish_story(by=None, story=write_story(by=None, draft=a_draft(room), story=story))
    correct_story(by=None, story=story_at("/3/"), text="It was number four.")
    story_at("/2/").delete()
    new = [post(number, text=f"<p>New words for {number}.</p>") for number in (1, 2, 3)]
    report = take(room.edition, export(path, *new))
    assert dict(report.reasons) == {
        "its story was changed here since": 1,
        "its story was deleted here": 1,
    }
    story.refresh_from_db()
    assert story.headline == "Talks fail in Brenn"
    assert report.done["changed stories"] == 1


def test_a_rehearsal_stores_nothing(room, tmp_path):
    seq, before = head(), Section.objects.count()
    order = {"makes_sections": True, "section": "", "is_rehearsal": True}
    report = take(room.edition, WORDPRESS, media=media(tmp_path / "uploads"), **order)
    assert (head(), Story.objects.count(), Section.objects.count()) == (seq, 0, before)
    counted = {name: report.done[name] for name in ("new stories", "pictures found")}
    assert counted == {"new stories": 3, "pictures found": 2}
    assert dict(report.sections) == {"world": 1, "world/straits": 1, "opinion": 1}
    assert report.text.startswith("Rehearsal, nothing was stored: wordpress kestrel.example")


def test_sections_are_made_only_when_asked_for(room):
    report = take(room.edition, WORDPRESS, section="")
    assert report.reasons["no section for its category"] == 1
    assert dict(report.categories) == {"opinion": 1, "world/straits": 0} or report.categories
    take(room.edition, WORDPRESS, section="", makes_sections=True)
    made = Section.objects.get(edition=room.edition, path="opinion")
    assert (made.name, made.stories.count()) == ("Opinion & more", 1)


def test_a_map_says_where_things_go(room):
    plan = """
        [sections]
        "world/straits" = "culture"
        opinion = "-"
        [kinds]
        opinion = "analysis"
        straits = "feature"
        [authors]
        imarek = "Ilse M. Marek"
        [topics]
        brenn = "Port of Brenn"
    """
    report = take(room.edition, WORDPRESS, plan=plan)
    story = story_at("/2011/03/harbour-reopens/")
    assert (story.section, story.kind) == (room.culture, "feature")
    assert [one.person.name for one in story.bylines.all()] == ["Ilse M. Marek"]
    assert [one.name for one in Topic.objects.exclude(pk=room.topic.pk)] == ["Port of Brenn"]
    assert report.reasons["left out by the map"] == 1


def test_people_and_topics_that_are_there_are_used(room):
    take(room.edition, WORDPRESS)
    assert Person.objects.filter(name="Ilse Marek").count() == 1
    assert story_at("/2011/03/harbour-reopens/").bylines.get().person == room.person


def test_drafts_and_pages_come_when_asked_for_and_as_they_are(room):
    wanted = {"plan": "", "publishes": True}
    from dateline.archive.rules import Wanted

    report = take(room.edition, WORDPRESS, wanted=Wanted(drafts=True, pages=True), **wanted)
    assert report.done["new stories"] == 5
    draft = Story.objects.get(headline="Half written")
    assert (draft.live, draft.published_at) == (False, None)
    assert story_at("/about/").live


def test_as_drafts_nothing_reaches_a_reader(room):
    seq = head()
    take(room.edition, WORDPRESS, publishes=False)
    assert list(Story.objects.values_list("live", flat=True)) == [False] * 3
    assert [kind for kind in kinds_since(seq) if kind.startswith("story")] == []
    story = publish_story(by=None, story=story_at("/?p=90"))
    assert story.address.startswith("/20110210/")


def test_pictures_that_were_missing_come_with_the_next_import(room, tmp_path):
    report = take(room.edition, WORDPRESS)
    assert (report.done["pictures not found"], Picture.objects.count()) == (7, 0)
    report = take(room.edition, WORDPRESS, media=media(tmp_path / "uploads"))
    assert report.done["changed stories"] == 2
    assert story_at("/2011/03/harbour-reopens/").lead_picture is not None


@pytest.mark.parametrize("name", ["ghost.json", "feed.xml", "blogger.xml", "pages"])
def test_every_format_comes_in_and_again_changes_nothing(room, name):
    if name == "pages":
        pytest.importorskip("trafilatura", reason="the extra `archive` is not installed")
    report = take(room.edition, SAMPLES / name)
    wanted = {"ghost.json": 3, "feed.xml": 2, "blogger.xml": 1, "pages": 2}[name]
    assert report.done["new stories"] == wanted
    seq = head()
    report = take(room.edition, SAMPLES / name)
    assert (report.done["known already"], kinds_since(seq)) == (wanted, [])


def test_two_sites_may_use_the_same_address(room, tmp_path):
    take(room.edition, export(tmp_path / "one.xml", post(1)))
    text = (tmp_path / "one.xml").read_text().replace("kestrel.example", "osprey.example")
    (tmp_path / "two.xml").write_text(text)
    report = take(room.edition, tmp_path / "two.xml")
    assert (report.done["new stories"], ImportedItem.objects.count()) == (1, 2)
    taken = report.examples["an old address that leads to another story"]
    assert sorted(taken) == ["/1/", "/?p=1"]


@pytest.mark.parametrize(
    "asked",
    [
        "/2011/03/harbour-reopens/",
        "/2011/03/harbour-reopens",
        "/2011/03/harbour-open/",
        "/?p=101",
    ],
)
def test_a_reader_with_an_old_address_is_led_to_the_story(room, client, asked):
    take(room.edition, WORDPRESS)
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (301, story_at("/?p=101").address)


def test_other_spellings_of_old_addresses_lead_there_too(room, client):
    take(room.edition, WORDPRESS)
    take(room.edition, SAMPLES / "feed.xml")
    story = story_at("/sport.php?id=7")
    for asked in ("/2011/03/%D0%BF%D0%BE%D1%80%D1%82/", "/2011/03/%d0%bf%d0%be%d1%80%d1%82"):
        assert client.get(asked)["Location"] == story_at("/?p=102").address
    assert client.get("/sport.php?id=7")["Location"] == story.address


@pytest.mark.parametrize(
    ("target", "key"),
    [
        (b"/sport.php?lang=en&id=7", "/sport.php?id=7"),
        (b"/?page_id=2&x=1", "/?page_id=2"),
        (b"/sport.html?id=7", "/sport.html"),
    ],
)
def test_the_press_lets_old_names_of_stories_through(target, key):
    from dateline.config.server import policy_of
    from dateline.config.settings_table import Settings

    assert policy_of(Settings()).key_for(target) == key
