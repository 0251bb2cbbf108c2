"""Commands of the chats: discussions in from other systems, and out."""

from pathlib import Path

import click

from dateline.config.commands.common import home_option, open_newsroom

_path = click.Path(exists=False, path_type=Path)


@click.group()
def chats() -> None:
    """Discussions, in from other systems and out."""


@chats.command("import", epilog="Example: dateline chats import disqus.xml --dry-run")
@click.argument("file", type=_path)
@click.option(
    "--from",
    "system",
    type=click.Choice(["disqus", "wordpress", "coral", "dateline"]),
    help="The system it comes from, where the file does not say.",
)
@click.option("--story", type=int, help="Number of the story all of it belongs to.")
@click.option("--dry-run", is_flag=True, help="Store nothing; print what is in the file.")
@home_option
def import_(
    folder: Path | None, file: Path, system: str | None, story: int | None, *, dry_run: bool
) -> None:
    """Take in a Disqus XML, WordPress or Coral export, or one of our own."""
    from dateline.config.talks import look_through, take  # noqa: PLC0415 - quick start of the help

    talk = look_through(file, system or "")
    click.echo(f"{talk.system}: {talk.total:,} messages in {len(talk.threads):,} discussions")
    if not dry_run:
        open_newsroom(folder)
        click.echo(take(talk, story))


@chats.command("export", epilog="Example: dateline chats export talks --html")
@click.argument("target", type=_path)
@click.option("--story", type=int, help="Number of the one story whose chat is wanted.")
@click.option("--html", is_flag=True, help="Pages to read instead of JSON.")
@click.option("--all", "is_whole", is_flag=True, help="Held and rejected messages too (JSON).")
@home_option
def export(
    folder: Path | None, target: Path, story: int | None, *, html: bool, is_whole: bool
) -> None:
    """Write chats as JSON (docs/contracts/chat-export.md) or HTML, a file each, into a folder."""
    from dateline.config.talks import export_to  # noqa: PLC0415 - quick start of the help

    open_newsroom(folder)
    click.echo(export_to(target, story=story, is_html=html, is_whole=is_whole))
