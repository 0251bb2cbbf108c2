"""What can stop a start, each as one clear line."""

from http import HTTPStatus

from dateline.common.errors import DatelineError


class StartRefused(DatelineError):
    """The command cannot go on; the sentence says why and what to do."""

    code = "start-refused"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    sentence = "{what}"


class SettingsRefused(StartRefused):
    """A setting cannot be read."""

    code = "settings-refused"
    sentence = "{where}: {what}"


class HomeRefused(StartRefused):
    """The data folder cannot be used."""

    code = "home-refused"
    sentence = "The data folder {folder} cannot be used: {why}. Choose another with --home DIR."


class PortTaken(StartRefused):
    """Somebody else listens on the address."""

    code = "port-taken"
    sentence = "{host}:{port} is in use: {why}. Stop what listens there or choose another --port."


class HostUnknown(StartRefused):
    """The address to listen on is none."""

    code = "host-unknown"
    sentence = "{host} is not an address of this machine; give one with --host, such as 127.0.0.1."


class AlreadyRunning(StartRefused):
    """A second instance was started on one data folder."""

    code = "already-running"
    sentence = (
        "Dateline already runs on {folder} (process {pid}). Stop that one, or choose another with "
        "--home DIR."
    )


class CopyRefused(StartRefused):
    """A file handed to a wire command cannot be read as news copy."""

    code = "copy-refused"
    sentence = "{file}: {what}"


class LetterNotSent(StartRefused):
    """A test letter could not be handed over."""

    code = "letter-not-sent"
    sentence = "The test letter to {to} did not leave: {why}."


class LetterUnreadable(StartRefused):
    """A file handed to `doctor mail` holds no letter."""

    code = "letter-unreadable"
    sentence = "{file} cannot be read as a letter: {why}."
