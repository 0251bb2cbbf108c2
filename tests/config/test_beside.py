"""Work beside the start: it is waited for, and what befalls it is heard."""

import os
import signal
import time

import pytest

from dateline.config.beside import beside
from dateline.config.errors import PortTaken


def test_the_work_runs_elsewhere_and_is_done_after_the_block(tmp_path):
    place = tmp_path / "pid"

    def work():
        time.sleep(0.1)
        place.write_text(str(os.getpid()))

    with beside(work):
        assert not place.exists()
    assert int(place.read_text()) != os.getpid()


def test_an_error_of_the_work_keeps_its_kind_its_data_and_where_it_was():
    def work():
        raise PortTaken(host="localhost", port=80, why="another program listens there")

    with pytest.raises(PortTaken, match="localhost:80 is in use") as found, beside(work):
        pass
    assert found.value.data["port"] == 80
    assert "in work" in found.value.__notes__[0]


def test_work_that_is_killed_is_no_work_done():
    with pytest.raises(ChildProcessError), beside(lambda: os.kill(os.getpid(), signal.SIGKILL)):
        pass


def test_an_error_of_the_block_ends_the_work(tmp_path):
    place = tmp_path / "late"

    def work():
        time.sleep(20)
        place.touch()

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), beside(work):
        raise KeyboardInterrupt
    assert time.monotonic() - began < 10
    assert not place.exists()
