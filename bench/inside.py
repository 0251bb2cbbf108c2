"""Timings taken inside a process that has a newsroom open: `python -m bench.inside WHAT COUNT`."""

import json
import statistics
import sys
import time

import django


def publish(count: int) -> dict[str, float]:
    """Publish new stories, and edits of old ones; median milliseconds each."""
    from dateline.stories.actions import Draft, publish_story, write_story
    from dateline.stories.models import Story
    from dateline.topics.models import Section

    section = Section.objects.first()
    new, edited = [], []
    for number in range(count):
        draft = Draft(
            fields={"section": section, "headline": f"New story {number} of the bench"},
            body=[{"type": "paragraph", "value": "<p>Some words.</p>"}],
        )
        story = write_story(by=None, draft=draft)
        began = time.perf_counter()
        publish_story(by=None, story=story)
        new.append(time.perf_counter() - began)
        old = Story.objects.order_by("pk")[number]
        old.headline = f"{old.headline} again"
        old.save_revision()
        old = Story.objects.get(pk=old.pk)
        began = time.perf_counter()
        publish_story(by=None, story=old)
        edited.append(time.perf_counter() - began)
        story.delete()
    return {"publish_ms": _middle(new), "edit_ms": _middle(edited)}


def address(count: int) -> dict[str, float]:
    """Find stories by their number as a page does, and by address alone; median milliseconds."""
    from dateline.common import clock
    from dateline.stories.models import Story
    from dateline.stories.queries import story_for_reader, visible

    last = Story.objects.order_by("-pk").values_list("pk", flat=True).first()
    numbers = [1 + (n * 7919) % last for n in range(count)]
    alone, whole = [], []
    for number in numbers:
        began = time.perf_counter()
        visible(clock.now()).filter(pk=number).values_list("slug", flat=True).first()
        alone.append(time.perf_counter() - began)
        began = time.perf_counter()
        story_for_reader(number, clock.now())
        whole.append(time.perf_counter() - began)
    return {"address_ms": _middle(alone), "story_ms": _middle(whole)}


def _middle(seconds: list[float]) -> float:
    return round(statistics.median(seconds) * 1000, 3)


if __name__ == "__main__":
    django.setup()
    what = {"publish": publish, "address": address}[sys.argv[1]]
    what(3)
    print(json.dumps(what(int(sys.argv[2]))))
