"""The first login: what was shown works, whatever ended the first start."""

import pytest

from dateline.config import first_run
from dateline.people.models import Account

pytestmark = pytest.mark.django_db


def made_login(folder):
    first_run.first_login(folder)
    return first_run.login_to_show(folder).split()


def test_the_login_that_is_shown_is_the_one_that_works(tmp_path):
    name, password = made_login(tmp_path)
    assert Account.objects.get(username=name).check_password(password)
    assert (tmp_path / "first-login.txt").stat().st_mode & 0o777 == 0o600
    assert made_login(tmp_path) == [name, password]


def test_a_start_that_ended_before_the_account_was_made_is_made_good(tmp_path, monkeypatch):
    def power_cut(**_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(first_run, "make_staff", power_cut)
        with pytest.raises(KeyboardInterrupt):
            first_run.first_login(tmp_path)
    name, password = made_login(tmp_path)
    assert Account.objects.get(username=name).check_password(password)


def test_no_account_is_made_where_its_password_cannot_be_kept(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        first_run.first_login(tmp_path / "nowhere")
    assert not Account.objects.exists()
