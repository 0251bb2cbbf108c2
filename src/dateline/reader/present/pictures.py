"""Pictures with their renditions."""

from collections.abc import Iterable

from dateline.media.models import Picture, Rendition
from dateline.media.renditions import FORMATS, format_of
from dateline.press.touch import touch
from dateline.reader.contexts import PictureContext, PictureSourceContext

_MIMES = {"avif": "image/avif"}


def renditions_of(numbers: Iterable[int]) -> dict[int, list[Rendition]]:
    """Return the renditions of several pictures that pages show, narrowest first, in one query."""
    wanted = set(numbers)
    found: dict[int, list[Rendition]] = {number: [] for number in wanted}
    if wanted:
        rows = Rendition.objects.filter(image__in=wanted).select_related("image")
        for rendition in rows.order_by("width"):
            if format_of(rendition.filter_spec) in FORMATS:
                found[rendition.image_id].append(rendition)
    return found


def picture_by_number(number: int | None, *, caption: str = "") -> PictureContext | None:
    """Return a picture as a page shows it, with one query for it and its renditions."""
    if number is None:
        return None
    touch(f"picture:{number}")
    renditions = renditions_of([number])[number]
    if not renditions:
        return None
    return picture_context(renditions[0].image, renditions, caption=caption)


def picture_context(
    picture: Picture, renditions: list[Rendition], *, caption: str = ""
) -> PictureContext | None:
    """Return a picture as a page shows it, or None until its renditions are made.

    Only renditions are shown: the file as it came may hold where and by whom it was taken.
    """
    touch(f"picture:{picture.pk}")
    plain = [r for r in renditions if format_of(r.filter_spec) == "jpeg"]
    if not plain:
        return None
    fallback = plain[len(plain) // 2]
    return PictureContext(
        src=fallback.url,
        width=fallback.width,
        height=fallback.height,
        alt=picture.description or picture.caption or "",
        srcset=_srcset(plain),
        sources=tuple(
            PictureSourceContext(mime=mime, srcset=_srcset(better))
            for name, mime in _MIMES.items()
            if (better := [r for r in renditions if format_of(r.filter_spec) == name])
        ),
        caption=caption or picture.caption,
        credit=picture.credit_line,
        usage_terms=picture.usage_terms,
    )


def _srcset(renditions: list[Rendition]) -> str:
    return ", ".join(f"{r.url} {r.width}w" for r in renditions)
