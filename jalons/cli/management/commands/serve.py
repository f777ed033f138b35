"""`jalons serve`: the web process and the task worker, watched together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jalons.cli import durations

# A process that dies more often than this within a minute has a fault to mend.
RESTARTS_PER_MINUTE = 5
# Chores, in seconds between two runs: mails left by a stopped worker, data past
# their date.
CHORES = {"send_mail": 300, "purge": 86_400, "end_dormant_accounts": 86_400}


class Command(BaseCommand):
    help = "Serve the site on HOST and PORT, with its task workers."

    def add_arguments(self, parser):
        what = "on a machine that only answers, or only does the tasks"
        parser.add_argument("--only", choices=["web", "tasks"], help=what)

    def handle(self, *, only: str | None = None, **options):
        commands = {**_tasks()} if only == "tasks" else {**_web()}
        if only is None:
            commands |= _tasks()
        durations.forget()
        self.stdout.write(f"Jalons : {settings.SITE_URL}/")
        signal.signal(signal.SIGTERM, _stop)
        processes = {name: _launch(line) for name, line in commands.items()}
        try:
            self._watch(processes, commands)
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            _end(processes)

    def _watch(self, processes, commands):
        deaths: list[float] = []
        # A room has no mail to send, and leaves its address on the screen.
        due = {} if settings.IS_ROOM else dict.fromkeys(CHORES, time.monotonic())
        while True:
            time.sleep(0.5)
            _do_chores(due)
            for name, process in processes.items():
                if process.poll() is None:
                    continue
                deaths = [at for at in deaths if time.monotonic() - at < 60]
                deaths.append(time.monotonic())
                if len(deaths) > RESTARTS_PER_MINUTE:
                    raise CommandError(f"The {name} process does not stay up.")
                self.stderr.write(f"The {name} process stopped; starting it again.")
                processes[name] = _launch(commands[name])


def _web() -> dict[str, list[str]]:
    line = [sys.executable, "-m", "uvicorn", "config.asgi:application"]
    line += ["--host", settings.HOST, "--port", str(settings.PORT)]
    line += ["--log-level", "warning", "--workers", str(settings.WEB_WORKERS)]
    # On a busy machine, a process that is slow to say that it lives is not dead: one
    # that dies is seen at once all the same.
    line += ["--timeout-worker-healthcheck", "60"]
    # The one that is measured, whatever else is installed.
    line += ["--loop", "asyncio"]
    # Streams never end by themselves: a stop does not wait for them.
    return {"web": [*line, "--timeout-graceful-shutdown", "3"]}


def _tasks() -> dict[str, list[str]]:
    line = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]
    names = [f"worker {rank}" for rank in range(1, settings.TASK_WORKERS + 1)]
    return dict.fromkeys(names, line)


def _do_chores(due: dict[str, float]) -> None:
    for chore, at in due.items():
        if time.monotonic() >= at:
            due[chore] = time.monotonic() + CHORES[chore]
            _launch([sys.executable, "manage.py", chore])


def _launch(line: list[str]) -> subprocess.Popen:
    return subprocess.Popen(line, cwd=settings.BASE_DIR)


def _stop(signum, frame):
    raise KeyboardInterrupt


def _end(processes: dict[str, subprocess.Popen]) -> None:
    """Stop them all; told to stop once more, they are waited for all the same."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for process in processes.values():
        process.terminate()
    for process in processes.values():
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
