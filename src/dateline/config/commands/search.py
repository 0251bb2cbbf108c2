"""Commands about the search index."""

import sys
import time
from pathlib import Path

import click

from dateline.config.commands.common import home_option, open_newsroom


@click.group()
def search() -> None:
    """The index of words."""


@search.command(epilog="Example: dateline search rebuild --home /srv/newsroom")
@click.option("--afresh", is_flag=True, help="Begin again instead of going on with one broken off.")
@home_option
def rebuild(afresh: bool, folder: Path | None) -> None:
    """Build the index anew from the stories, also while the newsroom is running."""
    open_newsroom(folder)
    from dateline.search.actions import rebuild_index  # noqa: PLC0415 - needs Django

    began, told, done = time.monotonic(), 0.0, 0
    for progress in rebuild_index(afresh=afresh):
        done, now = progress.done, time.monotonic()
        if sys.stderr.isatty() or now - told > 10:
            told = now
            share = 100 * progress.done // max(progress.total, 1)
            click.echo(
                f"\r{progress.done:,} of {progress.total:,} stories ({share} %)",
                err=True,
                nl=not sys.stderr.isatty(),
            )
    click.echo(f"Indexed {done:,} stories in {time.monotonic() - began:.0f} s.")
