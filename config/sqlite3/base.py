"""Django’s SQLite: threads of a process write in the order in which they came.

A file has one writer. Whoever finds it taken sleeps and tries again, longer each time:
under load the latest comes first, and somebody waits for seconds. Here they wait in
line before the transaction begins, so that SQLite has no one to refuse but another
process.
"""

from __future__ import annotations

import gc
from collections import deque
from threading import Lock, Thread, current_thread
from time import monotonic

from django.db import OperationalError
from django.db.backends.sqlite3 import base

_lines: dict[str, Line] = {}
# How often whoever waits looks whether the writer before them is still alive.
LOOK_SECONDS = 0.5


class Turn:
    """The turn of one thread; its bell rings when it comes."""

    def __init__(self) -> None:
        self.thread: Thread = current_thread()
        self.bell = Lock()
        self.bell.acquire()


class Line:
    """The writers of one file, first come, first served."""

    def __init__(self) -> None:
        self._door = Lock()
        self._waiting: deque[Turn] = deque()
        self._writing: Turn | None = None

    def take(self, timeout: float) -> Turn | None:
        """One’s turn, or None when it did not come in time."""
        mine, until = Turn(), monotonic() + timeout
        with self._door:
            self._waiting.append(mine)
            if self._writing is None:
                self._call_next()
        while (left := until - monotonic()) > 0:
            if mine.bell.acquire(timeout=min(left, LOOK_SECONDS)):
                return mine
            self._leave_for_the_dead()
        with self._door:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return None
        return mine  # it came at the last moment

    def leave(self, turn: Turn) -> None:
        """The turn of the next one; a turn that was given up counts for nothing."""
        with self._door:
            if self._writing is turn:
                self._call_next()

    def _call_next(self) -> None:
        self._writing = self._waiting.popleft() if self._waiting else None
        if self._writing is not None:
            self._writing.bell.release()

    def _leave_for_the_dead(self) -> None:
        """A thread that died without closing its connection writes no more.

        Its connection is in a circle of references: once collected, SQLite undoes what
        it had begun and frees the file.
        """
        writing = self._writing
        if writing is not None and not writing.thread.is_alive():
            gc.collect()
            self.leave(writing)


class DatabaseWrapper(base.DatabaseWrapper):
    """Holds its turn from the beginning of a transaction to its end."""

    turn: tuple[Line, Turn] | None = None

    def _start_transaction_under_autocommit(self):
        line = _lines.setdefault(str(self.settings_dict["NAME"]), Line())
        turn = line.take(self.settings_dict["OPTIONS"].get("timeout", 5.0))
        if turn is None:
            raise OperationalError("database is locked")
        self.turn = line, turn
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
        if self.turn is not None:
            (line, turn), self.turn = self.turn, None
            line.leave(turn)
