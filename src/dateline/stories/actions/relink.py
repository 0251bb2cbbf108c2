"""What an import does to stories after they are in: old addresses, and links among them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from dateline.journal.record import record
from dateline.people.models import Account
from dateline.stories.actions.write import set_body
from dateline.stories.entries import StoriesRelinked
from dateline.stories.models import OldAddress, Story, Version

Body = Sequence[dict[str, Any]]


@transaction.atomic
def keep_old_addresses(*, by: Account | None, addresses: Sequence[tuple[str, Story]]) -> list[str]:
    """Have addresses of an earlier system lead to stories for ever.

    Returns:
        The addresses that lead to another story already; they are left as they are.
    """
    wanted = dict(reversed(addresses))
    there = OldAddress.objects.filter(path__in=wanted).values_list("path", "story")
    known = dict(there)
    OldAddress.objects.bulk_create(
        [OldAddress(path=path, story=story) for path, story in wanted.items() if path not in known]
    )
    return [path for path, number in known.items() if wanted[path].pk != number]


@transaction.atomic
def put_bodies_right(*, by: Account | None, bodies: Mapping[int, tuple[int, Body]]) -> set[int]:
    """Put addresses in bodies right, in story, version and newest draft, as no new version.

    Shape: `bodies` is draft and body by story. A story whose newest draft is another is left
        alone: a person has worked on it since.

    Records: StoriesRelinked, for those that readers may see.

    Returns:
        The stories that were put right.
    """
    rows = Story.objects.select_for_update(of=("self",)).filter(pk__in=bodies)
    stories = [
        story
        for story in rows.select_related("latest_revision", "edition")
        if _is_untouched(story, bodies)
    ]
    for story in stories:
        set_body(story, bodies[story.pk][1])
        story.latest_revision.content["body"] = json.dumps(list(bodies[story.pk][1]))
    drafts = {story.latest_revision_id: story.latest_revision for story in stories}
    versions = list(Version.objects.filter(revision__in=drafts))
    for version in versions:
        version.content["body"] = drafts[version.revision_id].content["body"]
    if stories:
        Story.objects.bulk_update(stories, ["body"])
        type(stories[0].latest_revision).objects.bulk_update(drafts.values(), ["content"])
        Version.objects.bulk_update(versions, ["content"])
    for code in {story.edition.code for story in stories if story.live}:
        mine = (story.pk for story in stories if story.live and story.edition.code == code)
        record(StoriesRelinked(edition=code, stories=tuple(mine)))
    return {story.pk for story in stories}


def _is_untouched(story: Story, bodies: Mapping[int, tuple[int, Body]]) -> bool:
    return story.latest_revision_id is not None and story.latest_revision_id == bodies[story.pk][0]
