import shutil
from datetime import timedelta

import pytest

from dateline.sample.errors import SampleError
from dateline.sample.markup import Paragraph
from dateline.sample.reading import HERE, newsroom

ROOM = newsroom()
STORIES = pytest.mark.parametrize("story", ROOM.stories, ids=lambda story: story.slug)


def test_nothing_stands_unused():
    used = {person for story in ROOM.stories for person in story.bylines}
    about = {(story.edition, topic) for story in ROOM.stories for topic in story.topics}
    stood_in = {(story.edition, story.section) for story in ROOM.stories}
    assert {(topic.edition, topic.slug) for topic in ROOM.topics} == about
    assert {person.slug for person in ROOM.people} == used
    assert {(one.edition, one.path) for one in ROOM.sections} == stood_in


def test_slugs_and_headlines_are_used_once():
    for values in (
        [(story.edition, story.slug) for story in ROOM.stories],
        [story.headline for story in ROOM.stories],
        [story.short_headline for story in ROOM.stories],
        [(topic.edition, topic.slug) for topic in ROOM.topics],
        [person.slug for person in ROOM.people],
        [person.portrait for person in ROOM.people],
    ):
        assert sorted(set(values)) == sorted(values)


@STORIES
def test_a_story_is_complete(story):
    assert story.bylines
    assert story.topics
    assert story.dateline.place == story.dateline.place.upper()
    sources = {edition.code: edition.source for edition in ROOM.editions}
    assert story.dateline.agency == story.source == sources[story.edition]
    assert abs(story.published_at.date() - story.dateline.date) <= timedelta(days=1)
    assert isinstance(story.body[0], Paragraph)
    told = [
        *story.body,
        *(b for post in (story.live.posts if story.live else ()) for b in post.text),
    ]
    assert sum(isinstance(block, Paragraph) for block in told) >= 4
    assert story.standfirst not in story.body[0].text


@STORIES
def test_a_picture_says_what_it_shows_and_whose_it_is(story):
    if story.picture is None:
        return
    assert story.picture.alt
    assert story.picture.caption
    assert story.picture.credit
    assert story.picture.usage_terms
    assert story.picture.alt != story.picture.caption


@STORIES
def test_copy_is_set_in_type(story):
    texts = [story.headline, story.standfirst, story.editors_note]
    texts += [block.text for block in story.body if isinstance(block, Paragraph)]
    assert [text for text in texts if "'" in text or '"' in text or "TK" in text] == []


def _changed(tmp_path, story, old, new):
    copy = tmp_path / "sample"
    shutil.copytree(HERE / "stories", copy / "stories")
    for file in HERE.glob("newsroom*.toml"):
        shutil.copy(file, copy)
    file = copy / "stories" / "en" / f"{story}.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"ilse-marek"', '"nobody"', "guns-fall-silent-in-ostrel: unknown person 'nobody'"),
        ('kind = "news"', 'kind = "scoop"', "guns-fall-silent-in-ostrel: unknown kind 'scoop'"),
        ("urgency = 1", "urgency = 9", "guns-fall-silent-in-ostrel: unknown urgency 9"),
        (
            'kicker = "Ostrel"',
            "",
            "en/guns-fall-silent-in-ostrel.toml: kicker must be a text",
        ),
        (
            'drawing = "broken-bridge"',
            'drawing = "ufo"',
            "guns-fall-silent-in-ostrel: unknown drawing 'ufo'",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_named(tmp_path, old, new, what):
    folder = _changed(tmp_path, "guns-fall-silent-in-ostrel", old, new)
    with pytest.raises(SampleError) as caught:
        newsroom(folder)
    assert str(caught.value) == what
