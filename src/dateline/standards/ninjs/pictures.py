"""Pictures, renditions and associated items of a ninjs object."""

from dateline.standards.facts import Link, Picture, Rendition
from dateline.standards.markup.blocks import blocks_from_html, text_of
from dateline.standards.markup.inline import is_web_address
from dateline.standards.ninjs.fields import Item, whole_number

VISUAL = frozenset({"picture", "graphic"})


def renditions_of(item: Item) -> tuple[Rendition, ...]:
    """Read the renditions whose address is http or https."""
    return tuple(
        Rendition(
            href=one.text("href") or "",
            name=one.text("name") or "",
            mime=one.text("contenttype", "mimetype") or "",
            width=whole_number(one.values.get("width")),
            height=whole_number(one.values.get("height")),
            size=whole_number(one.values.get("sizeinbytes")),
        )
        for one in item.objects("renditions")
        if is_web_address(one.text("href") or "")
    )


def description_of(item: Item, *roles: str) -> str | None:
    """Read the description in one of the roles, or when none fits the first not for the desk."""
    described = [
        (one.text("role") or "", one.text("value")) for one in item.objects("descriptions")
    ]
    described += [
        (key.removeprefix("description_"), item.text(key))
        for key in item.values
        if key.startswith("description_")
    ]
    for role in roles:
        for name, text in described:
            if name.lower() == role and text:
                return _plain(text)
    for name, text in described:
        if text and name.lower() not in ("writer", "creditline", "note", "caption", "keywords"):
            return _plain(text)
    return None


def credit_of(item: Item) -> str | None:
    """Read the credit line, which ninjs has only as a description in that role."""
    for one in item.objects("descriptions"):
        if (one.text("role") or "").lower() == "creditline":
            return one.text("value")
    return None


def picture_of(item: Item) -> Picture:
    """Read a picture, of its own or associated."""
    return Picture(
        guid=item.text("uri"),
        headline=headline_of(item),
        caption=description_of(item, "caption", "text", "xhtml", "html"),
        credit=credit_of(item) or item.text("by", "byline"),
        copyright_notice=item.text("copyrightnotice"),
        usage_terms=item.text("usageterms"),
        renditions=renditions_of(item),
    )


def headline_of(item: Item, role: str = "main") -> str | None:
    """Read the headline in a role; the main one falls back to the first, then to the title."""
    listed = item.objects("headlines")
    for one in listed:
        if (one.text("role") or "").lower() == role and one.text("value"):
            return one.text("value")
    if role != "main":
        return None
    first = next((one.text("value") for one in listed if one.text("value")), None)
    extended = next((key for key in item.values if key.startswith("headline_")), "headline")
    return first or item.text("headline", "title", extended)


def associated(item: Item) -> tuple[tuple[Picture, ...], tuple[Link, ...]]:
    """Read associated pictures and links; what is withheld or under embargo is left out."""
    pictures: list[Picture] = []
    links: list[Link] = []
    for one in item.objects("associations"):
        if one.values.get("pubstatus", "usable") != "usable" or one.has(
            "embargoed", "embargoeduntil"
        ):
            one.warn("pubstatus", "this associated item is not free to use and was left out")
        elif one.text("type") in VISUAL or (one.has("renditions") and not one.text("type")):
            pictures.append(picture_of(one))
        elif is_web_address(one.text("uri") or ""):
            links.append(Link(href=one.text("uri") or "", title=headline_of(one) or ""))
    return tuple(pictures), tuple(links)


def _plain(text: str) -> str | None:
    return text_of(blocks_from_html(text)) or None if "<" in text and ">" in text else text
