"""Drawing the sample's pictures, in the runner."""

import io

from django.db import transaction
from django_tasks import task

from dateline.media.actions import add_picture
from dateline.media.models import Picture
from dateline.sample.drawing import draw
from dateline.sample.reading import newsroom
from dateline.sample.shapes import SamplePicture
from dateline.stories.actions import illustrate_story
from dateline.stories.models import Story

_QUALITY = 88


@task()
def draw_picture(number: int, name: str) -> None:
    """Draw the picture of one sample story, named as `en/slug`, and put it to the story."""
    story = Story.objects.filter(pk=number, lead_picture__isnull=True).first()
    sample = next((s for s in newsroom().stories if f"{s.edition}/{s.slug}" == name), None)
    if story is None or sample is None or sample.picture is None:
        return
    data = _drawn(sample.picture)
    with transaction.atomic():
        picture = _picture(sample.picture)
        add_picture(by=None, name=f"{sample.slug}.jpg", data=data, picture=picture)
        illustrate_story(by=None, story=story, picture=picture)


def _drawn(sample: SamplePicture) -> bytes:
    file = io.BytesIO()
    draw(sample.drawing, sample.seed).save(file, "JPEG", quality=_QUALITY, progressive=True)
    return file.getvalue()


def _picture(sample: SamplePicture) -> Picture:
    return Picture(
        title=sample.alt[:255],
        description=sample.alt[:255],
        caption=sample.caption,
        credit_line=sample.credit,
        usage_terms=sample.usage_terms,
    )
