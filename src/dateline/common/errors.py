"""The base of every error a person may see: a code, a status, a sentence and its data."""

from http import HTTPStatus
from typing import Any, ClassVar


class DatelineError(Exception):
    """An error that says what happened and what to do.

    A subclass sets `code` (stable, for machines), `status` (what a door answers) and `sentence`
    (a `str.format` template over the data fields given to the constructor). Translation happens
    at the door that shows it.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR
    sentence: ClassVar[str] = "Something went wrong."

    def __init__(self, **data: Any) -> None:
        super().__init__(data)
        self.data = data

    def __str__(self) -> str:
        return self.sentence.format(**self.data)
