"""People and accounts."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from dateline.journal.queries import head, replay
from dateline.people.acting import acting_as, who_acts
from dateline.people.actions import delete_person, make_staff, save_person
from dateline.people.entries import PersonChanged
from dateline.people.models import Account, Person
from tests.factories import a_newsroom, a_published_story

pytestmark = pytest.mark.django_db


def entries_after(seq):
    return [recorded.entry for recorded in replay(seq)]


def test_saving_and_removing_somebody_is_recorded():
    seq = head()
    person = save_person(by=None, person=Person(name="Jon O'Neil", slug="jon-oneil"))
    number = person.pk
    delete_person(by=None, person=person)
    assert entries_after(seq) == [PersonChanged(edition="", person=number)] * 2


def test_somebody_a_story_names_cannot_be_removed():
    room = a_newsroom()
    a_published_story(room)
    seq = head()
    with pytest.raises(ProtectedError):
        delete_person(by=None, person=room.person)
    assert entries_after(seq) == []


def test_two_people_have_two_addresses():
    a_newsroom()
    with pytest.raises(ValidationError):
        save_person(by=None, person=Person(name="Other", slug="ilse-marek"))


def test_the_first_login_may_do_everything_and_its_password_is_kept_as_argon2():
    account = make_staff(name="editor", password="a-long-pass-phrase")
    assert (account.is_staff, account.is_superuser) == (True, True)
    assert account.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert account.check_password("a-long-pass-phrase")


def test_who_acts_is_known_inside_and_nowhere_else():
    account = Account(username="a")
    elsewhere = []
    with acting_as(account):
        with acting_as(None):
            assert who_acts() is None
        thread = threading.Thread(target=lambda: elsewhere.append(who_acts()))
        thread.start()
        thread.join()
        assert who_acts() is account
    assert (who_acts(), elsewhere) == (None, [None])
