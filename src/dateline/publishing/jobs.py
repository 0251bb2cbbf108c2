"""Jobs: work that was put in the database's queue in the transaction of a change.

The rows are django-tasks-db's; taking them is ours: no polling under an exclusive lock, and a job
whose process was killed is taken again.
"""

from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from dateline.common import clock
from dateline.common.errors import DatelineError

log = structlog.get_logger(__name__)
WORKER = "runner"
MOST_TRIES = 4
KEPT_FOR = timedelta(days=2)


class KilledTooOften(DatelineError):
    """A job whose process was killed each time it was tried."""

    code = "job-killed"
    sentence = "Its process was killed {tries} times while it worked on it."


def reclaim() -> int:
    """Put back the jobs a killed runner was at, and return how many.

    One that was at work each time a runner died may be what kills it: it has failed for good.
    """
    running = list(DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING))
    for job in running:
        if len(job.worker_ids) >= MOST_TRIES:
            job.set_failed(KilledTooOften(tries=MOST_TRIES))
        else:
            job.status = TaskResultStatus.READY
            job.save(update_fields=["status"])
    return len(running)


def run_next() -> bool:
    """Run the next job that is ready and return whether there was one."""
    if not _ready().exists():  # Taking one locks the whole of a SQLite database.
        return False
    job = _claim()
    if job is None:
        return False
    try:
        task, result = job.task, job.task_result
        job.set_successful(task.call(*result.args, **result.kwargs))
    except Exception as error:  # noqa: BLE001 - a job may fail in any way; all are told of and retried
        _failed(job, error)
    return True


def forget_old() -> int:
    """Remove finished jobs after a while and return how many."""
    old = DBTaskResult.objects.successful().filter(finished_at__lt=clock.now() - KEPT_FOR)
    return old.delete()[0]


def _ready() -> "QuerySet[DBTaskResult[..., Any]]":
    due = Q(run_after=get_date_max()) | Q(run_after__lte=clock.now())
    return DBTaskResult.objects.filter(due, status=TaskResultStatus.READY)


@transaction.atomic
def _claim() -> "DBTaskResult[..., Any] | None":
    job = _ready().select_for_update(skip_locked=True).first()
    if job is not None:
        job.claim(WORKER)
    return job


def _failed(job: "DBTaskResult[..., Any]", error: Exception) -> None:
    tries = len(job.worker_ids)
    log.warning("job failed", job=job.task_path, tries=tries, error=repr(error))
    if tries >= MOST_TRIES:
        job.set_failed(error)
        return
    job.status = TaskResultStatus.READY
    job.run_after = clock.now() + timedelta(seconds=5**tries)
    job.save(update_fields=["status", "run_after"])
