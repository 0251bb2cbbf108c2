"""Where things lie in the data folder."""

from pathlib import Path

from django.conf import settings


def home() -> Path:
    """Return the data folder."""
    folder: Path = settings.DATELINE_HOME
    return folder


def ring_path() -> Path:
    """Return the file of page keys that all processes of this machine share."""
    return home() / "run" / "press.ring"


def turn_path() -> Path:
    """Return the file by which the server processes of this machine take turns at writing."""
    return home() / "run" / "writers.turn"


def bells_folder() -> Path:
    """Return the folder of the doorbell's sockets."""
    return home() / "run" / "bells"


def mail_folder() -> Path:
    """Return the folder of a demonstration's mail, which is sent to nobody."""
    return home() / "mail"
