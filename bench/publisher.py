"""Publishes stories half a second apart and says when each call began: `COUNT`."""

import json
import sys
import time

import django


def main(count: int) -> None:
    django.setup()
    from dateline.stories.actions import Draft, publish_story, write_story
    from dateline.topics.models import Section

    section = Section.objects.first()
    for number in range(count):
        draft = Draft(
            fields={"section": section, "headline": f"Screen story {number}"},
            body=[{"type": "paragraph", "value": "<p>Some words.</p>"}],
        )
        story = write_story(by=None, draft=draft)
        began = time.monotonic()
        publish_story(by=None, story=story)
        print(json.dumps({"story": story.pk, "at": began}), flush=True)
        time.sleep(0.5)


if __name__ == "__main__":
    main(int(sys.argv[1]))
