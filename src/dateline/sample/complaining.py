"""What the sample leaves to its moderators: messages the rules hold, reports, a legal notice."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from dateline.chats.actions import Words, post_message
from dateline.chats.actions.report import LegalNotice, report_illegal, report_message
from dateline.chats.models import Chat, Message
from dateline.chats.moderation_enums import Ground
from dateline.common import clock
from dateline.people.models import Account
from dateline.readers.models import Reader
from dateline.readers.queries import free_slug
from dateline.readers.rules import name_key
from dateline.stories.models import Story

FILE = Path(__file__).with_name("complaints.toml")


def leave_to_moderators(*, stories: Mapping[str, Story]) -> None:
    """Have newcomers say what a moderator should see, and readers complain of what was said.

    Shape: `stories` go by names as `en/slug`; a report names a message by its first words.

    Records: what the rules make of it: MessageHeld or MessagePosted; MessageReported.
    """
    facts, now = tomllib.loads(FILE.read_text(encoding="utf-8")), clock.now()
    for one in facts["said"]:
        if one["of"] in stories:
            language = one["of"].partition("/")[0]
            author = sample_reader(one["by"], language=language, since=now)
            chat = Chat.objects.get(story=stories[one["of"]])
            post_message(by=author, chat=chat, words=Words(text=one["text"]))
    for one in facts["reported"]:
        message = Message.objects.filter(text__startswith=one["words"]).first()
        by = Reader.objects.filter(display_name=one["by"]).first()
        if message is not None and by is not None:
            report_message(by=by, message=message, ground=Ground(one["ground"]), text=one["text"])
    for one in facts["notices"]:
        message = Message.objects.filter(text__startswith=one.pop("words")).first()
        if message is not None:
            report_illegal(by=None, message=message, notice=LegalNotice(is_honest=True, **one))


def sample_reader(name: str, *, language: str, since: datetime, is_staff: bool = False) -> Reader:
    """Make a reader with an account that nobody can log in to."""
    slug = free_slug(name)
    account = Account(username=f"sample-{slug}", is_staff=is_staff)
    account.set_unusable_password()
    account.save()
    return Reader.objects.create(
        account=account,
        display_name=name,
        name_key=name_key(name),
        slug=slug,
        language=language,
        verified_at=since,
        created_at=since,
    )
