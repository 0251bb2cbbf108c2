"""Commands about the house itself: doctor, backup, restore, press verify, manage."""

import sys
from pathlib import Path

import click

from dateline.config.commands.common import home_option, open_newsroom, use_home


@click.group(invoke_without_command=True, epilog="Example: dateline doctor --home /srv/newsroom")
@home_option
@click.pass_context
def doctor(context: click.Context, folder: Path | None) -> None:
    """Show the settings in force, where each came from, and what is wrong with the house."""
    from dateline.config.doctor import examine  # noqa: PLC0415 - quick start of the help

    chosen = use_home(folder)
    if context.invoked_subcommand is None:
        sys.exit(1 if examine(chosen, click.echo) else 0)


@doctor.command(epilog="Example: dateline doctor mail --to desk@news.example")
@click.option("--to", help="Send a test letter to this address.")
@click.option(
    "--letter",
    type=click.Path(path_type=Path),
    help="A letter of ours as it arrived, saved with its headers: says what was found out.",
)
@click.option(
    "--record",
    type=click.Path(path_type=Path),
    help="What the DNS says of a key of ours, saved: says whether it is the one that signs.",
)
@home_option
def mail(folder: Path | None, to: str | None, letter: Path | None, record: Path | None) -> None:
    """Show what SPF, DKIM and DMARC will find in our letters, and what the DNS must say for it."""
    from dateline.config.doctor_mail import brought_in, examine_mail  # noqa: PLC0415 - quick help
    from dateline.config.settings_in_force import settings_in_force  # noqa: PLC0415

    chosen = use_home(folder)
    brought = brought_in(letter, record)
    troubles = examine_mail(settings_in_force(), click.echo, brought, chosen)
    if to is not None:
        click.echo(f"A test letter went to {to}: {_tried(chosen, to)}")
    sys.exit(1 if troubles else 0)


def _tried(home: Path, to: str) -> str:
    import django  # noqa: PLC0415 - takes a second or more

    from dateline.config.data_folder import refuse_empty  # noqa: PLC0415 - quick help

    refuse_empty(home)
    django.setup()
    from dateline.config.trial_letter import send_trial  # noqa: PLC0415 - needs Django

    return send_trial(to)


@click.command(epilog="Example: dateline dkim news2026")
@click.argument("selector")
@click.option(
    "--kind",
    type=click.Choice(["rsa", "ed25519"]),
    default="rsa",
    help="rsa if not given: every server knows it; not all know ed25519, which is much quicker.",
)
@home_option
def dkim(folder: Path | None, selector: str, kind: str) -> None:
    """Make a key that signs letters (DKIM), and print what the DNS must say of it."""
    from dateline.config.data_folder import refuse_empty  # noqa: PLC0415 - quick help
    from dateline.config.dkim import make_key  # noqa: PLC0415
    from dateline.config.settings_in_force import settings_in_force  # noqa: PLC0415
    from dateline.standards.dkim import Kind  # noqa: PLC0415

    chosen = use_home(folder)
    refuse_empty(chosen)
    click.echo(make_key(chosen, settings_in_force(), selector, Kind(kind)))


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
