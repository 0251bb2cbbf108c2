"""One of everything an address can name: somebody else's for all, and for readers their own."""

import re

from allauth.mfa.models import Authenticator

from dateline.chats.actions import Words, open_chat, post_message
from dateline.chats.actions.appeal import appeal
from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.report import LegalNotice, report_illegal
from dateline.chats.actions.sanction import Terms, sanction_reader, write_note
from dateline.chats.enums import NoticeKind
from dateline.chats.models import Notice
from dateline.chats.moderation_enums import Deed
from dateline.common import clock
from dateline.config.first_groups import make_first_groups
from dateline.live.actions import open_coverage, send_post
from dateline.newsfeed.actions import raise_alert
from dateline.people.models import Account
from dateline.reader.account.avatars import avatar_address
from dateline.reader.subscribe.shell import sealed
from dateline.stories.actions import write_story
from dateline.subscriptions.mail.links import token_of
from tests.factories import a_draft, a_newsroom, a_published_story, a_reader, a_story
from tests.live.coverage import copy
from tests.publishing.random_desk import a_picture
from tests.subscriptions.following import a_follower, a_sending
from tests.subscriptions.lettering import a_newsletter, an_issue

_NOTICE = LegalNotice(
    law="honour",
    text="A court has found this untrue in spring.",
    name="Ines Wolff",
    mail="ines@wolff.example",
    is_honest=True,
)


class Things:
    """A newsroom with a draft, a story and its chat, live coverage, letters, and whose they are."""

    def __init__(self):
        make_first_groups()
        self.room = room = a_newsroom()
        self.colleague = Account.objects.create_user("colleague", is_staff=True)
        self.draft = a_story(room, "Draft of tomorrow")
        self.picture = a_picture()
        self.story = a_published_story(room)
        self.chat = open_chat(by=None, of=self.story)
        self.ada = a_reader("Ada Lind")
        self.message = self.say(self.ada, "The doors were open.")
        self.coverage = open_coverage(
            by=room.editor, story=a_published_story(room, "Live: the Council meets", kind="live")
        )
        self.post = send_post(by=room.editor, live_story=self.coverage, copy=copy(), client_key="")
        self.subscriber = a_follower(room, "ada@mail.example", "front:en")
        self.issue = an_issue(room, a_newsletter(room), self.story)
        self.sending = a_sending(room, "front:en")
        self.alert = raise_alert(
            by=room.editor, edition=room.edition, urgency=1, headline="Talks fail"
        )
        said = self.say(self.ada, "The mayor sold the harbour.")
        [self.decision] = moderate(by=room.editor, messages=[said], deed=Deed.REJECT)
        self.appeal = appeal(by=self.ada, decision=self.decision, text="It stood in the report.")
        self.report = report_illegal(by=None, message=self.message, notice=_NOTICE)

    def say(self, reader, text):
        return post_message(by=reader, chat=self.chat, words=Words(text=text), client_key="")

    def reader(self, name, **fields):
        reader = a_reader(name.title(), **fields)
        if name == "unverified":
            type(reader).objects.filter(pk=reader.pk).update(verified_at=None)
        return reader

    def banned(self):
        reader = a_reader("Banned")
        sanction_reader(by=self.room.editor, reader=reader, terms=Terms(deed=Deed.BAN))
        return reader

    def notice_for(self, reader):
        return Notice.objects.get_or_create(
            reader=reader,
            message=self.message,
            kind=NoticeKind.REPLY,
            defaults={"at": clock.now()},
        )[0]

    def decision_about(self, reader):
        return write_note(by=self.room.editor, reader=reader, text="Look again.")

    def named_in(self, route):
        """Return what the parts of a route are, by their names."""
        for start, named in _NAMED.items():
            if route.startswith(start):
                return named(self)
        return {}


def owned_by(route):
    """Return what makes the parts of a route for whoever asks, where things belong to somebody."""
    is_of_story = route.startswith("newsroom/stories/") and _NUMBER.search(route)
    return _own_story if is_of_story else _OWNED.get(route)


def _passkey(account):
    return Authenticator.objects.get_or_create(
        user=account,
        type=Authenticator.Type.WEBAUTHN,
        defaults={"data": {"name": "Key", "credential": {}}},
    )[0]


def _file_of(things):
    return {"name": things.picture.get_rendition("width-10").file.name}


def _of_edition(things):
    return {"edition": things.room.edition.code, "section": things.room.world.pk}


def _short(things):
    return {"number": things.story.pk, "version": things.story.version}


def _live(things):
    return {"number": things.coverage.story_id, "key": things.post.key, "version": 1}


def _avatar(things):
    found = re.search(r"/(\d+)-(\w+)\.(\w+)$", avatar_address(things.ada))
    return dict(zip(("number", "digest", "ending"), found.groups(), strict=True))


def _confirming(things):
    asked = {"mail": "new@mail.example", "what": ["front:en"], "pace": "at-once", "page": ""}
    return {"asked": sealed(asked, "subscribe")}


_CHAT = r"chats/<int:number>/"
_NAMED = {
    "media/": _file_of,
    "newsroom/rundown/": _of_edition,
    "newsroom/live/": lambda its: {"story": its.coverage.story_id, "number": its.post.pk},
    "newsroom/alerts/": lambda its: {"number": its.alert.pk},
    "newsroom/letters/": lambda its: {"number": its.sending.pk},
    "newsroom/newsletters/issues/": lambda its: {"number": its.issue.pk, "look": "light"},
    "newsroom/newsletters/": lambda its: {"number": its.issue.newsletter_id},
    "newsroom/chats/message/": lambda its: {"number": its.message.pk},
    "newsroom/chats/reader/": lambda its: {"number": its.ada.pk},
    "newsroom/chats/appeal/": lambda its: {"number": its.appeal.pk},
    "newsroom/chats/chat/": lambda its: {"number": its.chat.pk},
    "chats/notices/<int:number>/": lambda its: {"number": its.notice_for(its.ada).pk},
    "chats/notices/<slug:key>/": lambda its: {"key": its.report.key},
    "chats/decisions/": lambda its: {"key": its.decision.key},
    _CHAT: lambda its: {"number": its.chat.pk},
    "account/second-factor/webauthn/keys/": lambda its: {"pk": _passkey(its.ada.account).pk},
    "subscribe/confirm/": _confirming,
    "letters/move/": lambda its: {
        "asked": sealed({"key": its.subscriber.key, "mail": "new@mail.example"}, "move-letters")
    },
    r"^letters/feed/": lambda its: {"key": its.subscriber.feed_key, "ending": "xml"},
    "letters/": lambda its: {"token": token_of(its.subscriber.key)},
    "^-/avatar/": _avatar,
    "^lite/s/(?P<number>\\d{1,18})$": _short,
    "^lite/s/": _live,
    "^lite/(?P<path>": lambda its: {"path": its.story.address.lstrip("/")},
    "^s/(?P<number>\\d{1,18})$": _short,
    "^s/": lambda its: _live(its) | {"ending": "xml"},
    "^-/share/(?P<number>\\d{1,18})-(?P<version>": _short,
    "^-/share/": _live,
    "^m/": lambda its: {"key": its.message.key},
    "^(?:(?P<code>": lambda _its: {"ending": "xml"},
    "^(?P<path>": lambda its: {"path": its.story.address.lstrip("/")},
}
"""Beginnings of routes, and what their parts are; the first that fits counts."""

_NUMBER = re.compile(r"<(?:int:)?pk>")


def _own_story(things, account):
    draft = a_draft(things.room, "Draft of their own")
    story = write_story(by=account, draft=draft)
    return {"pk": story.pk, "revision_id": story.latest_revision_id}


_OWNED = {
    "chats/notices/<int:number>/open": lambda its, who: {"number": its.notice_for(who.reader).pk},
    "chats/decisions/<slug:key>/": lambda its, who: {"key": its.decision_about(who.reader).key},
    "account/second-factor/webauthn/keys/<int:pk>/remove/": lambda _its, who: {
        "pk": _passkey(who).pk
    },
    "account/second-factor/webauthn/keys/<int:pk>/edit/": lambda _its, who: {
        "pk": _passkey(who).pk
    },
}
"""Routes to what belongs to one reader; those of stories belong to who wrote them."""
