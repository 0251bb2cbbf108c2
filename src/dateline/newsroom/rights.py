"""Who may come in: the newsroom's screens ask for a right before anything else."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def holds(request: HttpRequest, *rights: str) -> bool:
    """Say whether who asks has one of some rights, such as `stories.publish_story`."""
    return any(request.user.has_perm(right) for right in rights)


def need(request: HttpRequest, *rights: str) -> None:
    """Let nobody in who has none of some rights.

    Raises:
        PermissionDenied: whoever asks has none of them.
    """
    if not holds(request, *rights):
        raise PermissionDenied
