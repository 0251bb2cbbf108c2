"""The journal's two tables."""

from typing import ClassVar

from django.db import models


class JournalLine(models.Model):
    """One stored entry. Rows are only ever added.

    `seq` is the order of commits: SQLite writers take turns (IMMEDIATE transactions), PostgreSQL
    writers take one advisory lock before the insert and keep it until they commit.
    """

    seq = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    edition = models.CharField(max_length=20, blank=True)
    audience = models.CharField(max_length=10)
    subject = models.CharField(max_length=60)
    keys = models.JSONField(default=list)
    channels = models.JSONField(default=list)
    payload = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "seq"], name="journal_subject_seq")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject}"


class Cursor(models.Model):
    """How far one reader of the journal has come: everything up to `seq` is done."""

    name = models.CharField(max_length=60, primary_key=True)
    seq = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.seq}"
