"""Links among imported stories, put right when all are in."""

from collections.abc import Callable, Sequence

from django.db import transaction

from dateline.archive.models import ImportedItem
from dateline.archive.rules import host_of, links_in, relinked, ways_to
from dateline.people.models import Account
from dateline.stories.actions import put_bodies_right
from dateline.stories.models import OldAddress

_BATCH = 50


def put_links_right(*, by: Account | None, source: str, told: Callable[[int, int], None]) -> int:
    """Have links from imported stories to others of the same site lead to their new addresses.

    Links whose story has not come in stay as they were, and are looked at again next time.

    Records: StoriesRelinked.

    Returns:
        How many links were put right.
    """
    rows = ImportedItem.objects.filter(source=source, has_links=True, story__isnull=False)
    total, last, done, right = rows.count(), 0, 0, 0
    while True:
        batch = list(rows.filter(pk__gt=last).order_by("pk").select_related("story")[:_BATCH])
        if not batch:
            return right
        with transaction.atomic():
            right += _put_right(by, source, batch)
        last, done = batch[-1].pk, done + len(batch)
        told(done, total)


def _put_right(by: Account | None, source: str, batch: Sequence[ImportedItem]) -> int:
    hosts = _hosts(source, batch)
    links = {row.pk: links_in(_body(row), hosts) for row in batch}
    new = _addresses({link for found in links.values() for link in found})
    ours = {row.pk: {link: new[link] for link in links[row.pk] if link in new} for row in batch}
    changed = [row for row in batch if ours[row.pk] and row.story_id is not None]
    bodies = {
        row.story_id: (row.revision, relinked(_body(row), ours[row.pk]))
        for row in changed
        if row.story_id is not None
    }
    done = put_bodies_right(by=by, bodies=bodies)
    settled = [row for row in changed if row.story_id in done]
    for row in settled:
        row.has_links = len(ours[row.pk]) < len(links[row.pk])
    ImportedItem.objects.bulk_update(settled, ["has_links"])
    return sum(len(ours[row.pk]) for row in settled)


def _hosts(source: str, batch: Sequence[ImportedItem]) -> frozenset[str]:
    """Return the hosts whose links may be ours: that of the source, and any in a saved page."""
    named = source.partition(" ")[2]
    if "." in named:
        return frozenset({named})
    found = {host_of(hit) for row in batch for hit in links_in(_body(row), _EVERY)}
    return frozenset(found)


class _Every(frozenset[str]):
    """A set that holds every host."""

    def __contains__(self, host: object) -> bool:
        return True


_EVERY = _Every()


def _body(row: ImportedItem) -> list[dict[str, object]]:
    return [dict(part) for part in row.story.body.raw_data] if row.story else []


def _addresses(links: set[str]) -> dict[str, str]:
    """Return the new address of each link whose story is in."""
    ways = {link: ways_to(link) for link in links}
    paths = {path for found in ways.values() for path in found}
    rows = OldAddress.objects.filter(path__in=paths).select_related("story__edition")
    known = {row.path: row.story.address for row in rows if row.story.live and row.story.slug}
    found = {link: next((one for one in ways[link] if one in known), "") for link in links}
    return {link: known[path] for link, path in found.items() if path}
