"""A PostgreSQL of our own, in a folder, that may be stopped and started again.

Made with PostgreSQL's own `initdb` and `pg_ctl`, which refuse to run as root: then as
the user `postgres` of the Debian package.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.serving import free_port

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
NAME = "jalons"


def tool(name: str) -> str | None:
    """Where a program of PostgreSQL is; nothing when it is not installed."""
    beside = os.pathsep.join(str(one) for one in PLACES)
    return shutil.which(name) or shutil.which(name, path=beside)


def is_there() -> bool:
    return tool("initdb") is not None and tool("pg_ctl") is not None


@dataclass
class Cluster:
    """Started and stopped with the block; `folder` is new and its own."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: Mapping[str, str] = field(default_factory=dict)

    def __enter__(self) -> Cluster:
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        made = ["--auth=trust", f"--username={NAME}", "--encoding=UTF8", "--no-sync"]
        self._run("initdb", *made, "--locale=C.UTF-8")
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        where = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        more = "".join(f" -c {name}={value}" for name, value in self.settings.items())
        options = f"--options={where}{more}"
        self._run("pg_ctl", "--wait", "--log=/dev/null", options, "start")

    def kill(self) -> None:
        """As when the machine stops: every process at once, nothing is finished."""
        pidfile = self.folder / "data/postmaster.pid"
        first = int(pidfile.read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        pidfile.unlink()

    def restart(self, mode: str) -> None:
        """`fast` ends what is under way; `immediate` is a fault of the machine."""
        self._run("pg_ctl", "--wait", "--log=/dev/null", f"--mode={mode}", "restart")

    def _run(self, name: str, *words: str) -> None:
        found = tool(name)
        assert found is not None
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_user, found, f"--pgdata={self.folder}/data", *words]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)
