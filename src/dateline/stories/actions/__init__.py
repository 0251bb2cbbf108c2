"""The only ways to change a story."""

from dateline.stories.actions.correct import correct_story, illustrate_story
from dateline.stories.actions.endings import kill_story, lift_kill, note_deletion, note_withdrawal
from dateline.stories.actions.keep import (
    hold_story,
    lift_hold,
    release_embargo,
    release_if_free,
    set_embargo,
)
from dateline.stories.actions.months import note_month
from dateline.stories.actions.publish import note_publication, publish_story
from dateline.stories.actions.quiet import quietly
from dateline.stories.actions.relink import keep_old_addresses, put_bodies_right
from dateline.stories.actions.schedule import refuse_scheduled
from dateline.stories.actions.shelve import shelve_stories
from dateline.stories.actions.translate import link_translation
from dateline.stories.actions.write import Draft, write_story

__all__ = [
    "Draft",
    "correct_story",
    "hold_story",
    "illustrate_story",
    "keep_old_addresses",
    "kill_story",
    "lift_hold",
    "lift_kill",
    "link_translation",
    "note_deletion",
    "note_month",
    "note_publication",
    "note_withdrawal",
    "publish_story",
    "put_bodies_right",
    "quietly",
    "refuse_scheduled",
    "release_embargo",
    "release_if_free",
    "set_embargo",
    "shelve_stories",
    "write_story",
]
