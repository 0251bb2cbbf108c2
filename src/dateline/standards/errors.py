"""What is said of a document that cannot be read."""


class CopyError(ValueError):
    """A refusal of one document: what is wrong, where, and what to do about it.

    `str()` gives one sentence fit for a terminal. Nothing of the document is stored when it is
    raised.

    Attributes:
        code: Stable word for machines, such as `no-headline` or `too-large`.
        where: The place in the document (`line 3`, `byte 0`, `/headlines/0`), or `the file`.
    """

    def __init__(self, code: str, what: str, *, cure: str, where: str = "the file") -> None:
        super().__init__(f"{where}: {what}; {cure}.")
        self.code = code
        self.where = where
