import pytest

from dateline.stream.client import Client
from dateline.stream.roll import Roll, address_key


def client(address=None):
    return Client(address=address, cursor=0)


def test_the_same_channels_are_one_set():
    roll = Roll(4)
    one, two, other = client(), client(), client()
    roll.add(one, frozenset({"a", "b"}))
    roll.add(two, frozenset({"b", "a"}))
    roll.add(other, frozenset({"a"}))
    assert one.channels is two.channels
    assert {group.channels for group in roll.hearing(["a"])} == {frozenset("ab"), frozenset("a")}
    assert roll.hearing(["b"]) == {one.channels}
    assert roll.hearing(["nobody"]) == set()
    assert (roll.count("a"), roll.count("b"), roll.count("c")) == (3, 2, 0)
    assert roll.counts() == {"a": 3, "b": 2}


def test_nothing_is_left_of_who_went():
    roll = Roll(4)
    clients = [client("192.0.2.1") for _ in range(9)]
    for number, each in enumerate(clients):
        roll.add(each, frozenset({"all", f"chat:{number}"}))
    assert (len(roll), roll.held_by("192.0.2.1")) == (9, 9)
    assert sorted(map(len, roll.slots)) == [2, 2, 2, 3]
    for each in clients:
        roll.remove(each)
    assert (len(roll), roll.held_by("192.0.2.1"), roll.counts()) == (0, 0, {})
    assert list(roll) == []


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
        ("2001:db8:1:2::9", "2001:0db8:0001:0002"),
        ("fe80::1%eth0", "fe80:0000:0000:0000"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("odd:thing", "odd:thing"),
    ],
)
def test_what_counts_as_one_address(host, key):
    assert address_key(host) == key
