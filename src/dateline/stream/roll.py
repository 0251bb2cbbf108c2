"""Who is open: by set of channels, by heartbeat slot, by address."""

from collections.abc import Iterable, Iterator
from ipaddress import IPv6Address

from dateline.stream.client import Client


class ChannelSet:
    """The clients that hear exactly the same channels, so that their bytes are joined once.

    Shape: `reading` is the block that tells them how many they are.
    """

    __slots__ = ("channels", "members", "reading")

    def __init__(self, channels: frozenset[str]) -> None:
        self.channels = channels
        self.members: set[Client] = set()
        self.reading = b""


class Roll:
    """The open clients, counted and grouped.

    Order: heartbeat slots are handed out in turn, so that they stay evenly filled.
    """

    __slots__ = ("_addresses", "_by_channel", "_next_slot", "_sets", "slots")

    def __init__(self, slots: int) -> None:
        self.slots: tuple[set[Client], ...] = tuple(set() for _ in range(slots))
        self._next_slot = 0
        self._sets: dict[frozenset[str], ChannelSet] = {}
        self._by_channel: dict[str, set[ChannelSet]] = {}
        self._addresses: dict[str, int] = {}

    def __len__(self) -> int:
        return sum(map(len, self.slots))

    def __iter__(self) -> Iterator[Client]:
        for slot in self.slots:
            yield from tuple(slot)

    def add(self, client: Client, channels: frozenset[str]) -> None:
        """Enter a client under its channels, the next slot and its address."""
        self._next_slot = (self._next_slot + 1) % len(self.slots)
        client.slot = self._next_slot
        self.slots[client.slot].add(client)
        client.channels = self._sets.get(channels) or self._new_set(channels)
        client.channels.members.add(client)
        if client.address is not None:
            self._addresses[client.address] = self._addresses.get(client.address, 0) + 1

    def remove(self, client: Client) -> None:
        """Strike a client off; empty groups go with it."""
        self.slots[client.slot].discard(client)
        client.channels.members.discard(client)
        if not client.channels.members:
            self._drop_set(client.channels)
        if client.address is not None:
            self._addresses[client.address] -= 1
            if not self._addresses[client.address]:
                del self._addresses[client.address]

    def hearing(self, channels: Iterable[str]) -> set[ChannelSet]:
        """Return the sets that hear at least one of the channels."""
        return set().union(*(self._by_channel.get(channel, ()) for channel in channels))

    def count(self, channel: str) -> int:
        """Return how many clients hear the channel."""
        return sum(len(group.members) for group in self._by_channel.get(channel, ()))

    def counts(self) -> dict[str, int]:
        """Return how many clients hear each channel that anyone hears."""
        return {channel: self.count(channel) for channel in self._by_channel}

    def sets(self) -> Iterable[ChannelSet]:
        """Return the sets of channels that anyone hears."""
        return self._sets.values()

    def held_by(self, address: str) -> int:
        """Return how many streams the address has open."""
        return self._addresses.get(address, 0)

    def _new_set(self, channels: frozenset[str]) -> ChannelSet:
        group = self._sets[channels] = ChannelSet(channels)
        for channel in channels:
            self._by_channel.setdefault(channel, set()).add(group)
        return group

    def _drop_set(self, group: ChannelSet) -> None:
        del self._sets[group.channels]
        for channel in group.channels:
            self._by_channel[channel].discard(group)
            if not self._by_channel[channel]:
                del self._by_channel[channel]


def address_key(host: str) -> str:
    """Return what counts as one address: a host, or for IPv6 the network of 64 bits it is in."""
    if ":" not in host:
        return host
    try:
        address = IPv6Address(host.partition("%")[0])
    except ValueError:
        return host
    return str(address.ipv4_mapped or address.exploded[:19])
