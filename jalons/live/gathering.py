"""What several people send at once is written together, and acknowledged once it is.

A commit costs the same for one vote as for fifty, and a file has one writer at a time.
Whoever sends something puts it down with what already waits; the first who finds nobody
writing writes all that waits, in the order in which it came, in one transaction. The
others wait for that commit, then go on; what came meanwhile is written next, by the
first of those who brought it. No thread of its own: nothing is started nor stopped, and
whoever dies before the commit has told nobody that it was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event, Lock
from typing import Generic, TypeVar, cast

from django.db import InterfaceError, OperationalError

Given = TypeVar("Given")
Kept = TypeVar("Kept")


class _Waiting(Generic[Given, Kept]):
    """One thing put down, then what became of it."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.kept: Kept | Exception | None = None
        self.is_over = False
        # Set when it is over, or when it is the turn of whoever waits to write.
        self.woken = Event()

    def end(self, kept: Kept | Exception) -> None:
        self.kept, self.is_over = kept, True
        self.woken.set()


class Gathering(Generic[Given, Kept]):
    """`write` keeps all that it receives in one transaction, or raises.

    It gives back, for each thing in its order, what it became, or the exception that is
    the refusal of that one alone.
    """

    def __init__(
        self, write: Callable[[Sequence[Given]], Sequence[Kept | Exception]]
    ) -> None:
        self.write = write
        self._waiting: list[_Waiting[Given, Kept]] = []
        self._is_writing = False
        self._door = Lock()

    def keep(self, given: Given) -> Kept:
        """What it became, once committed. Raises its own refusal."""
        mine: _Waiting[Given, Kept] = _Waiting(given)
        with self._door:
            self._waiting.append(mine)
            is_first, self._is_writing = not self._is_writing, True
        if not is_first:
            mine.woken.wait()
        if not mine.is_over:
            self._write_all()
        if isinstance(mine.kept, Exception):
            raise mine.kept
        return cast("Kept", mine.kept)

    def _write_all(self) -> None:
        """All that waits, then the turn of those who came meanwhile."""
        with self._door:
            taken, self._waiting = self._waiting, []
        try:
            for one, kept in zip(taken, self._results(taken), strict=True):
                one.end(kept)
        finally:
            for one in taken:
                if not one.is_over:
                    one.end(OperationalError("interrupted"))
            with self._door:
                self._is_writing = bool(self._waiting)
                if self._waiting:
                    self._waiting[0].woken.set()

    def _results(
        self, taken: Sequence[_Waiting[Given, Kept]]
    ) -> Sequence[Kept | Exception]:
        """Those of all; where one spoils the others, each is written apart."""
        try:
            return self.write([one.given for one in taken])
        except (OperationalError, InterfaceError) as error:
            # The database is away: it is for all of them.
            return [OperationalError(*error.args) for _one in taken]
        except Exception as error:
            if len(taken) == 1:
                return [error]
        return [result for one in taken for result in self._results([one])]
