"""Reading a file that was handed to a wire command."""

import os
from datetime import date
from pathlib import Path

from dateline.config.errors import CopyRefused
from dateline.standards.errors import CopyError
from dateline.standards.facts import Reading
from dateline.standards.reading import read_document

MOST_BYTES = 5 * 1024 * 1024


def read_file(path: Path, *, document_date: date | None = None) -> Reading:
    """Read a file and return what it holds.

    Raises:
        CopyRefused: it is not there, too large, or not news copy; says what and where.
    """
    try:
        if path.is_dir():
            raise CopyRefused(file=path, what="is a folder; name the files in it")
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise CopyRefused(file=path, what=f"has {size:,} bytes; 5 MB is the most")
        reading = read_document(path.read_bytes(), name=path.name, document_date=document_date)
    except OSError as error:
        what = os.strerror(error.errno).lower() if error.errno else str(error)
        raise CopyRefused(file=path, what=what) from error
    except CopyError as error:
        raise CopyRefused(file=path, what=str(error)) from error
    if not reading.items:
        raise CopyRefused(file=path, what=f"is {reading.format} without any item in it")
    return reading


def summary(reading: Reading) -> str:
    """Return what a document holds, in a few lines for a person."""
    lines = [f"{reading.format}: {len(reading.items)} item(s)"]
    for item in reading.items:
        lines += ["", item.headline or "(no headline)"]
        lines += [f"  dateline: {item.dateline.raw}"] if item.dateline else []
        lines += [f"  section: {item.section_name}"] if item.section_name else []
        lines += [f"  {len(item.body)} blocks"]
        lines += [f"  warning: {warning}" for warning in item.warnings]
    return "\n".join(lines)
