"""Archives of other systems, from our own small samples to plain facts."""

import gzip
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dateline.standards.archives.bodies import body_of, told_of
from dateline.standards.archives.facts import ArchivePicture
from dateline.standards.archives.opening import BoundedFile
from dateline.standards.archives.reading import Asked, read_archive
from dateline.standards.archives.shelf import plain_path
from dateline.standards.errors import CopyError

HERE = Path(__file__).parent / "archives"
ASKED = Asked(site="https://kestrel.example", zone=ZoneInfo("Europe/Vienna"))


def items_in(*names, asked=ASKED):
    archive = read_archive([HERE / name for name in names], asked)
    items = list(archive.read())
    assert len(items) == archive.total
    return archive, {item.headline: item for item in items}


def shape_of(archive, item):
    """Return what a body is made of: kind, and what of it a reader would see."""
    body = body_of(item, archive.shelf)
    shown = []
    for block in body.blocks:
        gallery = body.galleries.marked(block.text)
        picture = block.picture and block.picture.renditions[0].href.rpartition("/")[2]
        seen = block.url or block.items or picture or block.text
        kind = "gallery" if gallery else block.kind
        shown.append((kind, tuple(plain_path(p.address) for p in gallery) or seen))
    return body, shown


def test_a_wordpress_post_in_blocks():
    archive, items = items_in("wordpress.xml")
    item = items["Harbour of Brenn reopens & ferries leave"]
    body, shown = shape_of(archive, item)
    assert body.dateline.raw == "BRENN, March 3 (Kestrel) -"
    assert body.odd == ("reusable block",)
    folder = "/wp-content/uploads/2011/03"
    assert shown == [
        ("paragraph", "The harbour of Brenn reopened on Thursday after three weeks of storm."),
        ("picture", "ferry-300x200.jpg"),
        ("gallery", (f"{folder}/ferry.jpg", f"{folder}/quay.jpg")),
        ("embed", "https://www.youtube.com/watch?v=abc123"),
        ("quote", "We are glad to see ships again."),
    ]
    assert [one.slugs for one in item.categories] == ["world/straits", "world"]
    assert [(one.key, one.name) for one in item.authors] == [("imarek", "Ilse Marek")]
    assert item.published.instant == datetime(2011, 3, 3, 10, 20, tzinfo=UTC)
    assert item.updated.instant == datetime(2011, 3, 4, 8, 0, tzinfo=UTC)
    assert item.other_addresses == (
        "https://kestrel.example/?p=101",
        "https://kestrel.example/2011/03/harbour-open/",
    )
    assert item.lead.credit == "Ana Quill"


def test_a_wordpress_post_of_the_classic_editor():
    archive, items = items_in("wordpress.xml")
    body, shown = shape_of(archive, items["Storm closes the harbour"])
    folder = "/wp-content/uploads/2011/03"
    first = "The port office closed the harbour of Brenn on Thursday. Ships wait outside."
    assert shown == [
        ("paragraph", first),
        ("picture", "quay-300x200.jpg"),
        ("paragraph", "Nobody was hurt [sic], the office said."),
        ("embed", "https://vimeo.com/12345"),
        ("gallery", (f"{folder}/ferry.jpg", f"{folder}/quay.jpg")),
        ("list", ("one tug", "two pilots")),
        ("paragraph", "The end."),
    ]
    assert body.odd == ("[ticker]",)
    assert items["Storm closes the harbour"].standfirst == "A storm keeps ships outside."


def test_what_wordpress_says_of_a_picture_elsewhere():
    archive, _ = items_in("wordpress.xml")
    address = "https://kestrel.example/wp-content/uploads/2011/03/ferry-300x200.jpg"
    told = told_of(ArchivePicture(address=address, alt="Own words"), archive.shelf)
    assert (told.caption, told.alt, told.credit) == (
        "A ferry leaves Brenn",
        "Own words",
        "Ana Quill",
    )


def test_states_of_wordpress_items():
    _, items = items_in("wordpress.xml")
    assert {name: (one.type, one.status, one.is_locked) for name, one in items.items()} == {
        "Harbour of Brenn reopens & ferries leave": ("post", "published", False),
        "Storm closes the harbour": ("post", "published", False),
        "Порт снова открыт": ("post", "published", False),
        "Kept for members": ("post", "published", True),
        "Half written": ("post", "draft", False),
        "About us": ("page", "published", False),
        "ferry": ("attachment", "published", False),
        "quay": ("attachment", "published", False),
        "Main menu": ("nav_menu_item", "published", False),
    }


def test_a_ghost_post_as_html():
    archive, items = items_in("ghost.json")
    item = items["Vote in Ostrel"]
    folder = "/content/images/2023/05"
    _, shown = shape_of(archive, item)
    assert shown == [
        ("paragraph", "Ostrel voted on Friday and the count goes on."),
        ("gallery", (f"{folder}/hall.jpg", f"{folder}/box.jpg")),
        ("paragraph", "The rules"),
    ]
    assert [one.name for one in item.authors] == ["Ilse Marek", "Tomas Verl"]
    assert ([one.slugs for one in item.categories], item.tags) == (["world"], ("Ostrel",))
    assert item.lead == ArchivePicture(
        address=f"https://kestrel.example{folder}/hall.jpg",
        alt="Rows of seats",
        caption="The hall. Ana Quill",
    )


def test_ghosts_own_formats():
    archive, items = items_in("ghost.json")
    assert shape_of(archive, items["Verl wins"])[1] == [
        ("subhead", "What comes"),
        ("paragraph", "Verl won the vote"),
        ("picture", "hall.jpg"),
        ("list", ("first",)),
        ("embed", "https://www.youtube.com/watch?v=q"),
    ]
    assert shape_of(archive, items["The mill turns"])[1] == [
        ("paragraph", "The mill turns again after a year."),
        ("picture", "old.jpg"),
        ("list", ("flour", "bran")),
    ]
    assert items["The mill turns"].published.instant == datetime(2018, 1, 14, 10, tzinfo=UTC)
    assert [name for name, one in items.items() if one.is_locked] == ["Paid"]


def test_a_ghost_site_with_its_own_pattern_of_addresses():
    asked = Asked(site="https://kestrel.example/", pattern="/{year}/{month}/{slug}/")
    _, items = items_in("ghost.json", asked=asked)
    assert items["Vote in Ostrel"].address == "https://kestrel.example/2023/05/vote-in-ostrel/"
    assert items["About"].address == "https://kestrel.example/about/"


def test_a_feed_and_a_bloggers_export():
    archive, items = items_in("feed.xml")
    assert shape_of(archive, items["Quill wins the race"])[1][1] == (
        "paragraph",
        "It is her third win.",
    )
    assert items["Quill wins the race"].address == "https://kestrel.example/sport.php?id=7"
    _, items = items_in("blogger.xml")
    assert {name: (one.type, one.status) for name, one in items.items()} == {
        "Setting": ("settings", "published"),
        "A walk along the quay": ("post", "published"),
        "Unfinished": ("post", "draft"),
        "Nice": ("comment", "published"),
    }
    assert [one.name for one in items["A walk along the quay"].categories] == ["Harbour"]


def test_a_folder_of_pages():
    pytest.importorskip("trafilatura", reason="the extra `archive` is not installed")
    archive, items = items_in("pages")
    dam = items["Dam of Ostrel holds"]
    body, shown = shape_of(archive, dam)
    assert body.dateline.place == "OSTREL"
    assert [kind for kind, _ in shown] == [*["paragraph"] * 3, "subhead", "paragraph"]
    assert dam.address == "https://kestrel.example/2006/04/dam.html"
    assert dam.other_addresses == ("https://kestrel.example/2006/dam.html",)
    assert dam.published.instant.isoformat() == "2006-04-02T09:00:00+02:00"
    bridge = items["Bridge opens"]
    assert bridge.address == "https://kestrel.example/story.php?id=12"
    assert [one.name for one in bridge.authors] == ["Ana Quill"]
    assert {one.key: one.trouble for one in items.values() if one.trouble} == {
        "kestrel.example/index.html": "it is a list of stories, not a story",
        "kestrel.example/empty.html": "the file holds nothing but white space; send the copy.",
    }


def test_several_files_packed_or_not_are_one_archive(tmp_path):
    text = (HERE / "wordpress.xml").read_bytes()
    (tmp_path / "one.xml.gz").write_bytes(gzip.compress(text))
    shutil.copy(HERE / "wordpress.xml", tmp_path / "two.xml")
    archive = read_archive([tmp_path], ASKED)
    assert (archive.total, len(list(archive.read()))) == (18, 18)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"Our own headline\n\nBRDO - Words.", "unknown"),
        (b'{"a": 1}', "unknown"),
        (b'{"db": [{"data": {"posts": [{"id": 1}, {"id": NaN}]}}]}', "bad-json"),
        (b'{"db": [{"data": {"posts": [{"id": 1}', "bad-json"),
        (b'{"db": [{"data": {"tags": []}}]}', "empty"),
        (b"<opml><body/></opml>", "unknown"),
        (b"<rss><channel></channel></rss>", "empty"),
        (b"<rss><channel><item></channel></rss>", "bad-xml"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>", "dtd"),
        (b"<rss><!-- x --><channel><item>" + b"<a>" * 300, "bad-xml"),
        (b"\x1f\x8b\x08\x00broken", "bad-gzip"),
        (b"\x89PNG\r\n\x1a\n", "unknown"),
    ],
)
def test_what_is_refused(tmp_path, data, code):
    (tmp_path / "export").write_bytes(data)
    with pytest.raises(CopyError) as refused:
        read_archive([tmp_path / "export"], ASKED)
    assert refused.value.code == code
    assert str(refused.value).startswith(("export", "the file"))


def test_a_ghost_export_needs_its_site():
    with pytest.raises(CopyError) as refused:
        read_archive([HERE / "ghost.json"], Asked())
    assert refused.value.code == "no-site"


def test_a_small_file_that_unpacks_without_end(tmp_path):
    (tmp_path / "bomb.xml.gz").write_bytes(gzip.compress(b" " * 110_000_000))
    file = BoundedFile(tmp_path / "bomb.xml.gz")
    with pytest.raises(CopyError) as refused:
        list(iter(lambda: file.read(1 << 20), b""))
    file.close()
    assert refused.value.code == "too-large"


def test_json_that_is_cut_at_every_place_is_refused(tmp_path):
    whole = json.dumps({"db": [{"data": {"posts": [{"id": "ä", "n": 12}], "tags": []}}]})
    path = tmp_path / "cut.json"
    for end in range(8, len(whole)):
        path.write_text(whole[:end])
        with pytest.raises(CopyError):
            read_archive([path], ASKED)
    path.write_text(whole)
    assert read_archive([path], ASKED).total == 1
