"""What a new data folder gets: groups, the first login, and in the demo the sample newsroom."""

import os
import secrets
from pathlib import Path

from django.conf import settings

from dateline.config.first_groups import make_first_groups
from dateline.people.actions import make_staff
from dateline.people.models import Account
from dateline.topics.models import Edition

FIRST_NAME = "editor"
_LOGIN = "first-login.txt"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def first_login(folder: Path, *, is_demo: bool = False) -> None:
    """Make the first staff login and the groups of its colleagues if there is no login.

    A demo's may enter by them alone; any other is asked for a second factor. The login is kept in
    `first-login.txt`, readable by the owner only, until somebody deletes the file; while it is
    there every start shows it.
    """
    if Account.objects.filter(is_staff=True).exists():
        return
    make_first_groups()
    password = new_password()
    _keep(folder / _LOGIN, f"{FIRST_NAME} {password}\n")
    make_staff(name=FIRST_NAME, password=password, by_password=is_demo)


def login_to_show(folder: Path) -> str | None:
    """Return the first staff login as `name password` while its file is kept."""
    path = folder / _LOGIN
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def _keep(path: Path, text: str) -> None:
    """Write a file in one step, and before the account: a password nobody can read is lost."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def new_password() -> str:
    """Return a password a person can type: five groups of four, about 99 bits."""
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(5)]
    return "-".join(groups)


def fill_sample() -> None:
    """Fill an empty newsroom with the sample newsroom; one that has an edition is left alone."""
    if not Edition.objects.exists():
        from dateline.sample.actions import fill_newsroom  # noqa: PLC0415 - only for the demo

        fill_newsroom(by=None, pictures=settings.DATELINE.sample_pictures)
