"""What the standards ask of a feed, checked line by line."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def is_absolute(url):
    """Say whether an address names its host."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _moment(text):
    at = datetime.fromisoformat(text)
    assert at.tzinfo is not None, text
    return at


def _one(element, name):
    found = element.findall(name)
    assert len(found) == 1, (name, len(found))
    return found[0].text or ""


def check_rss(body):
    """Check a channel against RSS 2.0 and the RSS Board's profile; return its items' ids."""
    root = etree.fromstring(body)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    [channel] = root.findall("channel")
    assert is_absolute(_one(channel, "link"))
    assert _one(channel, "title")
    assert _one(channel, "description")
    assert _LANGUAGE.fullmatch(_one(channel, "language"))
    assert parsedate_to_datetime(_one(channel, "lastBuildDate")).tzinfo
    links = {one.get("rel"): one.get("href") for one in channel.findall(f"{ATOM}link")}
    assert all(is_absolute(href) for href in links.values())
    assert "self" in links
    return [_rss_item(item) for item in channel.findall("item")]


def _rss_item(item):
    assert _one(item, "title")
    assert is_absolute(_one(item, "link"))
    assert parsedate_to_datetime(_one(item, "pubDate")).tzinfo
    [guid] = item.findall("guid")
    assert guid.get("isPermaLink") == "false"
    assert len(item.findall("enclosure")) <= 1
    for enclosure in item.findall("enclosure"):
        assert is_absolute(enclosure.get("url"))
        assert int(enclosure.get("length")) > 0
        assert enclosure.get("type") == "image/jpeg"
    names = [one.tag for one in item]
    if f"{CONTENT}encoded" in names:  # As the W3C's validator asks for.
        assert "description" in names[: names.index(f"{CONTENT}encoded")]
    for media in item.findall(f"{MEDIA}content"):
        assert is_absolute(media.get("url"))
        assert int(media.get("fileSize")) > 0
    assert all(is_absolute(one.get("domain")) for one in item.findall("category"))
    return guid.text


def check_atom(body):
    """Check a feed against RFC 4287; return its entries' ids."""
    root = etree.fromstring(body)
    assert root.tag == f"{ATOM}feed"
    assert _one(root, f"{ATOM}id")
    assert _one(root, f"{ATOM}title")
    _moment(_one(root, f"{ATOM}updated"))
    assert _one(root.find(f"{ATOM}author"), f"{ATOM}name")
    alternates = [one for one in root.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
    assert len(alternates) == 1
    selves = [one for one in root.findall(f"{ATOM}link") if one.get("rel") == "self"]
    assert [is_absolute(one.get("href")) for one in selves] == [True]
    ids = [_atom_entry(entry) for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return ids


def _atom_entry(entry):
    updated, published = (
        _moment(_one(entry, f"{ATOM}{name}")) for name in ("updated", "published")
    )
    assert published <= updated
    assert _one(entry, f"{ATOM}title")
    links = entry.findall(f"{ATOM}link")
    alternates = [(one.get("type"), one.get("hreflang")) for one in links]
    assert len(set(alternates)) == len(alternates)
    assert all(is_absolute(one.get("href")) for one in links)
    for link in links:
        assert link.get("rel") != "enclosure" or int(link.get("length")) > 0
    assert all(one.get("term") for one in entry.findall(f"{ATOM}category"))
    number = _one(entry, f"{ATOM}id")
    assert re.fullmatch(r"tag:[a-z0-9.-]+,\d{4}-\d{2}-\d{2}:(?:story|live)-\w+", number)
    return number


def check_json(body):
    """Check a feed against JSON Feed 1.1; return its items' ids."""
    feed = json.loads(body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert all(is_absolute(feed[name]) for name in ("home_page_url", "feed_url"))
    assert all(set(hub) == {"type", "url"} for hub in feed.get("hubs", ()))
    ids = [_json_item(item) for item in feed["items"]]
    assert len(set(ids)) == len(ids)
    return ids


def _json_item(item):
    assert isinstance(item["id"], str)
    assert is_absolute(item["url"])
    assert ("content_html" in item) != ("content_text" in item)
    for name in ("date_published", "date_modified"):
        _moment(item[name])
    for author in item.get("authors", ()):
        assert author["name"]
        assert is_absolute(author["url"])
    for attached in item.get("attachments", ()):
        assert is_absolute(attached["url"])
        assert attached["mime_type"]
        assert attached["size_in_bytes"] > 0
    return item["id"]
