"""`jalons loads`: files given on a page that wait or have stopped; start them again."""

from __future__ import annotations

import json
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from jalons.indicators import attempts, files, tasks
from jalons.indicators.models import Load


class Command(BaseCommand):
    help = (
        "List the files of figures given on a page that are not loaded yet; with "
        "--restart or --forget, give a way out to one that has stopped."
    )

    def add_arguments(self, parser):
        parser.add_argument("--restart", type=int, metavar="NUMBER")
        parser.add_argument("--forget", type=int, metavar="NUMBER")
        parser.add_argument(
            "--silent-for",
            type=int,
            metavar="MINUTES",
            default=attempts.STALLED_AFTER // timedelta(minutes=1),
            help="without a sign of life for so long, a file has stopped",
        )
        parser.add_argument("--dry-run", action="store_true", help="change nothing")
        parser.add_argument("--json", action="store_true", help="report in JSON")

    def handle(self, *, restart, forget, silent_for, dry_run, json: bool, **options):
        # As if it were later, or earlier: one rule for the page and the command.
        waited = attempts.STALLED_AFTER - timedelta(minutes=silent_for)
        at = timezone.now() + waited
        if restart is not None:
            self._restart(_load(restart), at, dry_run)
        if forget is not None:
            self._forget(_load(forget), at, dry_run)
        rows = [_row(one, at) for one in _waiting()]
        self.stdout.write(_as_json(rows, dry_run) if json else _as_text(rows))

    def _restart(self, pending: Load, at, is_dry_run: bool) -> None:
        if not attempts.is_stalled(pending, at=at):
            raise CommandError(_("This file is not stopped: wait for the end."))
        if not is_dry_run:
            attempts.restart(pending, by=None, at=at)
            tasks.enqueue(pending)

    def _forget(self, pending: Load, at, is_dry_run: bool) -> None:
        is_busy = pending.state == Load.State.WRITING
        if is_busy and not attempts.is_stalled(pending, at=at):
            raise CommandError(_("This file is being loaded: wait for the end."))
        if not is_dry_run:
            files.drop(pending, at=at)


def _load(pk: int) -> Load:
    found = Load.objects.select_related("stored", "refused").filter(pk=pk).first()
    if found is None:
        raise CommandError(_("No file has the number %(number)d.") % {"number": pk})
    return found


def _waiting():
    return (
        Load.objects.exclude(state=Load.State.LOADED)
        .select_related("stored")
        .order_by("pk")
    )


def _row(pending: Load, at) -> dict[str, object]:
    return {
        "number": pending.pk,
        "file": pending.stored.name,
        "state": str(pending.state),
        "stopped": attempts.is_stalled(pending, at=at),
        "rows_read": pending.rows_read,
        "attempt": pending.attempt,
        "moved_at": pending.moved_at.isoformat() if pending.moved_at else None,
    }


def _as_json(rows: list[dict[str, object]], is_dry_run: bool) -> str:
    return json.dumps({"dry_run": is_dry_run, "files": rows}, ensure_ascii=False)


def _as_text(rows: list[dict[str, object]]) -> str:
    if not rows:
        return _("No file waits.")
    return "\n".join(
        f"{row['number']}  {row['file']}  {Load.State(str(row['state'])).label}"
        + (_(" (stopped)") if row["stopped"] else "")
        for row in rows
    )
