"""Why an item is not taken."""

from http import HTTPStatus

from dateline.common.errors import DatelineError


class NoPlace(DatelineError):
    """There is no section to put the copy in."""

    code = "no-place"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = "There is no section {section!r} in edition {edition!r}; {known}."


class NoEdition(DatelineError):
    """The newsroom has no such edition."""

    code = "no-edition"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = "There is no edition {edition!r} in this newsroom; make one in its settings first."


class DoesNotFit(DatelineError):
    """A field of the item does not fit into a story."""

    code = "does-not-fit"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = "{file}: item {guid} does not fit: {why}"


class NotNews(DatelineError):
    """The item is no text that a story could be made of."""

    code = "not-news"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    sentence = "Item {guid} {what}; no story can be made of it."


class HubBusy(DatelineError):
    """Too many requests wait for their callbacks already."""

    code = "hub-busy"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = "The hub has too much to ask already; try again in a minute."
