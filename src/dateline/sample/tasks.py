"""What of the sample is made by and by, in the runner: its chats and its pictures."""

import io

from django.db import transaction
from django_tasks import task
from PIL import Image
from wagtail.models import ReferenceIndex

from dateline.chats.models import Message
from dateline.media.actions import add_picture
from dateline.media.models import Picture
from dateline.people.actions import save_person
from dateline.people.models import Person
from dateline.sample.body import picture_parts
from dateline.sample.drawing import draw, draw_portrait
from dateline.sample.markup import Drawing, drawings_of
from dateline.sample.reading import newsroom
from dateline.sample.shapes import SamplePerson, SampleStory
from dateline.sample.talking import talk
from dateline.stories.actions import illustrate_story
from dateline.stories.models import Story

_QUALITY = 88
Waiting = list[list[int | str]]


@task()
def draw_pictures(waiting: Waiting) -> None:
    """Draw the pictures of the first that waits, and leave the others to a task of their own.

    Shape: `waiting` has the number of a story and its name in the sample, `en/slug`; or 0 and the
        slug of somebody whose portrait is to be drawn.
    """
    if not waiting:
        return
    (number, name), others = waiting[0], waiting[1:]
    if others:
        draw_pictures.enqueue(others)
    if number:
        _illustrate(int(number), str(name))
    else:
        _portray(str(name))


@task()
def fill_chats(stories: Waiting) -> None:
    """Store what is said of the sample's stories, given by number and name as above; once."""
    named = {str(name): int(number) for number, name in stories}
    found = Story.objects.in_bulk(list(named.values()))
    with transaction.atomic():
        if not Message.objects.filter(chat__story__in=found).exists():
            talk(by=None, stories={name: found[number] for name, number in named.items()})


@task()
def know_references(numbers: list[int]) -> None:
    """Note what stories refer to, as Wagtail does for each that is saved one by one."""
    for story in Story.objects.filter(pk__in=numbers):
        with transaction.atomic():
            ReferenceIndex.create_or_update_for_object(story)


def _illustrate(number: int, name: str) -> None:
    story = Story.objects.filter(pk=number, lead_picture__isnull=True).first()
    sample = next((s for s in newsroom().stories if f"{s.edition}/{s.slug}" == name), None)
    if story is None or sample is None or sample.picture is None:
        return
    lead = Drawing(
        sample.picture.drawing,
        sample.picture.seed,
        sample.picture.alt,
        sample.picture.caption,
        sample.picture.credit,
    )
    ready = {one: _jpeg(draw(one.scene, one.seed)) for one in [lead, *drawings_of(sample.body)]}
    with transaction.atomic():
        stored = {one: _store(sample, one, data) for one, data in ready.items()}
        parts = picture_parts(sample.body, lambda one: stored[one].pk)
        illustrate_story(by=None, story=story, picture=stored[lead], parts=parts)


def _store(sample: SampleStory, drawing: Drawing, data: bytes) -> Picture:
    picture = Picture(
        title=drawing.alt[:255],
        description=drawing.alt[:255],
        caption=drawing.caption,
        credit_line=drawing.credit,
        usage_terms=sample.picture.usage_terms if sample.picture else "",
    )
    return add_picture(by=None, name=f"{sample.slug}.jpg", data=data, picture=picture)


def _portray(slug: str) -> None:
    """Draw the portrait of somebody who signs stories and put it beside the name."""
    person = Person.objects.filter(slug=slug, portrait__isnull=True).first()
    sample: SamplePerson | None = next((p for p in newsroom().people if p.slug == slug), None)
    if person is None or sample is None:
        return
    data = _jpeg(draw_portrait(sample.portrait))
    with transaction.atomic():
        picture = Picture(title=person.name, description=person.name, credit_line="Meridian")
        person.portrait = add_picture(by=None, name=f"{slug}.jpg", data=data, picture=picture)
        save_person(by=None, person=person)


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, progressive=True)
    return file.getvalue()
