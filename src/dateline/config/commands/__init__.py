"""The command line. Nothing of Django is imported before a command needs it."""

import sys

import click

from dateline import __version__
from dateline.common.errors import DatelineError
from dateline.config.commands.archive import archive
from dateline.config.commands.chats import chats
from dateline.config.commands.desk import effects, wire
from dateline.config.commands.house import backup, dkim, doctor, manage, press, restore
from dateline.config.commands.search import search
from dateline.config.commands.site import demo, run
from dateline.config.commands.subscribers import subscribers


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: dateline demo --port 8100",
)
@click.version_option(__version__, message="Dateline %(version)s")
def commands() -> None:
    """Dateline: the whole of a news agency's publishing."""


for command in (
    demo,
    run,
    doctor,
    dkim,
    backup,
    restore,
    wire,
    archive,
    chats,
    press,
    effects,
    manage,
    search,
    subscribers,
):
    commands.add_command(command)


def main() -> None:
    """Run the command line; what is refused is one line on stderr and status 1."""
    try:
        commands.main(prog_name="dateline")
    except DatelineError as error:
        click.echo(f"dateline: {error}", err=True)
        sys.exit(1)
