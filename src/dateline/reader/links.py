"""Addresses beside a page's own: of its lite version, of a story and its posts in short."""

import re
from urllib.parse import quote

from dateline.press.policy import PATH_SAFE

LITE = "/lite"
_NOT_LITE = re.compile(
    r"//|/(?:-|account|m|media|static)/|/chats/\d|[^?#]*\.(?!html)[a-z]+(?:[?#]|$)"
)


def has_lite(address: str) -> bool:
    """Say whether what stands at an address of this site may have a lite version.

    Files have none, nor has what is for one reader alone.
    """
    return address.startswith("/") and not _NOT_LITE.match(address)


def lite_path(path: str) -> str:
    """Return where the page of a path, as it is decoded, stands without pictures and scripts."""
    return f"{LITE}{quote(path, safe=PATH_SAFE)}" if has_lite(path) else ""


def short_path(number: int) -> str:
    """Return the short address of a story, which stays whatever becomes of its headline."""
    return f"/s/{number}"


def share_picture_path(number: int, version: int) -> str:
    """Return where a story's share picture is; a new version has a new address."""
    return f"/-/share/{number}-{version}.jpg"


def post_path(number: int, key: str) -> str:
    """Return the short address of a live post, which stays wherever the post moves."""
    return f"/s/{number}/{key}"


def post_picture_path(number: int, key: str, version: int) -> str:
    """Return where a live post's share picture is."""
    return f"/-/share/{number}-{key}-{version}.jpg"


def chat_path(address: str) -> str:
    """Return where the chat of a story or a section stands, by the address of that."""
    return f"{address.removesuffix('/')}/chat/"


def about_path(chat: str) -> str:
    """Return the address of the story or section whose chat stands at an address."""
    about = chat.removesuffix("chat/")
    return about.removesuffix("/") if about.endswith(".html/") else about


def message_path(key: str) -> str:
    """Return the permanent address of a message of a chat."""
    return f"/m/{key}"


def say_path(chat: int) -> str:
    """Return where a chat takes messages."""
    return f"/chats/{chat}/say"
