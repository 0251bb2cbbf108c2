"""Archives for tests: the samples of the readers, and WordPress exports made to measure."""

from datetime import UTC
from html import escape
from pathlib import Path

from PIL import Image

from dateline.archive.actions import Order, import_archive
from dateline.archive.rules import Plan, read_plan
from dateline.standards.archives.reading import Asked, read_archive
from dateline.stories.enums import Kind

SAMPLES = Path(__file__).resolve().parents[1] / "standards" / "archives"
SITE = "https://kestrel.example"


def plan_of(text: str) -> Plan:
    return read_plan(text, kinds=Kind.values)


def take(edition, *paths, plan="", **order):
    """Take archives in and return the report."""
    archive = read_archive([Path(path) for path in paths], Asked(site=SITE, zone=UTC))
    return take_archive(edition, archive, plan=plan, **order)


def take_archive(edition, archive, *, plan="", **order):
    """Take an archive that was looked through in and return the report."""
    order = {"publishes": True, "section": "world"} | order
    made = Order(edition=edition, plan=plan_of(plan), **order)
    return import_archive(by=None, archive=archive, order=made, told=lambda step: None)


def media(folder: Path) -> Path:
    """Make a folder of uploads with the two pictures that the WordPress sample names."""
    (folder / "2011" / "03").mkdir(parents=True)
    for name, size in (("ferry", (640, 400)), ("quay", (600, 400))):
        Image.new("RGB", size, (30, 90, 160)).save(folder / "2011" / "03" / f"{name}.jpg")
    return folder


def post(number: int, *, headline: str = "", text: str = "", more: str = "") -> str:
    headline = headline or f"Ferry number {number} leaves the harbour of Brenn"
    text = text or f"<p>BRENN - Ferry number {number} left at noon.</p>"
    day = f"20{number // 336 % 24:02d}-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d} 06:00:00"
    return (
        f"<item><title>{escape(headline)}</title><link>{SITE}/{number}/</link>"
        f"<dc:creator>imarek</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>"
        f"<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>{day}</wp:post_date_gmt>"
        "<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>"
        f'<category domain="category" nicename="world">World</category>{more}</item>\n'
    )


def export(path: Path, *posts: str) -> Path:
    head = (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        f"<wp:base_blog_url>{SITE}</wp:base_blog_url>\n"
    )
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        file.writelines(posts)
        file.write("</channel></rss>\n")
    return path
