"""`dateline demo` and `dateline run`."""

import os
from pathlib import Path

import click

from dateline.config.commands.common import Decorated, home_option, use_home


def _address_options(command: Decorated) -> Decorated:
    command = click.option(
        "--port", type=click.IntRange(0, 65535), help="Port; 0 takes a free one."
    )(command)
    return click.option("--host", help="Address to listen on, such as 0.0.0.0.")(command)


@click.command(epilog="Example: dateline run --home /srv/newsroom --port 8000")
@home_option
@_address_options
def run(folder: Path | None, host: str | None, port: int | None) -> None:
    """Run a newsroom: server, runner and supervisor in one command."""
    _start(folder, host, port, with_sample=False)


@click.command(epilog="Example: dateline demo --home /tmp/try --port 8100 --live")
@home_option
@_address_options
@click.option("--live", is_flag=True, help="Play an afternoon: stories, a flash, live posts.")
@click.option(
    "--pace",
    type=click.FloatRange(min=0.05, max=3600),
    default=4.0,
    show_default=True,
    help="Seconds between two things that happen.",
)
def demo(folder: Path | None, host: str | None, port: int | None, live: bool, pace: float) -> None:
    """Run a newsroom that is filled with the sample newsroom if it is empty."""
    _start(folder, host, port, with_sample=True, afternoon=pace if live else None)


def _start(
    folder: Path | None,
    host: str | None,
    port: int | None,
    *,
    with_sample: bool,
    afternoon: float | None = None,
) -> None:
    if host is not None:
        os.environ["DATELINE_HOST"] = host
    if port is not None:
        os.environ["DATELINE_PORT"] = str(port)
    use_home(folder)
    from dateline.config.start import start  # noqa: PLC0415 - quick start of the help

    raise SystemExit(start(with_sample=with_sample, afternoon=afternoon))
