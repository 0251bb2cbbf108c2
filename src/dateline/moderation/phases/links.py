"""Where a message leads."""

from dateline.moderation.reading import Case
from dateline.moderation.verdicts import Kind, Note, Reason


def too_many(case: Case) -> Note | None:
    """Hold what is more links than talk."""
    if len(case.links) <= case.house.most_links:
        return None
    return Note("links", Kind.HOLD, Reason.TOO_MANY_LINKS, tuple(case.links))


def unknown(case: Case) -> Note | None:
    """Hold a newcomer's link to a site that the house does not know."""
    if not case.is_newcomer:
        return None
    known = case.house.known_sites
    strange = [site for site in case.sites if not _is_known(site, known)]
    if not strange:
        return None
    return Note("links", Kind.HOLD, Reason.UNKNOWN_SITE, tuple(dict.fromkeys(strange)))


def _is_known(site: str, known: frozenset[str]) -> bool:
    """Say whether a site, or one that it belongs to, is among the known."""
    parts = site.split(".")
    return any(".".join(parts[at:]) in known for at in range(len(parts)))
