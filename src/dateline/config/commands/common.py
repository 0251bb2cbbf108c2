"""What several commands share: options and the set-up of the house."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorated = Callable[..., Any]


def home_option(command: Decorated) -> Decorated:
    """Add `--home DIR`."""
    return click.option(
        "--home",
        "folder",
        type=click.Path(path_type=Path),
        help="Data folder; default $DATELINE_HOME or ./newsroom.",
    )(command)


def use_home(folder: Path | None) -> Path:
    """Make a folder the data folder of this process and return it."""
    from dateline.config.settings_in_force import home  # noqa: PLC0415 - quick start of the help

    # What this process makes is for its owner alone: the database holds accounts and drafts.
    os.umask(0o077)
    if folder is not None:
        os.environ["DATELINE_HOME"] = str(folder.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = "dateline.config.settings"
    return home()


def open_house(folder: Path | None) -> Path:
    """Set Django up on an existing or new data folder and return the folder.

    Raises:
        HomeRefused, SettingsRefused, DatabaseRefused: each says what to do.
    """
    from dateline.config.data_folder import prepare_home  # noqa: PLC0415
    from dateline.config.settings_in_force import settings_in_force  # noqa: PLC0415

    chosen = use_home(folder)
    prepare_home(chosen)
    settings_in_force()

    import django  # noqa: PLC0415 - takes a second or more

    django.setup()
    from dateline.config.database import prepare_database  # noqa: PLC0415

    prepare_database()
    return chosen


def open_newsroom(folder: Path | None) -> Path:
    """Set Django up on the data folder of a newsroom that is there, and return the folder.

    A mistyped folder must not be made, and an empty newsroom in it backed up with success.

    Raises:
        HomeRefused, SettingsRefused, DatabaseRefused: each says what to do.
    """
    from dateline.config.data_folder import refuse_empty  # noqa: PLC0415

    refuse_empty(use_home(folder))
    return open_house(folder)
