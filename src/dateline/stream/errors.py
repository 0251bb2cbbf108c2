"""Why the stream may refuse a reader, and what a source may do wrong."""

from http import HTTPStatus

from dateline.common.errors import DatelineError


class StreamRefusedError(DatelineError):
    """A stream that is not opened; `retry_after` in seconds says when to come again, if ever."""

    code = "stream_refused"
    status = HTTPStatus.BAD_REQUEST
    sentence = "This stream cannot be opened."
    retry_after = 0


class BadChannelsError(StreamRefusedError):
    """No channel, too many, or a name that is not public."""

    code = "bad_channels"
    sentence = "Name one to {most} channels, such as ?channels=newsfeed:en,chat:12."


class BadCursorError(StreamRefusedError):
    """An `after` that is not a journal number."""

    code = "bad_cursor"
    sentence = "The parameter after must be a journal number."


class TooManyStreamsError(StreamRefusedError):
    """The address holds as many streams as one address may."""

    code = "too_many_streams"
    status = HTTPStatus.TOO_MANY_REQUESTS
    sentence = "This address has {most} streams open already."
    retry_after = 30


class StreamFullError(StreamRefusedError):
    """The process holds as many streams as it may, or is about to stop."""

    code = "stream_full"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = "No more streams can be opened here just now."
    retry_after = 5


class EventNameError(DatelineError):
    """An event name that would break out of its line."""

    code = "bad_event_name"
    sentence = "An event name is one line of text: {name!r}."


class SourceOrderError(DatelineError):
    """A source that answered with numbers outside of what it claims to be complete for."""

    code = "source_out_of_order"
    sentence = "The journal answered {seq} after {after}, complete to {upto}."
