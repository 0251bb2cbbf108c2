"""Pictures with their renditions."""

from collections.abc import Iterable

from dateline.media.models import Picture, Rendition
from dateline.press.touch import touch
from dateline.reader.contexts import PictureContext, PictureSourceContext

_MIMES = {"avif": "image/avif", "webp": "image/webp"}


def renditions_of(numbers: Iterable[int]) -> dict[int, list[Rendition]]:
    """Return the renditions of several pictures, narrowest first, in one query."""
    wanted = set(numbers)
    found: dict[int, list[Rendition]] = {number: [] for number in wanted}
    if wanted:
        for rendition in Rendition.objects.filter(image__in=wanted).order_by("width"):
            found[rendition.image_id].append(rendition)
    return found


def picture_context(
    picture: Picture, renditions: list[Rendition], *, caption: str = ""
) -> PictureContext:
    """Return a picture as a page shows it; until its renditions are made, the file itself."""
    touch(f"picture:{picture.pk}")
    plain = [r for r in renditions if _format(r) == "jpeg"]
    fallback = plain[len(plain) // 2] if plain else None
    return PictureContext(
        src=fallback.url if fallback else picture.file.url,
        width=fallback.width if fallback else picture.width,
        height=fallback.height if fallback else picture.height,
        alt=picture.description or picture.caption or "",
        srcset=_srcset(plain),
        sources=tuple(
            PictureSourceContext(mime=mime, srcset=_srcset(better))
            for name, mime in _MIMES.items()
            if (better := [r for r in renditions if _format(r) == name])
        ),
        caption=caption or picture.caption,
        credit=picture.credit_line,
        usage_terms=picture.usage_terms,
    )


def _format(rendition: Rendition) -> str:
    return rendition.filter_spec.rpartition("format-")[2].partition("|")[0] or "jpeg"


def _srcset(renditions: list[Rendition]) -> str:
    return ", ".join(f"{r.url} {r.width}w" for r in renditions)
