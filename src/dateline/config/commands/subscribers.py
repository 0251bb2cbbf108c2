"""Commands of subscriptions: lists of subscribers in from other systems, and out."""

import sys
from pathlib import Path

import click

from dateline.config.commands.common import home_option, open_newsroom

_path = click.Path(exists=False, path_type=Path)


@click.group()
def subscribers() -> None:
    """Lists of subscribers, in from other systems and out."""


@subscribers.command(
    "import",
    epilog="Example: dateline subscribers import members.csv --follow section:world --dry-run",
)
@click.argument("files", type=_path, nargs=-1, required=True)
@click.option(
    "--from",
    "system",
    type=click.Choice(["dateline", "ghost", "mailchimp", "listmonk", "csv"]),
    help="The system it comes from, where the file does not say.",
)
@click.option("--edition", help="Edition's code; the default edition if not given.")
@click.option(
    "--follow",
    multiple=True,
    help="What those follow whose choices are not known here, such as section:world or front:en.",
)
@click.option(
    "--label",
    "labels",
    multiple=True,
    help="What a label or tag of the other system stands for, such as “Sport=section:sport”.",
)
@click.option(
    "--pace",
    type=click.Choice(["at-once", "daily", "weekly"]),
    default="daily",
    help="How often they hear of it; daily if not given.",
)
@click.option("--dry-run", is_flag=True, help="Store nothing; print what would be done.")
@home_option
def import_(folder: Path | None, files: tuple[Path, ...], **given: object) -> None:
    """Take in lists of Ghost, Mailchimp, listmonk, any CSV with addresses, or our own.

    Whoever has left, here or there, is not written to.
    """
    from dateline.config.subscribers import Wish, look_through, take  # noqa: PLC0415 - quick help

    wish = Wish(files=files, **(given | {"system": given["system"] or ""}))  # type: ignore[arg-type]
    look_through(wish)
    open_newsroom(folder)
    click.echo(take(wish))


@subscribers.command(epilog="Example: dateline subscribers export subscribers.csv")
@click.argument("target", type=_path)
@home_option
def export(folder: Path | None, target: Path) -> None:
    """Write everybody with a mail address, their choices and consent into a CSV file."""
    from dateline.config.subscribers import export_to  # noqa: PLC0415 - quick start of the help

    open_newsroom(folder)
    click.echo(export_to(target))


@subscribers.command(epilog="Example: dateline subscribers returned < bounce.eml")
@click.argument("files", type=_path, nargs=-1)
@home_option
def returned(folder: Path | None, files: tuple[Path, ...]) -> None:
    """Take mails that came back, from files or from a mail server's pipe, into the ledger."""
    from dateline.config.subscribers import take_returned  # noqa: PLC0415 - quick start of the help

    mails = [file.read_bytes() for file in files] or [sys.stdin.buffer.read()]
    open_newsroom(folder)
    click.echo(take_returned(mails))
