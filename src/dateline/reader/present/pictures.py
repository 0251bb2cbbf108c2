"""Pictures with their renditions."""

from collections.abc import Iterable

from dateline.media.models import Picture, Rendition
from dateline.media.renditions import FORMATS, PORTRAIT_SIDE, format_of, portrait_format_of
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
            spec = rendition.filter_spec
            if format_of(spec) in FORMATS or portrait_format_of(spec):
                found[rendition.image_id].append(rendition)
    return found


def portrait_context(number: int, renditions: list[Rendition]) -> PictureContext | None:
    """Return a person's portrait; without words for it, since the name stands beside it."""
    touch(f"picture:{number}")
    made = {portrait_format_of(one.filter_spec): one for one in renditions}
    if "jpeg" not in made:
        return None
    return PictureContext(
        src=made["jpeg"].url,
        width=PORTRAIT_SIDE,
        height=PORTRAIT_SIDE,
        alt="",
        sources=tuple(
            PictureSourceContext(mime=mime, srcset=made[name].url)
            for name, mime in _MIMES.items()
            if name in made
        ),
    )


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
    fallback = plain[(len(plain) - 1) // 2]
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
