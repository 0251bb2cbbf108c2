"""Finding pictures by their files, and files by who may see them."""

from dateline.media.models import PictureUse, Rendition


def picture_of_file(name: str) -> int | None:
    """Return the number of the picture that a file in the media folder is a rendition of."""
    found = Rendition.objects.filter(file=name).values_list("image_id", flat=True)
    number: int | None = found.order_by().first()
    return number


def stories_with_picture(picture: int) -> list[int]:
    """Return the numbers of the stories in whose bodies a picture was last shown, newest first."""
    uses = PictureUse.objects.filter(picture=picture).order_by("-story_number")
    return list(uses.values_list("story_number", flat=True)[:1000])
