"""Plain counters of one hub; whoever exports them reads them."""

from dataclasses import dataclass


@dataclass(slots=True)
class Metrics:
    """What a hub did since it started.

    Shape: `opened - closed` is how many are open; `refused` answers other than 200; `announced`
    entries taken in; `writes` live deliveries and `caught_up` deliveries from a client's own
    cursor, one for each write; `replays` reads of the journal for cursors older than the ring;
    `resets` readers told to reload; `pauses` writes a reader was too slow for; `stalled` streams
    cut for it; `beats` heartbeats; `polls` answers that ended after the first news;
    `source_errors` failed reads of the journal.
    """

    opened: int = 0
    closed: int = 0
    refused: int = 0
    announced: int = 0
    writes: int = 0
    caught_up: int = 0
    replays: int = 0
    resets: int = 0
    pauses: int = 0
    stalled: int = 0
    beats: int = 0
    polls: int = 0
    source_errors: int = 0
