"""Background work: what a dead worker had begun, what failed, and its second chance."""

from __future__ import annotations

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django_tasks_db.models import DBTaskResult, get_date_max

from jalons.cli.presence import Presence, is_there
from jalons.cli.working import MOST_ATTEMPTS, OURS, Keeper, make_worker

pytestmark = pytest.mark.django_db


def make_task(**options) -> DBTaskResult:
    given = {
        "backend_name": "default",
        "task_path": "a.b",
        "args_kwargs": {"args": [], "kwargs": {}},
        "run_after": get_date_max(),
    }
    return DBTaskResult.objects.create(**given | options)


def running(*workers: str) -> DBTaskResult:
    return make_task(status="RUNNING", worker_ids=list(workers))


def state(task: DBTaskResult) -> str:
    task.refresh_from_db()
    return task.status


@pytest.fixture
def dead():
    """The number of a worker that lived, and whose lock went with it."""
    presence = Presence(f"{OURS}{uuid4().hex}")
    presence.hold()
    assert is_there(presence.worker_id)
    presence.release()
    return presence.worker_id


@pytest.fixture
def alive():
    presence = Presence(f"{OURS}{uuid4().hex}")
    presence.hold()
    yield presence.worker_id
    presence.release()


def test_a_worker_is_there_until_its_end(alive, dead):
    assert is_there(alive)
    assert not is_there(dead)
    assert not is_there("jalons-never-was")


def test_the_task_of_a_dead_worker_is_begun_again_at_the_second_look(dead, alive):
    lost, kept = running(dead), running(alive)
    keeper = Keeper(f"{OURS}{uuid4().hex}")

    keeper.take_back()
    assert state(lost) == "RUNNING"
    keeper.take_back()

    assert (state(lost), state(kept)) == ("READY", "RUNNING")
    assert lost.pk in DBTaskResult.objects.ready().values_list("pk", flat=True)


def test_the_task_of_another_program_is_left_alone():
    task, keeper = running("somebody-else"), Keeper(f"{OURS}{uuid4().hex}")

    keeper.take_back()
    keeper.take_back()

    assert state(task) == "RUNNING"


def test_a_task_that_killed_every_worker_is_left_as_failed(dead):
    task, keeper = running(*[dead] * MOST_ATTEMPTS), Keeper(f"{OURS}{uuid4().hex}")

    keeper.take_back()
    keeper.take_back()

    assert state(task) == "FAILED"
    assert "died" in task.traceback


def fail(task: DBTaskResult, error: Exception) -> str:
    """The state of a task after a worker met this error."""
    worker = make_worker(is_batch=True)
    task.claim(worker.worker_id)

    def refuse(execute, sql, *others):
        if "spaces_space" in sql:
            raise error
        return execute(sql, *others)

    with connection.execute_wrapper(refuse):
        worker.run_task(task)
    return state(task)


def looking() -> DBTaskResult:
    args = {"args": [1], "kwargs": {}}
    return make_task(task_path="jalons.curation.tasks.look_for_twins", args_kwargs=args)


@pytest.fixture
def queue(settings):
    """The queue of a site at work, where tests do each task at once."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def test_a_database_that_is_away_is_waited_for_and_a_fault_of_ours_is_not(queue):
    away, wrong = looking(), looking()

    assert fail(away, OperationalError("restarting")) == "READY"
    assert away not in DBTaskResult.objects.ready()
    assert fail(wrong, ValueError("ours")) == "FAILED"


def test_a_database_that_stays_away_is_not_waited_for_for_ever(queue):
    task = looking()

    found = [fail(task, OperationalError("away")) for _each in range(MOST_ATTEMPTS)]

    assert found == ["READY"] * (MOST_ATTEMPTS - 1) + ["FAILED"]


def report(*words: str) -> dict:
    out = StringIO()
    call_command("tasks", "--json", *words, stdout=out)
    return json.loads(out.getvalue())


def test_failed_tasks_are_told_and_begun_again(dead):
    failed = make_task(status="FAILED", exception_class_path="builtins.ValueError")
    lost = running(dead)
    make_task(status="SUCCESSFUL")

    told = {
        one["number"]: one for one in report("--retry", "all", "--dry-run")["tasks"]
    }
    assert told.keys() == {str(failed.pk), str(lost.pk)}
    assert told[str(failed.pk)]["error"] == "builtins.ValueError"
    assert told[str(lost.pk)]["has_worker"] is False
    assert state(failed) == "FAILED"

    assert report("--retry", str(failed.pk)[:8])["again"] == [str(failed.pk)]
    assert state(failed) == "READY"


def test_a_number_that_no_failed_task_has_is_refused():
    task = make_task()

    with pytest.raises(CommandError):
        report("--retry", str(task.pk))

    assert state(task) == "READY"
