"""Taking the address to listen on."""

import pytest

from dateline.config.errors import HostUnknown, PortTaken
from dateline.config.settings_table import Settings
from dateline.config.start import listen


def test_a_host_that_is_no_address_is_not_called_busy():
    with pytest.raises(HostUnknown, match=r"^300\.1\.1\.1 is not an address of this machine"):
        listen(Settings(host="300.1.1.1", port=0))


def test_a_port_in_use_is_said_to_be():
    with listen(Settings(port=0)) as first:
        port = first.getsockname()[1]
        with pytest.raises(PortTaken, match=f"127.0.0.1:{port} is in use: another program"):
            listen(Settings(port=port))
