"""The groups a new newsroom has, and what each may do; its own people change them afterwards."""

from dateline.people.actions import make_group

_ENTER = ("wagtailadmin.access_admin",)
_WRITE = (*_ENTER, "stories.add_story")
_REPORT = (
    *_WRITE,
    "stories.view_story",
    "stories.change_story",
    "live.add_livepost",
    "topics.view_topic",
    "topics.view_storyline",
    "people.view_person",
)
_LETTERS = ("subscriptions.change_issue", "subscriptions.change_sending")

GROUPS: dict[str, tuple[str, ...]] = {
    "Contributors": _WRITE,
    "Reporters": _REPORT,
    "Editors": (
        *_REPORT,
        *("stories.publish_story", "stories.delete_story"),
        *("stories.lock_story", "stories.unlock_story"),
        *("live.publish_livepost", "live.change_livestory", "fronts.change_front"),
        *("topics.add_topic", "topics.change_topic", "topics.delete_topic"),
        *("topics.add_storyline", "topics.change_storyline", "topics.delete_storyline"),
        *("people.add_person", "people.change_person"),
        *("topics.view_section", "archive.view_importrun"),
        *_LETTERS,
    ),
    "Audience editors": (*_ENTER, "stories.view_story", *_LETTERS),
    "Moderators": (*_ENTER, "chats.moderate_chats"),
}
"""Rights of each group as `app.right`; whoever may do everything is in none of them."""

_PICTURES: dict[str, tuple[str, ...]] = {
    "Contributors": ("choose_image",),
    "Reporters": ("add_image", "choose_image"),
    "Editors": ("add_image", "change_image", "choose_image"),
}


def make_first_groups() -> None:
    """Make the groups, in place of those Wagtail brings for its pages."""
    for name, rights in GROUPS.items():
        make_group(name=name, rights=rights, picture_rights=_PICTURES.get(name, ()))
