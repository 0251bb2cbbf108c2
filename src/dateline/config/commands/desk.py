"""Commands of the desk: copy in by wire, and effects that wait for a person."""

import json
import sys
from datetime import date, datetime
from pathlib import Path

import click

from dateline.config.commands.common import home_option, open_newsroom

_file = click.Path(exists=False, dir_okay=True, path_type=Path)


def _day(_context: click.Context, _option: click.Parameter, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a day such as 2008-02-13.") from None


@click.group()
def wire() -> None:
    """News copy in by file."""


@wire.command("read", epilog="Example: dateline wire read copy.txt --json")
@click.argument("file", type=_file)
@click.option("--json", "as_json", is_flag=True, help="Print the facts as one JSON object.")
@click.option("--date", "day", callback=_day, help="Day of the document, as 2008-02-13.")
def read(file: Path, as_json: bool, day: date | None) -> None:
    """Print the facts of a document; nothing is stored."""
    from dateline.config.copy import read_file, summary  # noqa: PLC0415 - quick start of the help
    from dateline.standards.facts_json import facts_json  # noqa: PLC0415

    reading = read_file(file, document_date=day)
    if as_json:
        click.echo(json.dumps(facts_json(reading), ensure_ascii=False, indent=2))
    else:
        click.echo(summary(reading))


@wire.command("take", epilog="Example: dateline wire take copy.txt --section world --publish")
@click.argument("files", type=_file, nargs=-1, required=True)
@click.option("--section", help="Section's address, such as world or world/balkans.")
@click.option("--edition", help="Edition's code; the default edition if not given.")
@click.option("--publish", is_flag=True, help="Publish at once instead of leaving a draft.")
@click.option("--date", "day", callback=_day, help="Day of the document, as 2008-02-13.")
@home_option
def take(
    files: tuple[Path, ...],
    section: str | None,
    edition: str | None,
    publish: bool,
    day: date | None,
    folder: Path | None,
) -> None:
    """Make stories of documents; the same item taken twice is one story."""
    from dateline.config.copy import read_file  # noqa: PLC0415 - quick start of the help

    readings = [(file, read_file(file, document_date=day)) for file in files]
    open_newsroom(folder)
    from dateline.wire.actions import Source, TakeOrder, take_reading  # noqa: PLC0415 - needs Django

    order = TakeOrder(section=section or "", edition=edition or "", publish=publish)
    for file, reading in readings:
        source = Source(file=file.name, data=file.read_bytes(), format=reading.format)
        for item in reading.items:
            for warning in item.warnings:
                click.echo(f"{file.name}: {warning}", err=True)
        for taken in take_reading(by=None, reading=reading, source=source, order=order):
            click.echo(f"{file.name}: {taken}")


@click.group()
def effects() -> None:
    """What follows an entry, and what of it failed for good."""


@effects.command("list", epilog="Example: dateline effects list")
@home_option
def list_effects(folder: Path | None) -> None:
    """Show each effect, how far it has come, and what is parked."""
    open_newsroom(folder)
    from dateline.publishing.parked import lines  # noqa: PLC0415 - needs Django

    for line in lines():
        click.echo(line)


@effects.command("replay", epilog="Example: dateline effects replay renditions 812")
@click.argument("effect")
@click.argument("seq", type=int)
@home_option
def replay(effect: str, seq: int, folder: Path | None) -> None:
    """Run a parked effect once more on the entry it failed on."""
    open_newsroom(folder)
    from dateline.publishing.parked import replay_one  # noqa: PLC0415 - needs Django

    done = replay_one(effect, seq)
    click.echo("Done." if done else "It failed again and stays parked.")
    sys.exit(0 if done else 1)
