"""Whose a story is: who may write stories but not change them all works on their own alone."""

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from dateline.people.models import Account
from dateline.stories.desk_queries import stories_by
from dateline.stories.models import Story

WRITE, CHANGE = "stories.add_story", "stories.change_story"
"""To write stories, and change one's own; to change everybody's."""


class StoryPolicy(ModelPermissionPolicy):
    """Lets whoever wrote a story change it; to change others' is a right of its own."""

    def user_has_permission(self, user: Account, action: str) -> bool:
        """Say whether somebody may do something with some stories, if only with their own."""
        has = super().user_has_permission
        return bool(has(user, action) or (action == "change" and has(user, "add")))

    def user_has_permission_for_instance(self, user: Account, action: str, story: Story) -> bool:
        """Say whether somebody may do something with one story."""
        if action == "change" and works_on_own_alone(user):
            return is_own(user, story.pk)
        return self.user_has_permission(user, action)

    def instances_user_has_any_permission_for(
        self, user: Account, actions: Iterable[str]
    ) -> QuerySet[Story]:
        """Return the stories with which somebody may do one of some things."""
        return seen_by(user, super().instances_user_has_any_permission_for(user, actions))

    def user_has_any_permission_for_instance(
        self, user: Account, actions: Iterable[str], story: Story
    ) -> bool:
        """Say whether somebody may do one of some things with one story."""
        return any(self.user_has_permission_for_instance(user, one, story) for one in actions)


def works_on_own_alone(user: Account) -> bool:
    """Say whether somebody may write stories, but not change everybody's."""
    return user.has_perm(WRITE) and not user.has_perm(CHANGE)


def is_own(user: Account, number: object) -> bool:
    """Say whether a story, by its number as an address has it, is somebody's own."""
    return str(number).isdecimal() and stories_by(user).filter(pk=number).exists()


def seen_by(user: Account, stories: QuerySet[Story]) -> QuerySet[Story]:
    """Return those of some stories that somebody works on."""
    return stories.filter(pk__in=stories_by(user)) if works_on_own_alone(user) else stories


def register() -> None:
    """Have Wagtail ask this house whose a story is; called once when the app is ready."""
    register_permission_policy(Story, StoryPolicy(Story))
