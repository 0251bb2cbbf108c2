"""Commands of the archive: stories of the past, in from other systems."""

from pathlib import Path

import click

from dateline.config.commands.common import home_option, open_newsroom

_path = click.Path(exists=False, dir_okay=True, path_type=Path)


@click.group()
def archive() -> None:
    """Stories of the past, in from other systems."""


@archive.command(
    "import",
    epilog="Example: dateline archive import export.xml --media uploads --section world --dry-run",
)
@click.argument("files", type=_path, nargs=-1, required=True)
@click.option("--map", "plan", type=_path, help="What belongs where; see docs/operating/archive.md")
@click.option("--media", type=_path, help="Folder of the old site's uploads.")
@click.option("--fetch", is_flag=True, help="Fetch from the old site what is only named.")
@click.option("--section", help="Section for what belongs nowhere else, such as world.")
@click.option("--edition", help="Edition's code; the default edition if not given.")
@click.option("--site", help="Address of the old site, where its archive does not name it.")
@click.option("--zone", help="Time zone of the old site, such as Europe/Vienna.")
@click.option("--publish/--as-drafts", default=None, help="What becomes of published items.")
@click.option("--drafts", is_flag=True, help="Take drafts too, as drafts.")
@click.option("--pages", is_flag=True, help="Take pages too, not only posts.")
@click.option("--make-sections", is_flag=True, help="Make the sections that are not there.")
@click.option("--dry-run", is_flag=True, help="Store nothing; print what would be done.")
@home_option
def import_(folder: Path | None, files: tuple[Path, ...], **given: object) -> None:
    """Take in WordPress or Ghost exports, feeds, a folder of saved HTML pages, or addresses."""
    from dateline.config.archives import Wish, look_through, run_import  # noqa: PLC0415 - quick help

    wish = Wish(files=files, **given)  # type: ignore[arg-type]
    found = look_through(wish)
    open_newsroom(folder)
    run_import(wish, found)
