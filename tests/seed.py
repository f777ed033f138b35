"""A process that has read the whole program, copied for each one that a test starts.

Reading it takes two seconds, copying it some milliseconds. A copy has its own memory,
sessions and number, dies alone, and runs what `uvicorn`, `manage.py` or `python -m`
would: the folder and the database are those of the seed's environment.
"""

from __future__ import annotations

import json
import os
import random
import runpy
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import NamedTemporaryFile

READ = ("config.asgi", "jalons.cli.working", "uvicorn.protocols.http.httptools_impl")


@dataclass
class Sprout:
    """A copy that runs; the seed, its parent, knows how it ends."""

    seed: Seed
    pid: int

    def send_signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        return self.seed.ask({"wait": self.pid})


class Seed:
    """Ready once made; its copies end with it, and it with the tests."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._one_at_a_time = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.seed"],
            cwd=Path(__file__).resolve().parents[1],
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, asked: Mapping[str, object]) -> int:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        with self._one_at_a_time:
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            return int(process.stdout.readline())

    def start(self, *words: str, said: str = os.devnull) -> Sprout:
        return Sprout(self, self.ask({"words": words, "said": said}))

    def run(self, *words: str) -> str:
        """What a command says. Raises CalledProcessError."""
        with NamedTemporaryFile("r", encoding="utf-8") as said:
            code = self.start(*words, said=said.name).wait()
            if code:
                raise subprocess.CalledProcessError(code, words, said.read())
            return said.read()

    def end(self) -> None:
        with self._process as process:
            assert process.stdin is not None
            process.stdin.close()


def _grow(words: list[str], said: str) -> int:
    """The number of a copy that does what these words say."""
    if pid := os.fork():
        return pid
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(os.open(said, os.O_WRONLY), 1)
        random.seed()
        _do(words)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _do(words: list[str]) -> None:
    kind, *others = words
    if kind == "-m":
        sys.argv = others
        runpy.run_module(others[0], run_name="__main__", alter_sys=True)
    elif kind == "manage.py":
        management.execute_from_command_line(words)
    else:
        uvicorn.main(others, standalone_mode=False)


def main() -> None:
    """Until nobody asks any more; what still grows then ends too."""
    growing: set[int] = set()
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            _pid, status = os.waitpid(asked["wait"], 0)
            growing.discard(asked["wait"])
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = _grow(asked["words"], asked["said"])
            growing.add(answer)
        print(answer, flush=True)
    for pid in growing:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    import django

    django.setup()

    import uvicorn
    from django.conf import settings
    from django.core import management

    for name in (*READ, settings.ROOT_URLCONF):
        import_module(name)
    main()
