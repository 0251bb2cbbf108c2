"""The base of every error a person may see: a code, a status, a sentence and its data."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from django.utils.functional import Promise


class DatelineError(Exception):
    """An error that says what happened and what to do.

    A subclass sets `code` (stable, for machines), `status` (what a door answers) and `sentence`
    (a `str.format` template over the data fields given to the constructor; lazily translated where
    a door shows it to editors or readers).
    """

    code: ClassVar[str] = "error"
    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR
    sentence: ClassVar["str | Promise"] = "Something went wrong."

    def __init__(self, **data: Any) -> None:
        super().__init__(data)
        self.data = data

    def __reduce__(self) -> tuple[Any, ...]:
        """Let the error go from one process to another with its data."""
        return _again, (type(self), self.data), self.__dict__

    def __str__(self) -> str:
        return str(self.sentence).format(**self.data)


def _again(kind: type[DatelineError], data: dict[str, Any]) -> DatelineError:
    return kind(**data)
