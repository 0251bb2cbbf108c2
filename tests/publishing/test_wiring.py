"""What wakes the other processes is given back when a process ends."""

import subprocess
import sys

import pytest

RING = """
import django
django.setup()
from dateline.publishing import wiring
wiring._ring_bells()
{instead}
"""


def told_of(instead=""):
    asked = [sys.executable, "-W", "always::ResourceWarning", "-c", RING.format(instead=instead)]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True)
    return done.stderr


@pytest.mark.database
def test_a_process_that_rang_leaves_nothing_open():
    assert "unclosed" in told_of("import atexit; atexit.unregister(wiring.disconnect)")
    assert told_of() == ""
