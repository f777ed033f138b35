"""One queue, two machines, four task workers: each task has its effect once.

A worker may die in the middle of what it does, and a task may never succeed.
"""

from __future__ import annotations

import json
import urllib.request
from collections import Counter

import pytest
from django.db import connection
from prometheus_client.parser import text_string_to_metric_families

from jalons.cli.working import MOST_ATTEMPTS
from tests.deployment import Deployment, connected, until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        connection.vendor == "sqlite", reason="several workers share PostgreSQL"
    ),
]
TASK_WORKERS = 0
TASKS = "django_tasks_database_dbtaskresult"
MAILS, SUBSCRIBERS, STUMBLE = 24, 60, "55@exemple.fr"
KEY = 7_000_007
# Who writes to one address waits for whoever holds the key.
STUMBLING = f"""
CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS
  'BEGIN PERFORM pg_advisory_xact_lock({KEY}); RETURN NEW; END';
CREATE TRIGGER stumble BEFORE INSERT ON mail_message FOR EACH ROW
  WHEN (NEW.recipient = '{STUMBLE}') EXECUTE FUNCTION stumble();
"""
WAITING_FOR_KEY = f"""
SELECT count(*) FROM pg_locks
WHERE locktype = 'advisory' AND objid = {KEY} AND NOT granted
"""
# The statements that wait for a table which is held.
CANCELLED = """
SELECT pg_cancel_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
  AND query LIKE 'UPDATE "mail_message"%'
"""


def tasks(deployment: Deployment, state: str) -> list[list[str]]:
    """Who took each task of this state, one after the other."""
    query = f"SELECT worker_ids FROM {TASKS} WHERE status = '{state}'"
    return [workers for (workers,) in deployment.rows(query)]


def is_done(deployment: Deployment) -> bool:
    """Asked at once: a task goes from one state to the other, both ways."""
    query = f"SELECT count(*) FROM {TASKS} WHERE status IN ('READY', 'RUNNING')"
    return deployment.rows(query) == [(0,)]


def left(deployment: Deployment) -> Counter[str]:
    """How many mails left for each address, from any machine."""
    found: Counter[str] = Counter()
    for machine in deployment.machines:
        for path in (machine.var / "mail").glob("*.log"):
            lines = path.read_text(errors="replace").splitlines()
            found.update(line[4:] for line in lines if line.startswith("To: "))
    return found


def measured(deployment: Deployment) -> list[dict[str, float]]:
    """Tasks by state, as each machine tells them."""
    told = []
    for machine in deployment.machines:
        address = f"http://127.0.0.1:{machine.port}/sante/mesures/"
        with urllib.request.urlopen(address) as answer:
            text = answer.read().decode()
        told.append(
            {
                sample.labels["state"]: sample.value
                for family in text_string_to_metric_families(text)
                for sample in family.samples
                if sample.name == "jalons_tasks"
            }
        )
    return told


def report(deployment: Deployment, *words: str) -> list[dict]:
    return json.loads(deployment.run("manage.py", "tasks", "--json", *words))["tasks"]


@pytest.fixture
def queue(deployment):
    """No worker, no task, no mail, as before each."""
    with connected(deployment.database) as line:
        line.execute(f"TRUNCATE {TASKS}, mail_message")
    for machine in deployment.machines:
        for path in (machine.var / "mail").glob("*.log"):
            path.unlink()
    yield deployment
    for machine in deployment.machines:
        for name in [one for one in machine.processes if one.startswith("tasks")]:
            machine.end(name)


def test_four_workers_who_take_at_once_do_each_task_once(queue):
    queue.run("-m", "benchmarks.world", "mails", str(MAILS))

    with queue.held("mail_message"):
        for machine in queue.machines:
            for rank in (1, 2):
                machine.start(f"tasks {rank}")
        until(lambda: len(tasks(queue, "RUNNING")) == 4)
        running = tasks(queue, "RUNNING")
        assert [{"ready": MAILS - 4, "running": 4, "failed": 0}] * 2 == measured(queue)
        assert not left(queue)
    until(lambda: is_done(queue))

    done = tasks(queue, "SUCCESSFUL")
    assert [1] * MAILS == [len(workers) for workers in done]
    assert 4 == len({worker for (worker,) in running})
    assert {f"{number}@exemple.fr": 1 for number in range(MAILS)} == left(queue)


def test_a_worker_killed_in_the_middle_leaves_its_task_to_another_machine(queue):
    first, second = queue.machines
    with connected(queue.database) as line:
        line.execute(STUMBLING)
        line.execute(f"SELECT pg_advisory_lock({KEY})")
        queue.run("-m", "tests.cli.centre", "letter", str(SUBSCRIBERS))
        first.start("tasks 1")
        until(lambda: line.execute(WAITING_FOR_KEY).fetchone()[0])
        # A lot was written, the next one half: 50, then 4 that nobody sees yet.
        assert [(50,)] == queue.rows("SELECT count(*) FROM mail_message")
        ((dead,),) = tasks(queue, "RUNNING")
        first.end("tasks 1")
    second.start("tasks 1")
    until(lambda: is_done(queue))

    assert not tasks(queue, "FAILED")
    ((was, then),) = [one for one in tasks(queue, "SUCCESSFUL") if len(one) > 1]
    assert was == dead != then
    everybody = {f"{number}@exemple.fr": 1 for number in range(1, SUBSCRIBERS + 1)}
    assert everybody == left(queue)


def test_a_task_that_never_succeeds_ends_as_failed_for_all_to_see_and_is_done_later(
    queue,
):
    queue.run("-m", "benchmarks.world", "mails", "1")
    queue.machines[0].start("tasks 1")

    with queue.held("mail_message"):
        for attempt in range(1, MOST_ATTEMPTS + 1):
            until(lambda: queue.rows(CANCELLED))
            state = "READY" if attempt < MOST_ATTEMPTS else "FAILED"
            until(lambda state=state: tasks(queue, state))
            (workers,) = tasks(queue, state)
            assert attempt == len(workers)
            if state == "READY":
                # The half-minute for which it is left alone is over.
                queue.rows(f"UPDATE {TASKS} SET run_after = now() RETURNING status")
    assert [{"ready": 0, "running": 0, "failed": 1}] * 2 == measured(queue)
    (told,) = report(queue)
    assert ("failed", MOST_ATTEMPTS) == (told["state"], told["attempts"])
    assert "OperationalError" in told["error"]
    assert not left(queue)

    report(queue, "--retry", told["number"])
    until(lambda: is_done(queue))

    assert {"0@exemple.fr": 1} == left(queue)
