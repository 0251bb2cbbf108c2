"""The only ways to change what this room keeps."""

from dateline.archive.actions.importing import Order, Step, import_archive
from dateline.archive.actions.runs import begin_run, end_run

__all__ = ["Order", "Step", "begin_run", "end_run", "import_archive"]
