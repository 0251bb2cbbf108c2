"""What can be wrong with the sample newsroom's files."""

from typing import ClassVar

from dateline.common.errors import DatelineError


class SampleError(DatelineError):
    """A file of the sample newsroom does not say what it must.

    Data: `where` (file and place in it), `what` (what is wrong).
    """

    code: ClassVar[str] = "sample"
    sentence: ClassVar[str] = "{where}: {what}"
