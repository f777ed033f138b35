"""The task worker: what a dead one had begun is begun again, a passing fault is waited.

A task may therefore run twice, and each is written so that twice is once. `worker_ids`
of a task counts its attempts: past `MOST_ATTEMPTS` it is left as failed, for
`jalons tasks` to show.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Event, Thread

import psycopg
from django.db import (
    DatabaseError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max

from jalons.cli import presence
from jalons.cli.presence import Presence

logger = logging.getLogger(__name__)
# Workers of ours hold a lock; those of another program are left alone.
OURS = "jalons-"
MOST_ATTEMPTS = 3
# Seconds between two looks. Absent at two of them: the lock of a worker that lives is
# back within one when the database restarts.
LOOK_SECONDS = 5.0
WAITED = 2.0
AFTER_A_FAULT = timedelta(seconds=30)
PASSING = ("OperationalError", "InterfaceError")
"""Errors of a database that is away: the same task succeeds once it is back."""
DIED = "The worker died, {} times."


class PatientWorker(Worker):
    """Django’s worker, which asks for another try after a fault that passes."""

    def run(self) -> None:
        """Until it is told to stop; a database that is away is waited for."""
        while self.running:
            try:
                return super().run()
            except (OperationalError, InterfaceError):
                logger.warning("The database is away.")
                connection.close()
                time.sleep(WAITED)
                self._leave_what_was_begun()

    def _leave_what_was_begun(self) -> None:
        """Its end could not be written: it is begun again, by whoever takes it."""
        with suppress(OperationalError, InterfaceError):
            mine = [
                one
                for one in DBTaskResult.objects.running()
                if one.worker_ids[-1:] == [self.worker_id]
            ]
            begin_again(mine)

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        if may_pass(db_task_result):
            begin_again([db_task_result], at=timezone.now() + AFTER_A_FAULT)


def make_worker(*, is_batch: bool) -> PatientWorker:
    """One that ends when nothing waits, or goes on until it is told to stop."""
    return PatientWorker(
        queue_names=["default"],
        interval=1,
        batch=is_batch,
        backend_name="default",
        startup_delay=not is_batch,
        max_tasks=None,
        worker_id=OURS + get_random_string(24),
        excluded_queue_names=[],
    )


def may_pass(task: DBTaskResult) -> bool:
    """Whether a task failed for want of a database, and was not tried too often."""
    is_failed = task.status == TaskResultStatus.FAILED
    is_away = task.exception_class_path.rpartition(".")[2] in PASSING
    return is_failed and is_away and len(task.worker_ids) < MOST_ATTEMPTS


@transaction.atomic
def begin_again(
    tasks: Iterable[DBTaskResult], *, at: datetime | None = None
) -> list[DBTaskResult]:
    """Put tasks back into the queue; those that somebody took meanwhile are left."""
    found = []
    for one in tasks:
        same = DBTaskResult.objects.filter(
            pk=one.pk, status=one.status, started_at=one.started_at
        )
        if same.update(
            status=TaskResultStatus.READY,
            run_after=at or get_date_max(),
            finished_at=None,
            traceback="",
            exception_class_path="",
        ):
            found.append(one)
    return found


class Keeper:
    """Says that a worker lives, and looks for those that do no more."""

    def __init__(self, worker_id: str) -> None:
        self.presence = Presence(worker_id)
        self.missing: set[tuple[object, datetime | None]] = set()
        self._over = Event()
        self._thread = Thread(target=self._keep, daemon=True, name="keeper")

    def __enter__(self) -> Keeper:
        while not self._is_held():
            time.sleep(WAITED)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self._thread.join(timeout=LOOK_SECONDS)
        self.presence.release()

    def _is_held(self) -> bool:
        try:
            self.presence.hold()
        except psycopg.OperationalError:
            return False
        return True

    def _keep(self) -> None:
        while not self._over.wait(LOOK_SECONDS):
            with suppress(DatabaseError, psycopg.Error):  # it may be restarting
                close_old_connections()
                self.presence.hold()
                self.take_back()
        close_old_connections()

    def take_back(self) -> list[DBTaskResult]:
        """Begin again what was missed twice in a row, or give it up."""
        absent = {(one.pk, one.started_at): one for one in orphans()}
        twice = [one for key, one in absent.items() if key in self.missing]
        self.missing = set(absent)
        taken = begin_again(one for one in twice if len(one.worker_ids) < MOST_ATTEMPTS)
        for one in twice:
            if len(one.worker_ids) >= MOST_ATTEMPTS:
                give_up(one)
        for one in taken:
            logger.warning("Begun again: %s", one.task_name)
        return taken


def orphans() -> list[DBTaskResult]:
    """Tasks under way whose worker is there no more."""
    return [
        one
        for one in DBTaskResult.objects.running()
        if one.worker_ids
        and one.worker_ids[-1].startswith(OURS)
        and not presence.is_there(one.worker_ids[-1])
    ]


def give_up(task: DBTaskResult) -> None:
    """Leave as failed what killed every worker that took it."""
    same = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
    same.update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        traceback=DIED.format(len(task.worker_ids)),
    )
