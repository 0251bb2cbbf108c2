"""What machines exchange: items in, feeds announced; one matter a file."""

from dateline.wire.actions.hub import (
    ask_hub,
    confirm_request,
    deny_request,
    forget_expired,
    mark_changed,
    postpone,
    renew_topic,
    settle,
)
from dateline.wire.actions.take import (
    Source,
    Taken,
    TakeOrder,
    find_section,
    identity,
    is_newer,
    take_item,
    take_reading,
)

__all__ = [
    "Source",
    "TakeOrder",
    "Taken",
    "ask_hub",
    "confirm_request",
    "deny_request",
    "find_section",
    "forget_expired",
    "identity",
    "is_newer",
    "mark_changed",
    "postpone",
    "renew_topic",
    "settle",
    "take_item",
    "take_reading",
]
