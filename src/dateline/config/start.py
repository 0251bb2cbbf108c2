"""Starting a newsroom: everything that can be refused is refused before anything runs."""

import errno
import gc
import os
import socket
from pathlib import Path

import click

from dateline.config.data_folder import lock_home, prepare_home, refuse_second
from dateline.config.errors import HostUnknown, PortTaken
from dateline.config.setting_checks import MAIL_FOLDER
from dateline.config.settings_in_force import home, settings_in_force
from dateline.config.settings_table import Settings

BACKLOG = 4096


def start(*, with_sample: bool, afternoon: float | None = None) -> int:
    """Start the newsroom of the data folder and run it until it is told to stop.

    `afternoon` is the pace, in seconds a step, at which the sample's afternoon is played in it.

    Raises:
        StartRefused: one clear line; nothing half made is left.
    """
    folder = home()
    if with_sample:
        write_mail_into_folder()
    refuse_second(folder)
    listener = listen(settings_in_force())
    try:
        prepare_home(folder)
        # Read again: the secrets may have been made just now.
        settings_in_force.cache_clear()
        _refuse_lost_keys(folder, settings_in_force())
        with lock_home(folder):
            _open(folder, settings_in_force(), listener, with_sample=with_sample)
            return _supervise(settings_in_force(), listener, afternoon)
    finally:
        listener.close()


def _refuse_lost_keys(folder: Path, chosen: Settings) -> None:
    """Refuse a start in which no letter could be signed as the settings ask for."""
    if chosen.dkim_selectors:
        from dateline.config.dkim import signing_keys  # noqa: PLC0415 - only where we sign

        signing_keys(folder, chosen, chosen.dkim_selectors)


def write_mail_into_folder() -> None:
    """Have a demo without a mail server write its mail into the data folder."""
    if not settings_in_force().mail_server.get_secret_value():
        os.environ["DATELINE_MAIL_SERVER"] = MAIL_FOLDER
        settings_in_force.cache_clear()


def listen(chosen: Settings) -> socket.socket:
    """Take the address to listen on.

    Raises:
        PortTaken: somebody else has it, or it may not be taken.
        HostUnknown: the host is no address.
    """
    family = socket.AF_INET6 if ":" in chosen.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((chosen.host, chosen.port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        if isinstance(error, socket.gaierror):
            raise HostUnknown(host=chosen.host) from error
        why = os.strerror(error.errno).lower() if error.errno else str(error)
        if error.errno == errno.EADDRINUSE:
            why = "another program listens there"
        raise PortTaken(host=chosen.host, port=chosen.port, why=why) from error
    listener.setblocking(False)
    return listener


def _open(folder: Path, chosen: Settings, listener: socket.socket, *, with_sample: bool) -> None:
    gc.disable()  # Nothing that loading makes is garbage; looking for it costs a tenth of the time.
    address = _public_address(chosen, listener)
    import django  # noqa: PLC0415 - takes a second or more, and reads the settings just made

    django.setup()
    from dateline.config.beside import beside  # noqa: PLC0415
    from dateline.config.first_run import login_to_show  # noqa: PLC0415

    _know_static_files()
    with beside(lambda: _furnish(folder, with_sample=with_sample)):
        _load()
    _say(address, chosen, login_to_show(folder))
    gc.freeze()  # The children share what is loaded, and collecting would touch all of it.
    gc.enable()


def _know_static_files() -> None:
    """Collect what is new in a process of its own; this one, and what it loads, knows the names."""
    from dateline.config.beside import beside  # noqa: PLC0415
    from dateline.config.static_files import prepare_static, read_names  # noqa: PLC0415

    with beside(prepare_static):
        pass
    read_names()


def _furnish(folder: Path, *, with_sample: bool) -> None:
    """Make what a first start has to: database, login, sample."""
    from dateline.config.database import prepare_database  # noqa: PLC0415
    from dateline.config.first_run import fill_sample, first_login  # noqa: PLC0415
    from dateline.config.fleet import one_machine_at_a_time  # noqa: PLC0415

    prepare_database()
    with one_machine_at_a_time():
        first_login(folder, is_demo=with_sample)  # The sample has members of staff of its own.
        if with_sample:
            fill_sample()


def _load() -> None:
    """Import what the children run, so that they share it."""
    from django.urls import get_resolver  # noqa: PLC0415

    from dateline.config import server  # noqa: F401, PLC0415
    from dateline.publishing import runner  # noqa: F401, PLC0415

    _ = get_resolver().url_patterns


def _public_address(chosen: Settings, listener: socket.socket) -> str:
    """Return the site's address; a port that the system or the command gave changes it."""
    port = listener.getsockname()[1]
    if "base_url" in chosen.model_fields_set:
        return chosen.base_url
    base_url = f"http://localhost:{port}"
    os.environ["DATELINE_BASE_URL"] = base_url
    settings_in_force.cache_clear()
    return base_url


def _say(address: str, chosen: Settings, login: str | None) -> None:
    click.echo(f"\n  Site      {address}/")
    click.echo(f"  Newsroom  {address}/{chosen.staff_path}/")
    if login:
        click.echo(f"  Login     {login}")
    click.echo(f"  Data      {home()}")
    if chosen.mail_server.get_secret_value() == MAIL_FOLDER:
        click.echo(f"  Mail      {address}/{chosen.staff_path}/mail/ (sent to nobody)")
    click.echo("\n  Stop with Ctrl+C.\n")


def _supervise(chosen: Settings, listener: socket.socket, afternoon: float | None) -> int:
    from dateline.config.supervisor import Child, Supervisor  # noqa: PLC0415
    from dateline.config.worker import run_afternoon, run_runner, run_server  # noqa: PLC0415

    children = [
        Child(f"server-{number + 1}", lambda: run_server(listener))
        for number in range(chosen.workers)
    ]
    children.append(Child("runner", run_runner))
    if afternoon is not None:
        children.append(Child("afternoon", lambda: run_afternoon(afternoon)))
    return Supervisor(children).run()
