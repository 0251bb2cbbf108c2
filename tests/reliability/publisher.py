"""Publishes stories one after the other and says so, until it is done or killed.

Run as `python -m tests.reliability.publisher COUNT FILE`: after each commit the story's number is
appended to FILE, so that what stands there was acknowledged.
"""

import os
import sys
from pathlib import Path


def main(count: int, path: Path) -> None:
    import django

    django.setup()
    from dateline.stories.actions import Draft, publish_story, write_story
    from dateline.topics.models import Section

    section = Section.objects.first()
    with path.open("a") as file:
        for number in range(count):
            draft = Draft(
                fields={"section": section, "headline": f"Published under fire {number}"},
                body=[{"type": "paragraph", "value": "<p>It went through.</p>"}],
            )
            story = publish_story(by=None, story=write_story(by=None, draft=draft))
            file.write(f"{story.pk}\n")
            file.flush()
            os.fsync(file.fileno())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dateline.config.settings")
    main(int(sys.argv[1]), Path(sys.argv[2]))
