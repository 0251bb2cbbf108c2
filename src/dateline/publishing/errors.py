"""How an effect says that it failed."""

from dateline.common.errors import DatelineError


class Hopeless(DatelineError):
    """An effect failed and trying again cannot help: park it at once."""

    code = "effect-hopeless"
    sentence = "{why}"


class TooSlow(DatelineError):
    """An effect took longer than its time limit."""

    code = "effect-too-slow"
    sentence = "{effect} took longer than {seconds:g} s on one entry."
