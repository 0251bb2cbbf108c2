"""Whatever readers, moderators and the desk do, every page shows what a plain list says."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
    run_state_machine_as_test,
)

from dateline.chats import actions
from dateline.chats.actions.moderate import moderate
from dateline.chats.actions.note_decision import Why
from dateline.chats.actions.report import report_message
from dateline.chats.actions.sanction import Terms, lift_sanction, sanction_reader
from dateline.chats.actions.take_back import undo_decision
from dateline.chats.enums import Mode, ReactionKind
from dateline.chats.errors import ChatIsClosed, ChatRefused, MessageGone, ShutOut
from dateline.chats.export import as_json
from dateline.chats.models import Decision, Message, Report
from dateline.chats.moderation_enums import Deed, Ground
from dateline.chats.moderation_errors import NothingToUndo
from dateline.chats.moderation_queries import last_decision
from dateline.chats.own_queries import notices_of
from dateline.common import clock
from dateline.common.errors import DatelineError
from dateline.reader.memo import memo
from dateline.readers.actions import mute_reader
from dateline.stories.actions import hold_story, kill_story, lift_hold
from tests.chats.talk import Talk, shown
from tests.factories import a_newsroom, a_published_story, a_reader
from tests.house import examples

pytestmark = pytest.mark.django_db
WHO = st.integers(0, 2)
MANY = 6
"""Messages after which the story may be killed: nothing comes after that."""
_counter = iter(range(10**6, 10**7))


@dataclass
class Line:
    """What the plain list knows of a message: its words, whose they are, what became of it."""

    message: Message
    who: int
    text: str
    state: str
    quotes: "Line | None" = None
    answers: int = 0
    is_featured: bool = False


class Chatting(RuleBasedStateMachine):
    """A list of lines in the order they were shown, against the pages of the product."""

    lines = Bundle("lines")

    @initialize()
    def begin(self):
        memo._values.clear()
        room = a_newsroom()
        story = a_published_story(room)
        chat = actions.open_chat(by=None, of=story)
        readers = [a_reader(name) for name in ("Ada Lind", "Bo Arner", "Cleo Stramm")]
        self.talk, self.readers = Talk(room, story, chat, *readers), readers
        self.watchers = [a_reader(f"Watcher {name}") for name in ("One", "Two", "Three")]
        self.order, self.everything = [], []
        self.is_open, self.is_held_back, self.hold = True, False, None
        self.is_killed, self.mutes = False, set()
        self.mode = Mode.OPEN
        self.decisions, self.sanctions = [], {}
        self.client = Client()

    def _post(self, who, text, answers=None):
        return self.talk.say(text, by=self.readers[who], answers=answers and answers.message)

    @rule(target=lines, who=WHO)
    def say(self, who):
        return self._say(who, None)

    @rule(target=lines, who=WHO, answers=lines)
    def reply(self, who, answers):
        return self._say(who, answers)

    def _say(self, who, answers):
        text = f"Line {next(_counter)} of the evening, word for word."
        self.talk.chat.refresh_from_db()
        if not self.is_open or self.is_held_back:
            with pytest.raises(ChatIsClosed):
                self._post(who, text)
            return multiple()
        if self._is_shut_out(who):
            with pytest.raises(ShutOut):
                self._post(who, text, answers)
            return multiple()
        if answers is not None and answers.state != "published":
            with pytest.raises(MessageGone):
                self._post(who, text, answers)
            return multiple()
        try:
            message = self._post(who, text, answers)
        except ChatRefused:  # too many in a short time: the moderation's own tests say when
            return multiple()
        is_unseen = self.mode == Mode.PREMODERATED or self._is(who, Deed.SHADOW)
        state = "held" if is_unseen or message.why == "author-rejected" else "published"
        assert message.state == state
        line = Line(message, who, text, state, answers)
        self.everything.append(line)
        if state == "published":
            self.order.append(line)
        return line

    @rule(line=lines, who=WHO)
    def edit(self, line, who):
        text = f"Changed to {next(_counter)}, and that is final."
        is_ours = line.who == who and line.state in {"published", "held"}
        may = is_ours and self._may_speak(who)
        try:
            message = actions.edit_message(by=self.readers[who], message=line.message, text=text)
        except DatelineError:
            assert not may or self.mode == Mode.PREMODERATED
            return
        assert may
        if line.state == "published" and self._is(who, Deed.SHADOW):
            return
        line.text, line.state = text, message.state
        line.is_featured = line.is_featured and line.state == "published"

    @rule(line=lines, who=WHO)
    def delete(self, line, who):
        may = line.who == who and line.state in {"published", "held"}
        try:
            actions.delete_message(by=self.readers[who], message=line.message)
        except DatelineError:
            assert not may
            return
        assert may
        line.state, line.is_featured = "deleted", False

    @rule(line=lines)
    def reject(self, line):
        actions.reject_message(by=None, message=line.message, why="rules")
        if line.state in {"published", "held"}:
            line.state, line.is_featured = "removed", False

    @rule(line=lines)
    def approve(self, line):
        if line.state == "deleted":
            with pytest.raises(MessageGone):
                actions.approve_message(by=None, message=line.message)
            return
        actions.approve_message(by=None, message=line.message)
        line.state = "published"
        if line not in self.order:
            self.order.append(line)

    @rule(line=lines, deed=st.sampled_from([Deed.APPROVE, Deed.REJECT, Deed.FEATURE]))
    def decide(self, line, deed):
        editor = self.talk.room.editor
        before = (line.state, line.is_featured)
        for decision in moderate(by=editor, messages=[line.message], deed=deed):
            self.decisions.append((line, decision, before))
            self._become(line, deed)

    def _become(self, line, deed):
        if deed == Deed.REJECT:
            line.state, line.is_featured = "removed", False
        elif deed == Deed.FEATURE:
            line.is_featured = True
        else:
            line.state = "published"
            if line not in self.order:
                self.order.append(line)

    @rule()
    @precondition(lambda self: self.decisions)
    def undo(self):
        line, decision, (state, was_featured) = self.decisions.pop()
        try:
            undo_decision(by=self.talk.room.editor, decision=decision)
        except NothingToUndo:
            assert line.state == "deleted" or decision != last_decision(line.message)
            return
        line.state = state
        line.is_featured = was_featured and state == "published"

    @rule(line=lines, watchers=st.sampled_from([(0,), (1, 2), (0, 1, 2)]))
    def report(self, line, watchers):
        for watcher in watchers:
            given = {"by": self.watchers[watcher], "message": line.message, "ground": Ground.FALSE}
            if line.state != "published":
                with pytest.raises(MessageGone):
                    report_message(**given)
                return
            report_message(**given)
            if self._is_held_by_reports(line):
                line.state, line.is_featured = "held", False

    def _is_held_by_reports(self, line):
        waiting = Report.objects.filter(message=line.message, settled_at__isnull=True)
        stands = Decision.objects.filter(message=line.message, deed=Deed.APPROVE, undone_at=None)
        is_looked_at = stands.filter(by__isnull=False).exists()
        return waiting.count() == len(self.watchers) and not is_looked_at

    @rule(who=WHO, whom=WHO)
    def mute(self, who, whom):
        if who != whom:
            reader, muted = self.readers[who], self.readers[whom]
            mute_reader(by=reader.account, reader=reader, muted=muted)
            self.mutes.add((who, whom))

    @rule(who=WHO, deed=st.sampled_from([Deed.WARN, Deed.SUSPEND, Deed.BAN, Deed.SHADOW]))
    def sanction(self, who, deed):
        until = clock.now() + timedelta(days=1) if deed == Deed.SUSPEND else None
        terms = Terms(deed=deed, until=until, why=Why(ground=Ground.SPAM))
        made = sanction_reader(by=self.talk.room.editor, reader=self.readers[who], terms=terms)
        self.sanctions[who, deed] = made

    @rule(who=WHO)
    def lift(self, who):
        for deed in (Deed.WARN, Deed.SUSPEND, Deed.BAN, Deed.SHADOW):
            made = self.sanctions.pop((who, deed), None)
            if made is not None:
                lift_sanction(by=self.talk.room.editor, sanction=made)

    def _is(self, who, deed):
        return (who, deed) in self.sanctions

    def _may_speak(self, who):
        return self.is_open and not self.is_held_back and not self._is_shut_out(who)

    def _is_shut_out(self, who):
        return self._is(who, Deed.BAN) or self._is(who, Deed.SUSPEND)

    @rule(line=lines, who=WHO)
    def react(self, line, who):
        given = {"by": self.readers[who], "message": line.message, "kind": ReactionKind.THANKS}
        if line.state != "published":
            return
        if self._may_speak(who):
            actions.react(**given)
            return
        with pytest.raises((ChatIsClosed, ShutOut)):
            actions.react(**given)

    @rule(mode=st.sampled_from([Mode.OPEN, Mode.PREMODERATED]))
    def change_mode(self, mode):
        self.talk.chat.refresh_from_db()
        actions.change_mode(by=None, chat=self.talk.chat, mode=mode)
        self.mode = mode

    @rule()
    def close_or_reopen(self):
        if self.is_held_back:
            return
        do = actions.close_chat if self.is_open else actions.reopen_chat
        do(by=None, chat=self.talk.chat)
        self.is_open = not self.is_open

    @rule()
    @precondition(lambda self: not self.is_held_back and len(self.everything) > MANY)
    def kill_the_story(self):
        kill_story(by=None, story=self.talk.story, why="Wrong.", notice="It was wrong.")
        actions.follow_story(by=None, story=self.talk.story.pk)
        self.is_held_back = self.is_killed = True

    @rule()
    @precondition(lambda self: self.is_open and not self.is_killed)
    def keep_or_show_the_story(self):
        story = self.talk.story
        if self.is_held_back:
            lift_hold(by=None, hold=self.hold)
        else:
            self.hold = hold_story(by=None, story=story, why="Check.")
        actions.follow_story(by=None, story=story.pk)
        self.is_held_back = not self.is_held_back

    @invariant()
    def pages_show_the_list(self):
        if not hasattr(self, "talk"):
            return
        answer = self.client.get(self.talk.address)
        if self.is_held_back:
            assert answer.status_code == (410 if self.is_killed else 404)
            assert self.client.get(f"/chats/{self.talk.chat.pk}/index.json").status_code == 404
            return
        html = answer.content.decode()
        expected = [line.text if line.state == "published" else None for line in self.order]
        assert shown(html) == expected[-40:]
        for line in self.everything:
            if line.state != "published":
                assert line.text not in html

    @invariant()
    def lists_and_searches_agree(self):
        if not hasattr(self, "talk"):
            return
        readable = [line for line in self.order if line.state == "published"]
        page = self.client.get("/chats/").content.decode()
        assert (self.talk.address in page) is bool(readable and not self.is_held_back)
        if readable and not self.is_held_back:
            assert readable[-1].text in page
        for line in self.everything[-1:]:
            number = re.search(r"\d{7}", line.text)[0]
            found = self.client.get(f"/chats/{self.talk.chat.pk}/search?q={number}")
            is_found = found.status_code == 200 and "chat-line" in found.content.decode()
            assert is_found is (line.state == "published" and not self.is_held_back)

    @invariant()
    def everybody_is_told_of_answers_they_can_read(self):
        if not hasattr(self, "talk"):
            return
        for who, reader in enumerate(self.readers):
            told = {one.message_id for one in notices_of(reader, clock.now(), limit=99)}
            answers = (
                line.message.pk
                for line in self.order
                if line.state == "published"
                and line.quotes is not None
                and line.quotes.who == who != line.who
                and (who, line.who) not in self.mutes
            )
            assert told == (set() if self.is_held_back else set(answers))

    @invariant()
    def counts_agree(self):
        if not hasattr(self, "talk"):
            return
        self.talk.chat.refresh_from_db()
        readable = [line for line in self.order if line.state == "published"]
        assert self.talk.chat.messages_shown == len(readable)
        last = readable[-1].message if readable else None
        assert self.talk.chat.last == last
        told = self.client.get(f"/chats/{self.talk.chat.pk}/index.json")
        if not self.is_held_back:
            assert [row[1] for row in told.json()["lines"]] == [
                line.message.pk for line in reversed(readable)
            ]

    @invariant()
    def permalinks_and_exports_agree(self):
        if not hasattr(self, "talk"):
            return
        told = json.loads("".join(as_json(self.talk.chat, site="", now=clock.now())))
        words = {row["key"]: row.get("text", "") for row in told["messages"]}
        shown_ones = {line.message.key for line in self.order}
        waiting = {line.message.key for line in self.order if line.state == "held"}
        assert set(words) == shown_ones - waiting
        for line in self.everything:
            key, is_out = line.message.key, line.state == "published"
            assert words.get(key, "") == (line.text if is_out else "")
            line.message.refresh_from_db()
            assert line.message.is_featured == line.is_featured
            if not self.is_held_back:
                found = self.client.get(f"/m/{key}").status_code
                assert found == (302 if key in shown_ones else 404)


def test_pages_show_what_a_plain_list_says():
    from django.db import transaction

    class Undone(Chatting):
        """Every run is undone, so that the next begins with an empty house."""

        def __init__(self):
            super().__init__()
            self._atomic = transaction.atomic()
            self._atomic.__enter__()

        def teardown(self):
            transaction.set_rollback(True)
            self._atomic.__exit__(None, None, None)

    run_state_machine_as_test(
        Undone,
        settings=settings(
            max_examples=examples(12, seeking=60),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
