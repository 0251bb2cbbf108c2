"""Changing what is followed and what is sent."""

from dateline.subscriptions.actions.address import move_subscriber, subscriber_for
from dateline.subscriptions.actions.browser import (
    Browser,
    follow_by_browser,
    leave_by_browser,
    move_browser,
)
from dateline.subscriptions.actions.clocks import learn_clock, set_clock
from dateline.subscriptions.actions.deliver import give_up_lost, settle, take
from dateline.subscriptions.actions.endpoints import (
    forget_endpoint,
    forget_unused,
    note_pushes,
)
from dateline.subscriptions.actions.fold import fold_some
from dateline.subscriptions.actions.follow import (
    Choice,
    Told,
    follow,
    leave,
    note_deed,
    renew_feed,
    set_pace,
    unfollow,
)
from dateline.subscriptions.actions.issues import (
    call_back,
    clear_issue,
    release_issue,
    schedule_issue,
    shelve_issue,
    withdraw_from_issue,
)
from dateline.subscriptions.actions.leaving import leave_by_mail, leave_letters
from dateline.subscriptions.actions.newsletters import (
    begin_issue,
    compose_issue,
    save_newsletter,
)
from dateline.subscriptions.actions.plan import (
    Plan,
    close_sending,
    plan_sending,
    write_recipients,
)
from dateline.subscriptions.actions.standing import (
    note_hard_bounce,
    note_soft_bounce,
    pause_subscriber,
    resume_subscriber,
    stop_subscriber,
)
from dateline.subscriptions.actions.stop import (
    resume_sending,
    retract,
    retract_story,
    send_again,
    stop_sending,
)
from dateline.subscriptions.actions.trials import (
    begin_trial,
    decide_trial,
    note_opening,
    set_counting,
)

__all__ = [
    "Browser",
    "Choice",
    "Plan",
    "Told",
    "begin_issue",
    "begin_trial",
    "call_back",
    "clear_issue",
    "close_sending",
    "compose_issue",
    "decide_trial",
    "fold_some",
    "follow",
    "follow_by_browser",
    "forget_endpoint",
    "forget_unused",
    "give_up_lost",
    "learn_clock",
    "leave",
    "leave_by_browser",
    "leave_by_mail",
    "leave_letters",
    "move_browser",
    "move_subscriber",
    "note_deed",
    "note_hard_bounce",
    "note_opening",
    "note_pushes",
    "note_soft_bounce",
    "pause_subscriber",
    "plan_sending",
    "release_issue",
    "renew_feed",
    "resume_sending",
    "resume_subscriber",
    "retract",
    "retract_story",
    "save_newsletter",
    "schedule_issue",
    "send_again",
    "set_clock",
    "set_counting",
    "set_pace",
    "settle",
    "shelve_issue",
    "stop_sending",
    "stop_subscriber",
    "subscriber_for",
    "take",
    "unfollow",
    "withdraw_from_issue",
    "write_recipients",
]
