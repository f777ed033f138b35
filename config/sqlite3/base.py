"""Django’s SQLite: threads of a process write in the order in which they came.

A file has one writer. Whoever finds it taken sleeps and tries again, longer each time:
under load the latest comes first, and somebody waits for seconds. Here they wait in
line before the transaction begins, so that SQLite has no one to refuse but another
process.
"""

from __future__ import annotations

from collections import deque
from threading import Lock

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_lines: dict[str, Line] = {}


class Line:
    """The writers of one file, first come, first served."""

    def __init__(self) -> None:
        self._door = Lock()
        self._waiting: deque[Lock] = deque()
        self._is_taken = False

    def take(self, timeout: float) -> bool:
        """Whether one's turn came in time."""
        with self._door:
            if not self._is_taken:
                self._is_taken = True
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=timeout):
            return True
        with self._door:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        return True  # it came at the last moment

    def leave(self) -> None:
        """The turn of the next one."""
        with self._door:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds its turn from the beginning of a transaction to its end."""

    line: Line | None = None

    def _start_transaction_under_autocommit(self):
        line = _lines.setdefault(str(self.settings_dict["NAME"]), Line())
        if not line.take(self.settings_dict["OPTIONS"].get("timeout", 5.0)):
            raise OperationalError("database is locked")
        self.line = line
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._leave()
            raise

    def _commit(self):
        super()._commit()
        self._leave()

    def _rollback(self):
        try:
            super()._rollback()
        finally:
            self._leave()

    def _close(self):
        try:
            super()._close()
        finally:
            self._leave()

    def _leave(self):
        if self.line is not None:
            line, self.line = self.line, None
            line.leave()
