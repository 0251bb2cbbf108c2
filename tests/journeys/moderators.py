"""What moderators find and do on many journeys."""

import re

from tests.journeys.staff import log_in

FILL = """
from dateline.chats.actions import Words, post_message
from dateline.chats.models import Chat
from dateline.chats.actions.report import report_message
from dateline.chats.moderation_enums import Ground
from tests.factories import a_reader
chats = Chat.objects.filter(edition__code="en", story__isnull=False, closed_at=None)
chat = chats.order_by(ORDER).first()
readers = [a_reader(f"Walker {n} {WHO}") for n in range(4)]
for n, text in enumerate(TEXTS):
    message = post_message(by=readers[n % 4], chat=chat, words=Words(text=text))
    if REPORT and message.is_readable:
        report_message(by=readers[3], message=message, ground=Ground.FALSE, text="Not so.")
print("CHAT", chat.story.address + "/chat/")
"""


def fill(newsroom, who, *texts, report=False, order="-pk"):
    """Have readers say something, and return the address of the chat."""
    given = f"WHO, TEXTS, REPORT, ORDER = {who!r}, {texts!r}, {report!r}, {order!r}\n"
    return re.search(r"CHAT (\S+)", newsroom.shell(given + FILL))[1]


def desk(newsroom, open_page, queue, **options):
    page = open_page(f"{newsroom.url}/newsroom/", **options)
    log_in(page, newsroom)
    page.goto(f"{newsroom.url}/newsroom/chats/?queue={queue}")
    return page


def row(page, words):
    return page.locator("[data-message]", has_text=words)
