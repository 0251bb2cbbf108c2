"""Lists of subscribers of other systems, and ours out and in again."""

import csv
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.standards.errors import CopyError
from dateline.standards.subscribers.facts import Listed, ListedAs, Unreadable
from dateline.standards.subscribers.reading import plain_address, read_subscribers
from dateline.standards.subscribers.writing import guarded, unguarded, written
from dateline.standards.text.clean import fold
from tests.standards.shared import hostile, needs_corpora

LISTS = Path(__file__).with_name("subscribers")


def read(name):
    return list(read_subscribers(LISTS / name))


@pytest.fixture
def kept(tmp_path):
    def keep(text, name="list.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return keep


def test_ghost():
    lena, tomas, gone = read("ghost.csv")
    assert lena == Listed(
        address="Lena@reader.example",
        line=2,
        name="Lena Orsk",
        choices=("World", "Weekly letter"),
        agreed_at=datetime(2023, 9, 1, 10, tzinfo=UTC),
    )
    assert [tomas.listed_as, gone.listed_as] == [ListedAs.LEFT, ListedAs.LEFT]
    assert gone.left_at == datetime(2024, 1, 1, tzinfo=UTC)


def test_mailchimp():
    lena, tomas = read("mailchimp.csv")
    assert lena == Listed(
        address="lena@reader.example",
        line=2,
        name="Lena Orsk",
        choices=("Press", "World, daily"),
        agreed_at=datetime(2019, 3, 1, 10, 5, tzinfo=UTC),
        agreed_ip="192.0.2.8",
    )
    assert (tomas.listed_as, tomas.agreed_ip) == (ListedAs.ACTIVE, "")
    (gone,) = read("unsubscribed_mailchimp.csv")
    assert gone.listed_as is ListedAs.LEFT
    assert gone.left_at == datetime(2020, 1, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "listed_as"),
    [
        ("cleaned_members_export.csv", ListedAs.BOUNCED),
        ("nonsubscribed_members_export.csv", ListedAs.UNCONFIRMED),
        ("subscribed_members_export.csv", ListedAs.ACTIVE),
    ],
)
def test_mailchimp_says_it_by_the_name_of_the_file(kept, name, listed_as):
    text = (LISTS / "mailchimp.csv").read_text()
    assert {one.listed_as for one in read_subscribers(kept(text, name))} == {listed_as}


def test_listmonk():
    lena, tomas, cross = read("listmonk.csv")
    assert lena == Listed(
        address="lena@reader.example",
        line=2,
        name="Lena Orsk",
        agreed_at=datetime(2022, 5, 1, 10, tzinfo=UTC),
    )
    assert [tomas.listed_as, cross.listed_as] == [ListedAs.LEFT, ListedAs.COMPLAINED]


def test_any_table_with_addresses(kept):
    text = "Name;E-Mail;Status;IP\r\nЛена;lena@reader.example;Subscribed;192.0.2.1\r\n;x;;\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        lena, bad = read_subscribers(kept(text, encoding=encoding))
        assert (lena.name, lena.agreed_ip) == ("Лена", "192.0.2.1")
        assert bad == Unreadable(3, "“x” is no mail address")
    odd = kept("email,status\na@reader.example,perhaps\nb@reader.example,\n\n")
    unsaid, plain = read_subscribers(odd)
    assert unsaid == Unreadable(2, "“perhaps” says nothing of whether they subscribe")
    assert plain.listed_as is ListedAs.ACTIVE


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"PK\x03\x04...", "packed"),
        (b"name,town\nLena,Brdo\n", "unknown"),
        (b"email\n\xe9t\xe9@reader.example\n", "encoding"),
        (b'email\n"' + b"x" * 200_000, "bad-csv"),
    ],
)
def test_what_is_no_list(kept, data, code):
    with pytest.raises(CopyError) as refused:
        list(read_subscribers(kept(data)))
    assert refused.value.code == code


def test_a_day_alone_is_a_time_too(kept):
    text = (
        "email,subscribed_at,left_at\na@b.example,2020-02-30,2021-03-04\nc@d.example,2020-02-29,\n"
    )
    left, stays = read_subscribers(kept(text))
    assert (left.agreed_at, left.left_at) == (None, datetime(2021, 3, 4, 23, 59, 59, 999999, UTC))
    assert (stays.agreed_at, stays.left_at) == (datetime(2020, 2, 29, tzinfo=UTC), None)
    assert (left.odd_dates, stays.odd_dates) == (("2020-02-30",), ())


@pytest.mark.parametrize(
    ("head", "cells", "odd"),
    [
        ("email,Subscribed at", "yesterday", ("yesterday",)),
        ("Email Address,OPTIN_TIME,CONFIRM_TIME,LEID", ",31/02/2025,1", ("31/02/2025",)),
        (
            "email,subscribed_to_emails,complimentary_plan,created_at",
            "1,,2024-13-40",
            ("2024-13-40",),
        ),
        ("email,created_at,left_at", "long ago,03/04/2025", ("long ago", "03/04/2025")),
        ("email,created_at,left_at", "2024-03-01 10:00,", ()),
        ("email,created_at,left_at", " ,", ()),
    ],
)
def test_a_date_that_cannot_be_read_is_told_as_written(kept, head, cells, odd):
    (one,) = read_subscribers(kept(f"{head}\nlena@reader.example,{cells}\n"))
    assert one.odd_dates == odd


TEXT = st.text(max_size=60).map(fold)
PEOPLE = st.builds(
    Listed,
    address=st.from_regex(r"[a-z0-9=+'-]{1,10}@[a-z]{1,10}\.example", fullmatch=True),
    name=TEXT,
    listed_as=st.sampled_from(ListedAs),
    language=st.sampled_from(["", "en", "ar"]),
    choices=st.lists(
        st.sampled_from(["mail daily section:world", "push at_once breaking:en"]), unique=True
    ).map(tuple),
    agreed_at=st.none() | st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1)),  # noqa: DTZ001
    agreed_from=st.sampled_from(["", "members.csv", "https://news.example/world/", "=1+1"]),
    agreed_ip=st.sampled_from(["", "192.0.2.1", "2001:db8::"]),
    words=TEXT,
)


@given(st.lists(PEOPLE, max_size=5))
def test_ours_goes_out_and_comes_in_again(tmp_path_factory, people):
    path = tmp_path_factory.mktemp("list") / "ours.csv"
    path.write_text("".join(written(people)), encoding="utf-8", newline="")
    assert [replace(one, line=0) for one in read_subscribers(path)] == people
    with path.open(encoding="utf-8", newline="") as file:
        assert not any(
            cell.startswith(("=", "+", "-", "@")) for row in csv.reader(file) for cell in row
        )


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@sum", "'quoted", "plain", ""])
def test_no_spreadsheet_works_out_a_name(text):
    made = guarded(text)
    assert not made.startswith(("=", "+", "-", "@"))
    assert unguarded(made) == text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Lena.Orsk+news@Reader.Example ", "Lena.Orsk+news@reader.example"),
        ("lena@bücher.example", "lena@xn--bcher-kva.example"),
        ("lena", None),
        ("lena@", None),
        ("@reader.example", None),
        ("lena@localhost", None),
        ("lena@192.0.2.1", None),
        ("le na@reader.example", None),
        ("lena@reader.example\nBcc: x@y.example", None),
        ("lena@-reader.example", None),
        ("lena..orsk@reader.example", None),
        ("x" * 65 + "@reader.example", None),
        ('"<script>"@reader.example', None),
    ],
)
def test_addresses(text, address):
    assert plain_address(text) == address


@needs_corpora
@pytest.mark.parametrize("family", ["crlf_smuggling", "naughty_strings", "unicode", "email"])
def test_hostile_cells(kept, family):
    everything = list(hostile(family))
    for _, payload in random.Random(4180).sample(everything, min(60, len(everything))):
        for line in (payload + b",x,active", b"a@reader.example," + payload, payload):
            try:
                found = list(read_subscribers(kept(b"email,name,status\n" + line + b"\n")))
            except CopyError:
                continue
            for one in found:
                if isinstance(one, Listed):
                    assert one.address.isprintable()
                    assert "\n" not in one.name
