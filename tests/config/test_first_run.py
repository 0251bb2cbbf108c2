"""The first login: what was shown works, whatever ended the first start."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission

from dateline.config import first_run
from dateline.config.first_groups import GROUPS
from dateline.people.actions import make_group
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


def test_a_new_newsroom_has_its_groups_and_their_rights_are_there(tmp_path):
    made_login(tmp_path)
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS)
    moderators = Group.objects.get(name="Moderators").permissions
    assert set(moderators.values_list("codename", flat=True)) == {"access_admin", "moderate_chats"}
    assert not GroupPagePermission.objects.exists()


def test_groups_are_made_once_and_stay_as_their_newsroom_keeps_them(tmp_path):
    made_login(tmp_path)
    Group.objects.get(name="Contributors").delete()
    first_run.first_login(tmp_path)
    assert not Group.objects.filter(name="Contributors").exists()


def test_a_right_that_is_not_there_is_said():
    with pytest.raises(ValueError, match=r"no such right: stories\.paint_story"):
        make_group(name="Painters", rights=["stories.add_story", "stories.paint_story"])
