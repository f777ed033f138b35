"""What several people of a room send at once is written together, then acknowledged.

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
from weakref import WeakValueDictionary

from django.db import InterfaceError, OperationalError, connection, transaction

Given = TypeVar("Given")
Kept = TypeVar("Kept")
Write = Callable[[Sequence[Given]], Sequence[Kept | Exception]]


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

    def __init__(self, write: Write[Given, Kept]) -> None:
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


Sent = tuple[Write[object, object], object]
"""How things of one kind are written, and one of them."""
_rooms: WeakValueDictionary[str, Gathering[Sent, object]] = WeakValueDictionary()
_door = Lock()


def keep(room: str, write: Write[Given, Kept], given: Given) -> Kept:
    """What `write` makes of one thing, kept with what else is sent to that room.

    Within another change, it is part of it. Each `write` holds its workshop first: two
    processes never wait for each other. Raises its own refusal.
    """
    if connection.in_atomic_block:
        (kept,) = write([given])
        if isinstance(kept, Exception):
            raise kept
        return kept
    with _door:
        gathering = _rooms.setdefault(room, Gathering(_write_each_kind))
    sent = cast("Sent", (write, given))
    return cast("Kept", gathering.keep(sent))


@transaction.atomic
def _write_each_kind(sent: Sequence[Sent]) -> list[object]:
    """One transaction, in which all that is of one kind is written at once."""
    found: dict[int, object] = {}
    for write in dict.fromkeys(write for write, _given in sent):
        places = [place for place, (kind, _given) in enumerate(sent) if kind == write]
        kept = write([sent[place][1] for place in places])
        found.update(zip(places, kept, strict=True))
    return [found[place] for place in range(len(sent))]
