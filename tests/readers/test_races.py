"""Two readers who take the same name at the same moment."""

import pytest

from dateline.people.models import Account
from dateline.readers import actions
from dateline.readers.actions import Joining, register_reader, rename_reader
from dateline.readers.errors import NameTaken

pytestmark = pytest.mark.django_db


@pytest.fixture
def nobody_looks(monkeypatch):
    """Let the check of a name pass, as it does for the later one of two at the same moment."""
    monkeypatch.setattr(actions, "_free_name", lambda typed, **_: typed)


def test_the_later_one_is_told_that_it_is_taken_and_leaves_nothing(ada, nobody_looks):
    joining = Joining(mail="eve@example.org", name="Ada Venn", language="en")
    with pytest.raises(NameTaken):
        register_reader(by=None, joining=joining)
    assert not Account.objects.filter(email="eve@example.org").exists()


def test_a_new_name_that_was_taken_meanwhile_is_refused(ada, nobody_looks):
    joining = Joining(mail="eve@example.org", name="Eve", language="en")
    eve = register_reader(by=None, joining=joining)
    with pytest.raises(NameTaken):
        rename_reader(by=None, reader=eve, name="Ada Venn")
