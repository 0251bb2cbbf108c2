"""Small pictures that strangers bring, drawn anew: pixels and nothing else."""

import io
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from dateline.common.errors import DatelineError

MOST_PIXELS = 40_000_000


class PictureRefused(DatelineError):
    """A file that is no picture, or too large a one."""

    code = "picture-refused"
    sentence = _("This picture cannot be read. Try another file.")


def plain_jpeg(file: IO[bytes], *, side: int, is_square: bool = False) -> bytes:
    """Return a picture as a JPEG at most `side` pixels wide and high, without anything it brought.

    Raises:
        PictureRefused: it cannot be read to its end, or has too many pixels.
    """
    try:
        file.seek(0)
        with Image.open(file, formats=("JPEG", "PNG", "WEBP", "GIF", "AVIF")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureRefused
            # A mode that is written without the palettes, profiles and texts a file may bring.
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PictureRefused from error
    if is_square:
        upright = ImageOps.fit(upright, (side, side))
    upright.thumbnail((side, side))
    drawn = Image.new("RGB", upright.size, "white")
    drawn.paste(upright, mask=upright.getchannel("A"))
    output = io.BytesIO()
    drawn.save(output, "JPEG", quality=88)
    return output.getvalue()
