"""What the index keeps beside the words themselves, which lie in a table of the database's kind."""

from typing import ClassVar

from django.db import models

from dateline.search.enums import NameKind
from dateline.topics.models import Edition


class Document(models.Model):
    """A story in the index, at its place: the newest of an edition first.

    `story` is a number and no key: the index may be older than the story's end, and says nothing
    of what readers may see.
    """

    place = models.BigIntegerField(primary_key=True)
    story = models.BigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"story {self.story} at {self.place}"


class KnownWord(models.Model):
    """A word of an edition's stories as it is written, folded, and in about how many it stands."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=40)
    stem = models.CharField(max_length=40)
    stories = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "word"], name="search_known_word")
        ]

    def __str__(self) -> str:
        return self.word


class NameWord(models.Model):
    """A word of the name of a topic, storyline, section or person, for suggestions while typing."""

    word = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=NameKind.choices)
    number = models.BigIntegerField()
    edition = models.ForeignKey(Edition, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["word", "kind", "number"], name="search_name_by_word"),
            models.Index(fields=["kind", "number"], name="search_name_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.kind} {self.number}"


class Rebuild(models.Model):
    """A rebuilding of the index that is under way: the last story done, to go on from there."""

    edition = models.BigIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    story = models.BigIntegerField(default=0)
    done = models.BigIntegerField(default=0)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.done} stories done"
