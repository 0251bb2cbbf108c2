"""Keeping which imports there were."""

from django.db import transaction

from dateline.archive.actions.importing import source_of
from dateline.archive.enums import RunState
from dateline.archive.models import ImportRun
from dateline.archive.report import Report
from dateline.common import clock
from dateline.standards.archives.facts import Archive

_LONGEST_REPORT = 20_000


@transaction.atomic
def begin_run(*, archive: Archive, files: str) -> ImportRun:
    """Note that an import begins; one that still says it is running was killed."""
    ImportRun.objects.filter(state=RunState.RUNNING).update(state=RunState.STOPPED)
    return ImportRun.objects.create(
        source=source_of(archive), files=files[:2000], started_at=clock.now()
    )


@transaction.atomic
def end_run(*, run: ImportRun, report: Report | None) -> None:
    """Note how an import ended; without a report it was stopped."""
    run.ended_at = clock.now()
    run.state = RunState.DONE if report else RunState.STOPPED
    if report is not None:
        run.stories = report.done["new stories"]
        run.report = report.text[:_LONGEST_REPORT]
    run.save()
