"""`jalons serve`: the web process and the task worker, watched together."""

from __future__ import annotations

import signal
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jalons.cli import copies, durations

# A process that dies more often than this within a minute has a fault to mend.
RESTARTS_PER_MINUTE = 5
# Chores, in seconds between two runs: mails left by a stopped worker, data past
# their date.
CHORES = {"send_mail": 300, "purge": 86_400, "end_dormant_accounts": 86_400}
# The first pages come before the first of them.
FIRST_CHORE = 10.0
LOOK_SECONDS = 0.5


class Command(BaseCommand):
    help = "Serve the site on HOST and PORT, with its task workers."
    # Made once the program is read, by us.
    requires_system_checks = []

    def add_arguments(self, parser):
        what = "on a machine that only answers, or only does the tasks"
        parser.add_argument("--only", choices=["web", "tasks"], help=what)

    def handle(self, *, only: str | None = None, **options):
        doors = [] if only == "tasks" else _doors()
        copies.read_program()
        self.check()
        durations.forget()
        self.stdout.write(f"Jalons : {settings.SITE_URL}/")
        self.stdout.flush()
        signal.signal(signal.SIGTERM, _stop)
        processes = _web(doors) if doors else {}
        if only != "web":
            processes |= _tasks(doors)
        try:
            for copy in processes.values():
                copy.start()
            self._watch(processes, doors)
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            for door in doors:
                door.close()
            copies.end(processes.values())

    def _watch(self, processes, doors):
        deaths: list[float] = []
        # A room has no mail to send, and leaves its address on the screen.
        first = time.monotonic() + FIRST_CHORE
        due = {} if settings.IS_ROOM else dict.fromkeys(CHORES, first)
        while True:
            time.sleep(LOOK_SECONDS)
            _do_chores(due, doors)
            for name, copy in processes.items():
                copy.look(LOOK_SECONDS)
                if not copy.has_ended():
                    continue
                deaths = [at for at in deaths if time.monotonic() - at < 60]
                deaths.append(time.monotonic())
                if len(deaths) > RESTARTS_PER_MINUTE:
                    raise CommandError(f"The {name} process does not stay up.")
                self.stderr.write(f"The {name} process stopped; starting it again.")
                copy.start()


def _doors():
    try:
        return copies.listen(settings.HOST, settings.PORT)
    except OSError as error:
        where = f"{settings.HOST}:{settings.PORT}"
        raise CommandError(f"Cannot listen on {where}: {error.strerror}.") from error


def _web(doors) -> dict[str, copies.Copy]:
    ranks = range(1, settings.WEB_WORKERS + 1)
    names = ["web"] if len(ranks) == 1 else [f"web {rank}" for rank in ranks]
    return {name: copies.WebCopy(f"jalons {name}", doors) for name in names}


def _tasks(doors) -> dict[str, copies.Copy]:
    names = [f"worker {rank}" for rank in range(1, settings.TASK_WORKERS + 1)]
    return {
        name: copies.command(f"jalons {name}", "work", doors=doors) for name in names
    }


def _do_chores(due: dict[str, float], doors) -> None:
    for chore, at in due.items():
        if time.monotonic() >= at:
            due[chore] = time.monotonic() + CHORES[chore]
            copies.command("jalons chore", chore, doors=doors).start()


def _stop(signum, frame):
    raise KeyboardInterrupt
