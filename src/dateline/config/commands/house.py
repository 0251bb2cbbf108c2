"""Commands about the house itself: doctor, backup, restore, press verify, manage."""

import sys
from pathlib import Path

import click

from dateline.config.commands.common import home_option, open_newsroom, use_home


@click.command(epilog="Example: dateline doctor --home /srv/newsroom")
@home_option
def doctor(folder: Path | None) -> None:
    """Show the settings in force, where each came from, and what is wrong with the house."""
    from dateline.config.doctor import examine  # noqa: PLC0415 - quick start of the help

    chosen = use_home(folder)
    troubles = examine(chosen, click.echo)
    sys.exit(1 if troubles else 0)


@click.command(epilog="Example: dateline backup /var/backups/newsroom.tar.gz")
@click.argument("target", type=click.Path(path_type=Path))
@home_option
def backup(target: Path, folder: Path | None) -> None:
    """Write the whole newsroom to one file, also while it is running."""
    from dateline.config.backups import write_backup  # noqa: PLC0415 - quick start of the help

    chosen = open_newsroom(folder)
    click.echo(f"Wrote {write_backup(chosen, target)}")


@click.command(epilog="Example: dateline restore newsroom.tar.gz --home /srv/newsroom")
@click.argument("source", type=click.Path(path_type=Path))
@home_option
@click.option(
    "--replace", is_flag=True, help="Replace the newsroom that is there; it is kept aside."
)
def restore(source: Path, folder: Path | None, replace: bool) -> None:
    """Check a backup and make a data folder of it."""
    from dateline.config.backups import restore_backup  # noqa: PLC0415 - quick start of the help

    chosen = use_home(folder)
    click.echo(f"Restored {restore_backup(source, chosen, replace=replace)}")


@click.group()
def press() -> None:
    """Pressed pages."""


@press.command(epilog="Example: dateline press verify --home /srv/newsroom")
@home_option
def verify(folder: Path | None) -> None:
    """Ask the running newsroom to render every pressed page again and compare."""
    from dateline.config.verify import verify_press  # noqa: PLC0415 - quick start of the help

    use_home(folder)
    report = verify_press()
    click.echo(report.text)
    sys.exit(1 if report.differing else 0)


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    epilog="Example: dateline manage shell",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own commands on the data folder ($DATELINE_HOME)."""
    use_home(None)
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["dateline manage", *arguments])
