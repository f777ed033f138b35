"""`jalons tasks`: background work that waits, runs or failed; its second chance."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from jalons.cli import presence, working


class Command(BaseCommand):
    help = "Tell background tasks that wait, run or failed; begin failed ones again."

    def add_arguments(self, parser):
        what = "begin this failed task again (its number), or all of them"
        parser.add_argument("--retry", metavar="NUMBER|all", help=what)
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="a JSON report")

    def handle(self, *, retry: str | None, dry_run: bool, json: bool, **options):
        again = _chosen(retry) if retry else []
        if not dry_run:
            again = working.begin_again(again)
        told = [_told(one) for one in _unfinished()]
        report = {"again": [str(one.pk) for one in again], "tasks": told}
        self.stdout.write(_as_json(report) if json else _as_text(report))


def _chosen(asked: str) -> list[DBTaskResult]:
    failed = DBTaskResult.objects.failed()
    if asked == "all":
        return list(failed)
    found = [one for one in failed if str(one.pk).startswith(asked)]
    if len(found) != 1:
        message = _("No failed task, or several, have this number: %(number)s.")
        raise CommandError(message % {"number": asked})
    return found


def _unfinished() -> list[DBTaskResult]:
    done = DBTaskResult.objects.exclude(status=TaskResultStatus.SUCCESSFUL)
    return list(done.order_by("enqueued_at"))


def _told(task: DBTaskResult) -> dict[str, Any]:
    """What there is to say; arguments are numbers of rows, traces may name people."""
    is_running = task.status == TaskResultStatus.RUNNING
    return {
        "number": str(task.pk),
        "task": task.task_path,
        "state": task.status.lower(),
        "attempts": len(task.worker_ids),
        "asked_at": task.enqueued_at.isoformat(timespec="seconds"),
        "error": task.exception_class_path,
        "has_worker": presence.is_there(task.worker_ids[-1]) if is_running else None,
    }


def _as_json(report: dict[str, Any]) -> str:
    return json.dumps(report, indent=2)


def _as_text(report: dict[str, Any]) -> str:
    lines = [
        f"{one['number'][:8]}  {one['state']:<8}  {one['attempts']}  {one['asked_at']}"
        f"  {one['task']}  {one['error']}".rstrip()
        for one in report["tasks"]
    ]
    lines += [_("begun again: %(number)s") % {"number": one} for one in report["again"]]
    return "\n".join(lines or [_("nothing waits, and nothing failed")])
